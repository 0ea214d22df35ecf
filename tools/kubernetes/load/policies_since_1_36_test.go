//go:build !minor_1_35

package main

import (
	"strings"
	"testing"
)

const admissionWithPolicies = `
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: ValidatingAdmissionPolicy
    configuration:
      apiVersion: apiserver.config.k8s.io/v1
      kind: ValidatingAdmissionPolicyConfiguration
      staticManifestsDir: /etc/kubernetes/policies
`

func policyNamed(name, expression string) string {
	return `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ` + name + `}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [DELETE], resources: [deployments]}]
  validations: [{expression: "` + expression + `"}]
`
}

func TestPoliciesFromFilesAreLoadedWithTheConfigurationThatNamesThem(t *testing.T) {
	for name, test := range map[string]struct{ policy, reason string }{
		"a good one":                {policyNamed("guard.static.k8s.io", "false"), ""},
		"a name without suffix":     {policyNamed("guard", "false"), ".static.k8s.io"},
		"CEL that does not compile": {policyNamed("guard.static.k8s.io", "object.x +"), "compilation"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := folderWith(t, map[string]string{"/etc/kubernetes/file.yaml": admissionWithPolicies, "/etc/kubernetes/policies/a.yaml": test.policy})
			var out strings.Builder
			refused, err := loadFolder(folder, &out)
			if err != nil {
				t.Fatal(err)
			}
			if minor() == "1.36" { // where the feature is off
				test.reason = "requires the ManifestBasedAdmissionControlConfig feature gate"
			}
			if (refused == 0) != (test.reason == "") || !strings.Contains(out.String(), test.reason) {
				t.Error(out.String())
			}
		})
	}
}
