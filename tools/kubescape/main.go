// Command kubescape-exceptions reads files of Kubescape exceptions with the types of Kubescape's API: an unknown field, or a
// policy that would except everything or nothing, is an error. Prints how many policies there are.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/armosec/armoapi-go/armotypes"
)

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: kubescape-exceptions FILE"))
	}
	policies, err := read(os.Args[1])
	if err != nil {
		fail(fmt.Errorf("%s: %w", os.Args[1], err))
	}
	fmt.Println(len(policies))
}

func read(path string) ([]armotypes.PostureExceptionPolicy, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	var policies []armotypes.PostureExceptionPolicy
	if err := decoder.Decode(&policies); err != nil {
		return nil, err
	}
	for _, policy := range policies {
		if err := check(policy); err != nil {
			return nil, fmt.Errorf("%s: %w", policy.Name, err)
		}
	}
	return policies, nil
}

func check(policy armotypes.PostureExceptionPolicy) error {
	if policy.PolicyType != "postureExceptionPolicy" || !policy.IsAlertOnly() {
		return fmt.Errorf("is no exception of the kind alertOnly")
	}
	if policy.ExpirationDate == nil || !policy.ExpirationDate.After(time.Now()) {
		return fmt.Errorf("has ended, or never ends")
	}
	for _, resource := range policy.Resources {
		if attributes := resource.DigestPortalDesignator(); attributes.GetKind() == "" || attributes.GetName() == "" {
			return fmt.Errorf("is for more than one object")
		}
	}
	for _, control := range policy.PosturePolicies {
		if control.ControlID == "" {
			return fmt.Errorf("is for every control")
		}
	}
	if len(policy.Resources) == 0 || len(policy.PosturePolicies) == 0 {
		return fmt.Errorf("is for every object or every control")
	}
	return nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
