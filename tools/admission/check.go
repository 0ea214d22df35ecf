package main

import (
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/admissionregistration"
	"k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

// check validates policies and bindings as the API server does when they are created, which compiles every expression, and
// type-checks the expressions for every kind that they match, as the controller manager does. A line for each fault.
func check(c *cluster) ([]string, error) {
	var faults []string
	types := &validating.TypeChecker{
		SchemaResolver: resolver.NewDefinitionsSchemaResolver(openapi.GetOpenAPIDefinitions, legacyscheme.Scheme),
		RestMapper:     restMapper(),
	}
	for _, policy := range c.policies {
		var internal admissionregistration.ValidatingAdmissionPolicy
		if err := legacyscheme.Scheme.Convert(policy, &internal, nil); err != nil {
			return nil, err
		}
		for _, fault := range validation.ValidateValidatingAdmissionPolicy(&internal) {
			faults = append(faults, fmt.Sprintf("%s: %v", policy.Name, fault))
		}
		for _, fault := range types.Check(policy) {
			faults = append(faults, fmt.Sprintf("%s: %s: %s", policy.Name, fault.FieldRef, fault.Warning))
		}
	}
	for _, binding := range c.bindings {
		var internal admissionregistration.ValidatingAdmissionPolicyBinding
		if err := legacyscheme.Scheme.Convert(binding, &internal, nil); err != nil {
			return nil, err
		}
		for _, fault := range validation.ValidateValidatingAdmissionPolicyBinding(&internal) {
			faults = append(faults, fmt.Sprintf("%s: %v", binding.Name, fault))
		}
	}
	return faults, nil
}

// expressions counts what is compiled.
func expressions(policies []*admissionv1.ValidatingAdmissionPolicy) int {
	count := 0
	for _, policy := range policies {
		count += len(policy.Spec.MatchConditions) + len(policy.Spec.Variables) + len(policy.Spec.Validations)
		for _, validation := range policy.Spec.Validations {
			if validation.MessageExpression != "" {
				count++
			}
		}
	}
	return count
}
