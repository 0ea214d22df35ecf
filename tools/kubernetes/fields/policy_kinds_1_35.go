//go:build minor_1_35

package main

import "k8s.io/apimachinery/pkg/runtime"

func addPolicyKinds(*runtime.Scheme) error {
	return nil
}
