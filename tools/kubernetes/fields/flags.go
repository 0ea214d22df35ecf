package main

import (
	"flag"
	"go/ast"
	"strings"

	"github.com/spf13/pflag"
	"go.etcd.io/etcd/server/v3/embed"
	_ "k8s.io/component-base/logs/json/register" // the format, with its flags, as every program's main has it
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	kubeproxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app/options"
)

// flagEntry is one flag of a program.
type flagEntry struct {
	// Type is `bool`, `int`, `number`, `duration` or `string`.
	Type       string `json:"type"`
	Deprecated bool   `json:"deprecated,omitempty"`
}

func flagsOf(sources source) (map[string]map[string]flagEntry, error) {
	kubelet, err := kubeletFlags()
	if err != nil {
		return nil, err
	}
	return map[string]map[string]flagEntry{
		"kube-apiserver":          entriesOf(apiserver.NewAPIServerCommand().Flags()),
		"kube-controller-manager": entriesOf(controllermanager.NewControllerManagerCommand().Flags()),
		"kube-scheduler":          entriesOf(scheduler.NewSchedulerCommand().Flags()),
		"kube-proxy":              entriesOf(kubeProxyFlags()),
		"kubelet":                 entriesOf(kubelet),
		"etcd":                    etcdFlags(sources),
	}, nil
}

// kubeletFlags puts them together as NewKubeletCommand does, which keeps them to itself.
func kubeletFlags() (*pflag.FlagSet, error) {
	set := pflag.NewFlagSet("kubelet", pflag.ContinueOnError)
	configuration, err := kubelet.NewKubeletConfiguration()
	if err != nil {
		return nil, err
	}
	kubelet.NewKubeletFlags().AddFlags(set)
	kubelet.AddKubeletConfigFlags(set, configuration)
	kubelet.AddGlobalFlags(set)
	return set, nil
}

// kubeProxyFlags are its own. Its command takes those of every library that is linked into it too.
func kubeProxyFlags() *pflag.FlagSet {
	set := pflag.NewFlagSet("kube-proxy", pflag.ContinueOnError)
	kubeproxy.NewOptions().AddFlags(set)
	return set
}

func entriesOf(set *pflag.FlagSet) map[string]flagEntry {
	entries := map[string]flagEntry{}
	set.VisitAll(func(flag *pflag.Flag) {
		deprecated := flag.Deprecated != "" || strings.HasPrefix(flag.Usage, "DEPRECATED")
		name := strings.ReplaceAll(flag.Name, "_", "-") // which the programs read as the same
		entries[name] = flagEntry{Type: typeOf(flag.Value.Type()), Deprecated: deprecated}
	})
	return entries
}

func typeOf(name string) string {
	switch name {
	case "bool", "duration":
		return name
	case "int", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "Level":
		return "int"
	case "float32", "float64":
		return "number"
	default:
		return "string"
	}
}

// etcdFlags are those of its configuration, and those that its main program adds and keeps to itself.
func etcdFlags(sources source) map[string]flagEntry {
	set := flag.NewFlagSet("etcd", flag.ContinueOnError)
	embed.NewConfig().AddFlags(set)
	entries := map[string]flagEntry{}
	set.VisitAll(func(flag *flag.Flag) {
		entries[flag.Name] = flagEntry{Type: goTypeOf(flag), Deprecated: isDeprecated(flag.Usage)}
	})
	for _, file := range sources.filesOf("go.etcd.io/etcd/server/v3/etcdmain") {
		ast.Inspect(file, func(node ast.Node) bool {
			for name, kind := range addedBy(node) {
				if _, known := entries[name]; !known {
					entries[name] = kind
				}
			}
			return true
		})
	}
	return entries
}

// addedBy reads `fs.BoolVar(&x, "name", …)` and the list of names that etcd takes and ignores.
func addedBy(node ast.Node) map[string]flagEntry {
	added := map[string]flagEntry{}
	switch node := node.(type) {
	case *ast.CallExpr:
		function, is := node.Fun.(*ast.SelectorExpr)
		if !is || len(node.Args) < 2 || !strings.HasSuffix(function.Sel.Name, "Var") {
			return added
		}
		if set, is := function.X.(*ast.Ident); !is || set.Name != "fs" {
			return added
		}
		if name, ok := stringLiteral(node.Args[1]); ok {
			added[name] = flagEntry{Type: typeOf(strings.ToLower(strings.TrimSuffix(function.Sel.Name, "Var")))}
		}
	case *ast.ValueSpec:
		if len(node.Names) != 1 || node.Names[0].Name != "ignored" || len(node.Values) != 1 {
			return added
		}
		if list, is := node.Values[0].(*ast.CompositeLit); is {
			for _, element := range list.Elts {
				if name, ok := stringLiteral(element); ok {
					added[name] = flagEntry{Type: "string", Deprecated: true}
				}
			}
		}
	}
	return added
}

func isDeprecated(usage string) bool {
	return strings.Contains(strings.ToLower(usage), "deprecated")
}

// goTypeOf reads the type from what the flag holds: Go's own package keeps no name of it.
func goTypeOf(f *flag.Flag) string {
	getter, is := f.Value.(flag.Getter)
	if !is {
		return "string"
	}
	return typeOf(kindOf(getter.Get()))
}
