//go:build !minor_1_35

package main

import (
	"bytes"

	policyconfig "k8s.io/apiserver/pkg/admission/plugin/policy/config"
	policyloader "k8s.io/kubernetes/pkg/admission/plugin/policy/manifest/loader"
)

// readPolicyManifests loads the policies of the folder too.
func readPolicyManifests(data []byte) error {
	configuration, err := policyconfig.LoadValidatingConfig(bytes.NewReader(data))
	if err != nil || configuration.StaticManifestsDir == "" {
		return err
	}
	_, err = policyloader.LoadValidatingManifestsFromDirectory(configuration.StaticManifestsDir)
	return err
}
