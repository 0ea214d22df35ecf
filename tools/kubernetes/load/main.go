// Command load puts the files for hosts in front of the code that reads them there, of the Kubernetes minor that it is built
// with. It is stricter than the programs are: they pass over misspelt fields of some files, it refuses each.
//
//	load <folder>
//
// The folder is one that synth wrote: `index.json` and `<role>/<absolute path>`. One line is printed for every file. It ends
// with 1 if one was refused, with 2 if the folder cannot be read.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/klog/v2"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: load <folder with index.json>")
		os.Exit(2)
	}
	klog.SetLogger(klog.New(nil)) // what the loaders log is in the errors too
	refused, err := loadFolder(os.Args[1], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(2)
	}
	if refused > 0 {
		os.Exit(1)
	}
}

// loadFolder prints what becomes of every file of the index, and says how many were refused.
func loadFolder(folder string, out io.Writer) (refused int, err error) {
	files, err := readIndex(folder)
	if err != nil {
		return 0, err
	}
	accepted, skipped := 0, 0
	for _, file := range files {
		what, err := loadFile(file)
		var skip *skippedError
		switch {
		case errors.As(err, &skip):
			skipped++
			fmt.Fprintf(out, "skipped  %s: %s\n", file, skip.reason)
		case err != nil:
			refused++
			fmt.Fprintf(out, "FAIL     %s: %s\n", file, oneLine(err))
		default:
			accepted++
			fmt.Fprintf(out, "ok       %s: %s\n", file, what)
		}
	}
	fmt.Fprintf(out, "Kubernetes %s: %d loaded, %d refused, %d skipped\n", minor(), accepted, refused, skipped)
	return refused, nil
}

// oneLine joins the lines that some errors have.
func oneLine(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}

// skippedError says why a file is not for this program.
type skippedError struct{ reason string }

func (e *skippedError) Error() string { return e.reason }
