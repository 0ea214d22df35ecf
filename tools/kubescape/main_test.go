package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const valid = `[{"name": "a", "policyType": "postureExceptionPolicy", "actions": ["alertOnly"], "expirationDate": "2199-01-01T00:00:00Z",
  "resources": [{"designatorType": "Attributes", "attributes": {"kind": "Deployment", "namespace": "shop", "name": "agent"}}],
  "posturePolicies": [{"controlID": "C-0048"}]}]`

func TestRead(t *testing.T) {
	for _, test := range []struct{ name, old, new, problem string }{
		{"a valid file", "", "", ""},
		{"an unknown field", `"actions"`, `"action"`, "unknown field"},
		{"another kind", `"alertOnly"`, `"disable"`, "no exception of the kind alertOnly"},
		{"an end that is over", "2199", "1999", "has ended"},
		{"every object", `"name": "agent"`, `"cluster": "c"`, "more than one object"},
		{"every control", `"controlID": "C-0048"`, "", "every control"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "exceptions.json")
			if err := os.WriteFile(path, []byte(strings.Replace(valid, test.old, test.new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := read(path)
			if (err == nil) != (test.problem == "") || (err != nil && !strings.Contains(err.Error(), test.problem)) {
				t.Errorf("got %v, want %q", err, test.problem)
			}
		})
	}
}
