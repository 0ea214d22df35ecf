// Command fields prints, as JSON, what the programs of one Kubernetes minor know: the fields of every kind of configuration
// that this project writes, the flags of each program, the feature gates and the admission plugins. It reads nothing but the
// types, flag sets and gates that are linked into it, and their source, so that it is run in the folder of its go.mod.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// table is what is printed. Keys are sorted by encoding/json.
type table struct {
	// Modules by path, with their versions.
	Modules map[string]string `json:"modules"`
	// Kinds by "apiVersion kind", with the name of their type.
	Kinds map[string]string `json:"kinds"`
	// Types by name: the type of each field. A type is `string`, `bool`, `int`, `number`, `bytes`, one of those that read
	// themselves, the name of another, a list `x[]` or a map `{x}`.
	Types map[string]map[string]string `json:"types"`
	// Enums by name: the constants of a string type.
	Enums map[string][]string `json:"enums"`
	// Flags of each program.
	Flags map[string]map[string]flagEntry `json:"flags"`
	// Gates of each program; those that Kubernetes' own programs share are of "kubernetes".
	Gates map[string]map[string]gateEntry `json:"gates"`
	// Plugins of the API server's admission: whether they run without being asked to.
	Plugins map[string]bool `json:"plugins"`
}

func main() {
	printed, err := tableOf()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fields:", err)
		os.Exit(1)
	}
	encoder := json.NewEncoder(os.Stdout)
	if err := encoder.Encode(printed); err != nil {
		fmt.Fprintln(os.Stderr, "fields:", err)
		os.Exit(1)
	}
}

func tableOf() (table, error) {
	types := typeTable{sources: source{}, types: map[string]map[string]string{}, enums: map[string][]string{}}
	kinds, err := kindsOf(&types)
	if err != nil {
		return table{}, err
	}
	flags, err := flagsOf(types.sources)
	if err != nil {
		return table{}, err
	}
	return table{
		Modules: moduleVersions(),
		Kinds:   kinds,
		Types:   types.types,
		Enums:   types.enums,
		Flags:   flags,
		Gates:   gatesOf(),
		Plugins: pluginsOf(),
	}, nil
}
