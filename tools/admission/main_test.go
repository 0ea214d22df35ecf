package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

const policy = `{
	"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy", "metadata": {"name": "p"},
	"spec": {
		"failurePolicy": "Fail",
		"matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "DELETE"], "resources": ["configmaps"]}]},
		"variables": [{"name": "name", "expression": "request.operation == 'DELETE' ? oldObject.metadata.name : object.metadata.name"}],
		"validations": [{"expression": "variables.name != 'bad'", "message": "is bad", "messageExpression": "'is ' + variables.name"}]
	}
}`

const namespaces = `
	{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "denied", "labels": {"stage": "deny"}}},
	{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "other"}}`

func binding(name, actions, selector string) string {
	return `{
		"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding", "metadata": {"name": "` + name + `"},
		"spec": {"policyName": "p", "validationActions": [` + actions + `], "matchResources": {"namespaceSelector": ` + selector + `}}
	}`
}

func request(name, operation, namespace, expect string) string {
	object := `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "` + name + `", "namespace": "` + namespace + `"}}`
	field := map[string]string{"CREATE": "object", "DELETE": "oldObject"}[operation]
	return `{"name": "r", "operation": "` + operation + `", "version": "v1", "resource": "configmaps", "user": "jane",
		"` + field + `": ` + object + `, "expect": ` + expect + `}`
}

// ask gives the number of problems and what was printed.
func ask(t *testing.T, policy string, requests ...string) (int, string) {
	t.Helper()
	objects := strings.Join([]string{
		policy,
		binding("deny", `"Deny"`, `{"matchLabels": {"stage": "deny"}}`),
		binding("warn", `"Warn", "Audit"`, `{}`),
		namespaces,
	}, ",")
	var input Input
	if err := json.Unmarshal([]byte(`{"objects": [`+objects+`], "requests": [`+strings.Join(requests, ",")+`]}`), &input); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var out bytes.Buffer
	problems, err := run(ctx, input, &out)
	if err != nil {
		return -1, err.Error()
	}
	return problems, out.String()
}

func TestAgrees(t *testing.T) {
	problems, out := ask(t, policy,
		request("bad", "CREATE", "denied", `{"denied": true, "warnings": ["is bad"], "audited": true}`),
		request("bad", "DELETE", "denied", `{"denied": true, "warnings": ["is bad"], "audited": true}`),
		request("bad", "CREATE", "other", `{"denied": false, "warnings": ["is bad"], "audited": true}`),
		request("good", "CREATE", "denied", `{"denied": false, "warnings": [], "audited": false}`),
	)
	if problems != 0 || !strings.Contains(out, `"denied":2`) || !strings.Contains(out, `"bindings":2`) || !strings.Contains(out, `"expressions":3`) {
		t.Fatal(out)
	}
}

func TestReportsEachDifference(t *testing.T) {
	for expect, told := range map[string]string{
		`{"denied": false, "warnings": ["is bad"], "audited": true}`:          "denied is true, expected false",
		`{"denied": true, "warnings": ["is bad"], "audited": false}`:          "audited is true, expected false",
		`{"denied": true, "warnings": [], "audited": true}`:                   "warns: is bad",
		`{"denied": true, "warnings": ["is bad", "is bad"], "audited": true}`: "does not warn: is bad",
	} {
		if problems, out := ask(t, policy, request("bad", "CREATE", "denied", expect)); problems != 1 || !strings.Contains(out, told) {
			t.Errorf("%s: %d\n%s", expect, problems, out)
		}
	}
}

func TestReportsWhatTheAPIServerWouldRefuse(t *testing.T) {
	good := request("good", "CREATE", "other", `{"denied": false, "warnings": [], "audited": false}`)
	for _, change := range [][3]string{
		{"variables.name != 'bad'", "cel.bind(x, variables.name, x != 'bad')", "undeclared reference"},
		{"variables.name != 'bad'", "variables.nome != 'bad'", "undefined field 'nome'"},
		{"'is ' + variables.name", "1", "must evaluate to string"},
		{`"message": "is bad"`, `"message": "is\nbad"`, "must not contain line breaks"},
		{"variables.name != 'bad'", "object.nome != 'bad'", "undefined field 'nome'"}, // a warning of the type check
	} {
		if problems, out := ask(t, strings.Replace(policy, change[0], change[1], 1), good); problems < 1 || !strings.Contains(out, change[2]) {
			t.Errorf("%s: %d\n%s", change[1], problems, out)
		}
	}
}

func TestSeesWhatTheAPIServerFillsIn(t *testing.T) {
	changed := strings.NewReplacer("configmaps", "secrets", "variables.name != 'bad'", "object.type == 'Opaque' && 'a' in object.data").Replace(policy)
	secret := strings.Replace(request("good", "CREATE", "denied", `{"denied": false, "warnings": [], "audited": false}`), `"kind": "ConfigMap"`, `"kind": "Secret", "stringData": {"a": "b"}`, 1)
	if problems, out := ask(t, changed, strings.Replace(secret, "configmaps", "secrets", 1)); problems != 0 {
		t.Errorf("%d\n%s", problems, out)
	}
}

func TestRefusesWhatItCannotJudge(t *testing.T) {
	good := request("good", "CREATE", "other", `{"denied": false, "warnings": [], "audited": false}`)
	if problems, out := ask(t, strings.Replace(policy, `"failurePolicy"`, `"failurePolice"`, 1), good); problems != -1 || !strings.Contains(out, "failurePolice") {
		t.Errorf("a field that the API does not have: %d\n%s", problems, out)
	}
	if problems, out := ask(t, policy); problems != -1 || !strings.Contains(out, "nothing would be judged") {
		t.Errorf("no request: %d\n%s", problems, out)
	}
}
