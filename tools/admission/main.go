// Command admission puts requests to the API server's own ValidatingAdmissionPolicy plugin, with the policies and bindings
// that this project renders, and holds its answers against the ones that this project expects. Objects are as the API server
// has them by then: its defaults are filled in. Before that, policies and bindings are validated as when they are created, and
// type-checked. All of it is the code of the oldest Kubernetes that this project supports: what it takes, newer ones take.
//
//	admission FILE    {"objects": [policies, bindings, namespaces], "requests": [...]}; "-" is standard input
//
// Exit code 1: a fault in a policy or binding, or another answer than expected; 2: input that cannot be read.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"k8s.io/klog/v2"
)

// Input is what the program is told.
type Input struct {
	// Objects are there already: policies, bindings, and the namespaces with their labels.
	Objects  []json.RawMessage `json:"objects"`
	Requests []Request         `json:"requests"`
}

// Request is one request to the API server, and the answer that is expected.
type Request struct {
	Name        string          `json:"name"`
	Operation   string          `json:"operation"`
	Group       string          `json:"group"`
	Version     string          `json:"version"`
	Resource    string          `json:"resource"`
	Subresource string          `json:"subresource"`
	Object      json.RawMessage `json:"object"`
	OldObject   json.RawMessage `json:"oldObject"`
	User        string          `json:"user"`
	Groups      []string        `json:"groups"`
	Expect      Answer          `json:"expect"`
}

// Answer is what the plugin says to a request.
type Answer struct {
	Denied bool `json:"denied"`
	// Warnings are the messages of every validation that fails under a binding that warns, sorted.
	Warnings []string `json:"warnings"`
	// Audited is whether the audit event names a failure.
	Audited bool `json:"audited"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: admission FILE|-")
		os.Exit(2)
	}
	klog.LogToStderr(false) // the plugin tells of its informers, and of every message that it falls back from
	klog.SetOutput(io.Discard)
	input, err := read(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	problems, err := run(ctx, input, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if problems > 0 {
		os.Exit(1)
	}
}

func read(name string) (Input, error) {
	file := os.Stdin
	if name != "-" {
		var err error
		if file, err = os.Open(name); err != nil {
			return Input{}, err
		}
		defer file.Close()
	}
	var input Input
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	return input, decoder.Decode(&input)
}

// run prints a line for each fault of a policy or binding and each answer that is not the expected one, and counts them.
func run(ctx context.Context, input Input, out io.Writer) (int, error) {
	cluster, err := newCluster(ctx, input.Objects)
	if err != nil {
		return 0, err
	}
	if len(input.Requests) == 0 || len(cluster.policies) == 0 {
		return 0, fmt.Errorf("%d policies and %d requests: nothing would be judged", len(cluster.policies), len(input.Requests))
	}
	faults, err := check(cluster)
	if err != nil {
		return 0, err
	}
	for _, fault := range faults {
		fmt.Fprintln(out, fault)
	}
	problems := len(faults)
	denied := 0
	warnings := 0
	for _, request := range input.Requests {
		answer, message, err := cluster.ask(ctx, request)
		if err != nil {
			return problems, fmt.Errorf("%s: %w", request.Name, err)
		}
		warnings += len(answer.Warnings)
		if answer.Denied {
			denied++
		}
		for _, difference := range differences(request.Expect, answer) {
			problems++
			fmt.Fprintf(out, "%s: %s (%s)\n", request.Name, difference, message)
		}
	}
	line, err := json.Marshal(map[string]int{
		"policies":    len(cluster.policies),
		"bindings":    len(cluster.bindings),
		"expressions": expressions(cluster.policies),
		"requests":    len(input.Requests),
		"denied":      denied,
		"warnings":    warnings,
		"problems":    problems,
	})
	fmt.Fprintln(out, string(line))
	return problems, err
}

func differences(expected, got Answer) []string {
	var found []string
	if expected.Denied != got.Denied {
		found = append(found, fmt.Sprintf("denied is %t, expected %t", got.Denied, expected.Denied))
	}
	if expected.Audited != got.Audited {
		found = append(found, fmt.Sprintf("audited is %t, expected %t", got.Audited, expected.Audited))
	}
	for _, text := range missing(expected.Warnings, got.Warnings) {
		found = append(found, "does not warn: "+text)
	}
	for _, text := range missing(got.Warnings, expected.Warnings) {
		found = append(found, "warns: "+text)
	}
	return found
}

// missing are the texts of a that b has less often.
func missing(a, b []string) []string {
	count := map[string]int{}
	for _, text := range b {
		count[text]++
	}
	var found []string
	for _, text := range a {
		if count[text]--; count[text] < 0 {
			found = append(found, text)
		}
	}
	return found
}
