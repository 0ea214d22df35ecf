//go:build minor_1_35

package main

import "errors"

// readPolicyManifests refuses what 1.35 passes over.
func readPolicyManifests([]byte) error {
	return errors.New("policies from files came with 1.36: the API server of 1.35 does not read the entry")
}
