package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
)

// nodeFile is a file for hosts, as the index names it.
type nodeFile struct {
	Role string `json:"role"`
	// Path on the host.
	Path string `json:"path"`

	// root is the folder that stands for `/` of the host.
	root string
}

func (f nodeFile) String() string {
	return f.Role + ":" + f.Path
}

// readIndex lists the files of a folder that synth wrote.
func readIndex(folder string) ([]nodeFile, error) {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(absolute, "index.json"))
	if err != nil {
		return nil, err
	}
	var files []nodeFile
	if err := json.Unmarshal(data, &files); err != nil {
		return nil, fmt.Errorf("index.json: %w", err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("index.json of %s names no file", folder)
	}
	for i, file := range files {
		if file.Role == "" || file.Role != path.Base(file.Role) || !path.IsAbs(file.Path) || path.Clean(file.Path) != file.Path {
			return nil, fmt.Errorf("index.json: %q of role %q is not an absolute path of a role", file.Path, file.Role)
		}
		files[i].root = filepath.Join(absolute, file.Role)
	}
	return files, nil
}

// read gives the content as a program on the host would see it: paths of other files in the folder lead there.
func (f nodeFile) read() ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(f.root, f.Path))
	if err != nil {
		return nil, err
	}
	return hostPath.ReplaceAllFunc(content, f.staged), nil
}

var hostPath = regexp.MustCompile(`/[\w./@+-]+`)

func (f nodeFile) staged(hostPath []byte) []byte {
	staged := filepath.Join(f.root, string(hostPath))
	if _, err := os.Stat(staged); err != nil {
		return hostPath
	}
	return []byte(staged)
}
