package main

import (
	"bytes"
	"strings"
	"testing"

	"k8s.io/pod-security-admission/policy"
)

const good = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: main
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`

func run(t *testing.T, input string) (summary, string) {
	t.Helper()
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	total := summary{}
	if err := judge(evaluator, "input", strings.NewReader(input), &out, &total); err != nil {
		t.Fatal(err)
	}
	return total, out.String()
}

func TestGood(t *testing.T) {
	if total, out := run(t, good); total != (summary{Objects: 1, Pods: 1}) {
		t.Fatalf("%+v\n%s", total, out)
	}
}

func TestEveryWeakeningIsSeenAtEveryMinor(t *testing.T) {
	for _, change := range [][2]string{
		{"runAsNonRoot: true", "runAsNonRoot: false"},
		{"{type: RuntimeDefault}", "{type: Unconfined}"},
		{"allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"},
		{"drop: [ALL]", "drop: []"},
		{"containers:", "hostNetwork: true\n      containers:"},
	} {
		if total, out := run(t, strings.Replace(good, change[0], change[1], 1)); total.Violations < len(minors) {
			t.Errorf("%s: %+v\n%s", change[1], total, out)
		}
	}
}

func TestListsAndArrays(t *testing.T) {
	for _, input := range []string{
		`{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"x"}]}},{"kind":"Service","metadata":{"name":"b"}}]}`,
		`[{"kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"x"}]}},{"kind":"Service","metadata":{"name":"b"}}]`,
	} {
		if total, _ := run(t, input); total.Objects != 2 || total.Pods != 1 || total.Violations == 0 {
			t.Errorf("%+v", total)
		}
	}
}
