//go:build !minor_1_35

package main

import (
	"k8s.io/apimachinery/pkg/runtime"
	policyconfig "k8s.io/apiserver/pkg/admission/plugin/policy/config/apis/policyconfig/v1"
)

// addPolicyKinds adds the configuration of policies from files, which came with 1.36.
func addPolicyKinds(scheme *runtime.Scheme) error {
	return policyconfig.AddToScheme(scheme)
}
