package main

import (
	"encoding/json"
	"slices"

	"k8s.io/apimachinery/pkg/runtime/serializer"
	auditinternal "k8s.io/apiserver/pkg/apis/audit"
	"k8s.io/apiserver/pkg/audit"
	"k8s.io/apiserver/pkg/audit/policy"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
)

// question is a policy, as somebody wrote it, and requests to it.
type question struct {
	Policy   json.RawMessage `json:"policy"`
	Requests []request       `json:"requests"`
}

// request is an AuditRequest of the project.
type request struct {
	User *struct {
		Name   string   `json:"name"`
		Groups []string `json:"groups"`
	} `json:"user"`
	Verb     string `json:"verb"`
	Path     string `json:"path"`
	Resource *struct {
		Group       string `json:"group"`
		Resource    string `json:"resource"`
		Subresource string `json:"subresource"`
		Namespace   string `json:"namespace"`
		Name        string `json:"name"`
	} `json:"resource"`
}

// answer is what the server makes of a question.
type answer struct {
	// Refused is why the server does not start with the policy.
	Refused string `json:"refused,omitempty"`
	// Ignores says that the server falls back to lenient decoding: it leaves something of the policy out of account.
	Ignores   bool       `json:"ignores,omitempty"`
	Decisions []decision `json:"decisions,omitempty"`
}

// decision is an AuditDecision of the project.
type decision struct {
	Level             string   `json:"level"`
	Stages            []string `json:"stages"`
	OmitManagedFields bool     `json:"omitManagedFields"`
	Rule              *int     `json:"rule,omitempty"`
}

var stages = []auditinternal.Stage{
	auditinternal.StageRequestReceived, auditinternal.StageResponseStarted, auditinternal.StageResponseComplete, auditinternal.StagePanic,
}

func decide(asked question) answer {
	loaded, err := policy.LoadPolicyFromBytes(asked.Policy)
	if err != nil {
		return answer{Refused: err.Error()}
	}
	strict := serializer.NewCodecFactory(audit.Scheme, serializer.EnableStrict).UniversalDecoder()
	_, _, strictErr := strict.Decode(asked.Policy, nil, &auditinternal.Policy{})
	result := answer{Ignores: strictErr != nil}
	rules := ruleByRule(loaded)
	evaluator := policy.NewPolicyRuleEvaluator(loaded)
	for _, r := range asked.Requests {
		attributes := r.attributes()
		config := evaluator.EvaluatePolicyRule(attributes)
		result.Decisions = append(result.Decisions, decision{
			Level:             string(config.Level),
			Stages:            recorded(config),
			OmitManagedFields: config.OmitManagedFields,
			Rule:              decidedBy(rules, attributes),
		})
	}
	return result
}

// ruleByRule is a policy for each rule, which records exactly what the rule matches.
func ruleByRule(loaded *auditinternal.Policy) []audit.PolicyRuleEvaluator {
	evaluators := make([]audit.PolicyRuleEvaluator, 0, len(loaded.Rules))
	for _, rule := range loaded.Rules {
		rule.Level = auditinternal.LevelMetadata
		evaluators = append(evaluators, policy.NewPolicyRuleEvaluator(&auditinternal.Policy{Rules: []auditinternal.PolicyRule{rule}}))
	}
	return evaluators
}

func decidedBy(rules []audit.PolicyRuleEvaluator, attributes authorizer.Attributes) *int {
	for index, rule := range rules {
		if rule.EvaluatePolicyRule(attributes).Level != auditinternal.LevelNone {
			return &index
		}
	}
	return nil
}

func recorded(config audit.RequestAuditConfig) []string {
	result := []string{}
	for _, stage := range stages {
		if config.Level != auditinternal.LevelNone && !slices.Contains(config.OmitStages, stage) {
			result = append(result, string(stage))
		}
	}
	return result
}

func (r request) attributes() authorizer.Attributes {
	attributes := authorizer.AttributesRecord{Verb: r.Verb, Path: r.Path}
	if r.User != nil {
		attributes.User = &user.DefaultInfo{Name: r.User.Name, Groups: r.User.Groups}
	}
	if r.Resource != nil {
		attributes.ResourceRequest = true
		attributes.APIGroup = r.Resource.Group
		attributes.Resource = r.Resource.Resource
		attributes.Subresource = r.Resource.Subresource
		attributes.Namespace = r.Resource.Namespace
		attributes.Name = r.Resource.Name
	}
	return attributes
}
