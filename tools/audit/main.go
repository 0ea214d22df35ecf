// Command audit says what the API server's own audit code makes of policies and requests, so that the project's simulator
// can be held against it.
//
//	audit decide   reads lines {"policy": …, "requests": […]}, and answers each with a line: what the server would record
//	audit sizes    prints what events of the API server come to, in bytes of JSON
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

func main() {
	commands := map[string]func(io.Reader, io.Writer) error{"decide": decideLines, "sizes": printSizes}
	command, known := commands[argument()]
	if !known {
		fmt.Fprintln(os.Stderr, "usage: audit decide|sizes")
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	err := command(os.Stdin, out)
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func argument() string {
	if len(os.Args) != 2 {
		return ""
	}
	return os.Args[1]
}

func decideLines(in io.Reader, out io.Writer) error {
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var asked question
		if err := decoder.Decode(&asked); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(decide(asked)); err != nil {
			return err
		}
	}
}
