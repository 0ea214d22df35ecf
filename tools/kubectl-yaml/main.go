// kubectl-yaml reads YAML texts as kubectl does, so that scripts/conformance-yaml.ts can compare.
//
// Standard input: a JSON list of texts. Standard output: a JSON list with, for each text, the documents in it, and the
// error that ends it, if there is one.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

type result struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	results := make([]result, len(texts))
	for i, text := range texts {
		results[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// read goes through the documents of a text. The decoder, and the size of its buffer, are those of k8s.io/cli-runtime.
func read(text string) result {
	found := result{Documents: []json.RawMessage{}}
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			found.Error = err.Error()
			return found
		}
		if len(document) > 0 && string(document) != "null" {
			found.Documents = append(found.Documents, document)
		}
	}
}
