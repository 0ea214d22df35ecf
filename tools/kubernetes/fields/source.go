package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// source is the parsed source of packages, by import path: what the types alone do not show.
type source map[string][]*ast.File

// constantsOf gives the values of the package's constants of a string type, sorted.
func (s source) constantsOf(pkg, typeName string) []string {
	values := []string{}
	for _, file := range s.filesOf(pkg) {
		ast.Inspect(file, func(node ast.Node) bool {
			spec, is := node.(*ast.ValueSpec)
			if !is {
				return true
			}
			for _, value := range spec.Values {
				if text, ok := literalOfType(spec.Type, value, typeName); ok {
					values = append(values, text)
				}
			}
			return false
		})
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// literalOfType reads `X T = "a"` and `X = T("a")`.
func literalOfType(declared ast.Expr, value ast.Expr, typeName string) (string, bool) {
	if call, is := value.(*ast.CallExpr); is && len(call.Args) == 1 {
		declared, value = call.Fun, call.Args[0]
	}
	name, named := declared.(*ast.Ident)
	if !named || name.Name != typeName {
		return "", false
	}
	return stringLiteral(value)
}

func stringLiteral(expression ast.Expr) (string, bool) {
	literal, is := expression.(*ast.BasicLit)
	if !is || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

// filesOf parses a package that is linked into this program. Panics when it cannot: then nothing that is printed would hold.
func (s source) filesOf(pkg string) []*ast.File {
	if files, parsed := s[pkg]; parsed {
		return files
	}
	packages, err := parser.ParseDir(token.NewFileSet(), folderOf(pkg), func(info fs.FileInfo) bool {
		return !strings.HasSuffix(info.Name(), "_test.go")
	}, 0)
	if err != nil {
		panic(fmt.Sprintf("the source of %s: %v", pkg, err))
	}
	for _, parsed := range packages {
		for _, file := range parsed.Files {
			s[pkg] = append(s[pkg], file)
		}
	}
	return s[pkg]
}

func folderOf(pkg string) string {
	return goList("-find", "-f", "{{.Dir}}", pkg)
}

// moduleVersions of what is pinned by name in go.mod.
func moduleVersions() map[string]string {
	versions := map[string]string{}
	for _, module := range []string{"k8s.io/kubernetes", "go.etcd.io/etcd/server/v3", "sigs.k8s.io/kind"} {
		versions[module] = goList("-m", "-f", "{{.Version}}", module)
	}
	return versions
}

// modfile is the file with the versions that this program was built from, given when it is linked.
var modfile = "go.mod"

// goList asks Go about the module that this program was built from.
func goList(args ...string) string {
	command := exec.Command("go", append([]string{"list", "-modfile=" + modfile}, args...)...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		panic(fmt.Sprintf("%v: %v", command.Args, err))
	}
	return string(bytes.TrimSpace(out))
}
