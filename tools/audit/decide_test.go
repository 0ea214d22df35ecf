package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// ask answers one question, as the program does with a line of its input.
func ask(t *testing.T, policy, request string) answer {
	t.Helper()
	var asked question
	line := `{"policy": ` + policy + `, "requests": [` + request + `]}`
	if err := json.Unmarshal([]byte(line), &asked); err != nil {
		t.Fatal(err)
	}
	return decide(asked)
}

const getPod = `{"user": {"name": "jane", "groups": ["developers"]}, "verb": "get", "resource": {"group": "", "resource": "pods", "namespace": "shop"}}`

func TestSaysWhichRuleDecides(t *testing.T) {
	got := ask(t, `{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"], "rules": [
		{"level": "None", "users": ["joe"]}, {"level": "Request", "userGroups": ["developers"], "omitStages": ["Panic"]}, {"level": "Metadata"}]}`, getPod)
	encoded, _ := json.Marshal(got.Decisions)
	want := `[{"level":"Request","stages":["ResponseStarted","ResponseComplete"],"omitManagedFields":false,"rule":1}]`
	if string(encoded) != want {
		t.Errorf("got %s, want %s", encoded, want)
	}
}

func TestSaysThatNoRuleDecides(t *testing.T) {
	got := ask(t, `{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [{"level": "Request", "verbs": ["list"]}]}`, getPod)
	if decided := got.Decisions[0]; decided.Level != "None" || decided.Rule != nil || len(decided.Stages) != 0 {
		t.Errorf("got %+v, want None by no rule", decided)
	}
}

func TestSaysWhatTheServerRefusesAndWhatItIgnores(t *testing.T) {
	refused := ask(t, `{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [{"level": "metadata"}]}`, getPod)
	if !strings.Contains(refused.Refused, "rules[0].level") || refused.Decisions != nil {
		t.Errorf("got %+v, want a refusal of rules[0].level", refused)
	}
	ignored := ask(t, `{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [{"level": "Metadata", "user": ["joe"]}]}`, getPod)
	if !ignored.Ignores || ignored.Decisions[0].Level != "Metadata" {
		t.Errorf("got %+v, want the unknown field ignored", ignored)
	}
}
