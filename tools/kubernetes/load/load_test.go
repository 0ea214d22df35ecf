package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// valid has one document for each kind, and a field of it that is misspelt by one letter more.
var valid = []struct{ name, content, field string }{
	{"audit policy", `
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
`, "omitStages"},
	{"encryption without a key", `
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: ["*.*"]
    providers: [{secretbox: {keys: []}}, {identity: {}}]
`, "resources"},
	{"encryption by a key service", `
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers: [{kms: {apiVersion: v2, name: a, endpoint: "unix:///run/kms/kms.sock", timeout: 3s}}, {identity: {}}]
`, "timeout"},
	{"authentication", `
apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous: {enabled: true, conditions: [{path: /livez}]}
jwt:
  - issuer: {url: "https://id.example.com", audiences: [kubernetes]}
    claimMappings: {username: {claim: sub, prefix: "oidc:"}}
`, "conditions"},
	{"authorization with a webhook", `
apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - type: Webhook
    name: guard
    webhook:
      authorizedTTL: 30s
      unauthorizedTTL: 30s
      timeout: 3s
      subjectAccessReviewVersion: v1
      failurePolicy: Deny
      connectionInfo: {type: KubeConfigFile, kubeConfigFile: /etc/kubernetes/webhook.kubeconfig}
  - {type: Node, name: node}
  - {type: RBAC, name: rbac}
`, "failurePolicy"},
	{"admission", `
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins: []
`, "plugins"},
	{"admission with Pod Security", `
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: PodSecurity
    configuration:
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      defaults: {enforce: restricted, enforce-version: latest}
`, "enforce-version"},
	{"admission with EventRateLimit", `
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: EventRateLimit
    configuration:
      apiVersion: eventratelimit.admission.k8s.io/v1alpha1
      kind: Configuration
      limits: [{type: Namespace, qps: 50, burst: 100, cacheSize: 2000}]
`, "cacheSize"},
	{"admission with ImagePolicyWebhook", `
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: ImagePolicyWebhook
    configuration: {imagePolicy: {kubeConfigFile: /etc/kubernetes/webhook.kubeconfig, defaultAllow: false}}
`, "defaultAllow"},
	{"ImagePolicyWebhook in a file of its own", "imagePolicy: {kubeConfigFile: /etc/kubernetes/webhook.kubeconfig, defaultAllow: false}\n", "defaultAllow"},
	{"tracing", `
apiVersion: apiserver.config.k8s.io/v1
kind: TracingConfiguration
endpoint: localhost:4317
`, "endpoint"},
	{"egress", `
apiVersion: apiserver.k8s.io/v1beta1
kind: EgressSelectorConfiguration
egressSelections: [{name: cluster, connection: {proxyProtocol: Direct}}]
`, "egressSelections"},
	{"kubelet", `
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}}
`, "anonymous"},
	{"kube-proxy", `
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
metricsBindAddress: 127.0.0.1:10249
`, "metricsBindAddress"},
	{"kubeadm", `
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
skipPhases: [addon/kube-proxy]
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v` + minor() + `.0
clusterName: shop
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
podPidsLimit: 4096
`, "clusterName"},
	{"kubeadm with a label of a version", `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: stable-` + minor() + `
apiServer: {extraArgs: [{name: profiling, value: "false"}]}
`, "extraArgs"},
	{"kubeadm, a node that joins", `
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  file:
    kubeConfigPath: /run/kubeadm-join/discovery.conf
`, "kubeConfigPath"},
	{"kubeadm, a node that is reset", `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ResetConfiguration
cleanupTmpDir: true
`, "cleanupTmpDir"},
	{"kubeadm, an upgrade", `
apiVersion: kubeadm.k8s.io/v1beta4
kind: UpgradeConfiguration
apply: {certificateRenewal: true}
`, "certificateRenewal"},
	{"kubelet beside kubeadm", `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v` + minor() + `.0
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
podPidsLimit: 4096
`, "podPidsLimit"},
	{"kind", `
apiVersion: kind.x-k8s.io/v1alpha4
kind: Cluster
nodes: [{role: control-plane}]
`, "role"},
	{"a patch in kind", `
apiVersion: kind.x-k8s.io/v1alpha4
kind: Cluster
kubeadmConfigPatches:
  - |
    apiVersion: kubeadm.k8s.io/v1beta4
    kind: ClusterConfiguration
    apiServer: {extraArgs: [{name: profiling, value: "false"}]}
`, "extraArgs"},
	{"kubeconfig", `
apiVersion: v1
kind: Config
clusters: [{name: webhook, cluster: {server: "https://audit.example.com", certificate-authority: /etc/kubernetes/ca.crt}}]
contexts: [{name: webhook, context: {cluster: webhook}}]
current-context: webhook
`, "certificate-authority"},
	{"static pod", `
apiVersion: v1
kind: Pod
metadata: {name: etcd}
spec: {containers: [{name: etcd, securityContext: {allowPrivilegeEscalation: false}}]}
`, "allowPrivilegeEscalation"},
}

// lineOf gives the line that is printed of a file with the given content at /etc/kubernetes/file.yaml.
func lineOf(t *testing.T, content string) string {
	t.Helper()
	return lineOfPath(t, "/etc/kubernetes/file.yaml", content)
}

func lineOfPath(t *testing.T, path, content string) string {
	t.Helper()
	folder := folderWith(t, map[string]string{path: content, "/etc/kubernetes/webhook.kubeconfig": kubeconfig})
	var out strings.Builder
	if _, err := loadFolder(folder, &out); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, ":"+path+": ") {
			return line
		}
	}
	t.Fatalf("no line of %s in %s", path, out.String())
	return ""
}

// refused says what is wrong with the file; empty if it is loaded.
func refused(t *testing.T, content string) string {
	t.Helper()
	if line := lineOf(t, content); !strings.HasPrefix(line, "ok ") {
		return line
	}
	return ""
}

var kubeconfig = `{apiVersion: v1, kind: Config, clusters: [{name: a, cluster: {server: "https://a.example.com"}}], contexts: [{name: a, context: {cluster: a}}], current-context: a}`

func folderWith(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	index := []string{}
	for path, content := range files {
		target := filepath.Join(folder, "control-plane", path)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		index = append(index, `{"role":"control-plane","path":"`+path+`","mode":"0600","owner":"root:root"}`)
	}
	if err := os.WriteFile(filepath.Join(folder, "index.json"), []byte("["+strings.Join(index, ",")+"]"), 0o644); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestAValidFileOfEachKindIsLoaded(t *testing.T) {
	for _, test := range valid {
		t.Run(test.name, func(t *testing.T) {
			if line := refused(t, test.content); line != "" {
				t.Error(line)
			}
		})
	}
}

func TestAMisspeltFieldOfEachKindIsRefused(t *testing.T) {
	for _, test := range valid {
		t.Run(test.name, func(t *testing.T) {
			misspelt := strings.Replace(test.content, test.field+":", test.field+"z:", 1)
			if misspelt == test.content {
				t.Fatalf("there is no field %s", test.field)
			}
			if line := refused(t, misspelt); !strings.Contains(line, test.field+"z") {
				t.Errorf("the field %sz is not refused: %s", test.field, line)
			}
		})
	}
}

func TestWhatTheProgramsRefuseIsRefused(t *testing.T) {
	for _, test := range []struct{ name, content, reason string }{
		{"an audit level", head("audit.k8s.io/v1", "Policy") + "rules: [{level: Metadatas}]", "Metadatas"},
		{"CEL that does not compile", `
apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
  - issuer: {url: "https://id.example.com", audiences: [kubernetes]}
    claimMappings: {username: {claim: sub, prefix: "oidc:"}}
    claimValidationRules: [{expression: "claims.groups.all(group, group != 'a')", message: refused}]
`, "comprehension"},
		{"a kubeconfig that is not there", `
apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - type: Webhook
    name: guard
    webhook:
      timeout: 3s
      authorizedTTL: 30s
      unauthorizedTTL: 30s
      subjectAccessReviewVersion: v1
      failurePolicy: Deny
      connectionInfo: {type: KubeConfigFile, kubeConfigFile: /etc/kubernetes/other.kubeconfig}
`, "/etc/kubernetes/other.kubeconfig"},
		{"a kubelet's TLS version", head("kubelet.config.k8s.io/v1beta1", "KubeletConfiguration") + "tlsMinVersion: VersionTLS99", "VersionTLS99"},
		{"a feature gate that there is not", head("kubelet.config.k8s.io/v1beta1", "KubeletConfiguration") + "featureGates: {NoSuchGate: true}", "NoSuchGate"},
		{"a webhook inside the cluster", head("apiserver.config.k8s.io/v1", "AuthorizationConfiguration") + `authorizers:
  - type: Webhook
    name: guard
    webhook:
      timeout: 3s
      authorizedTTL: 30s
      unauthorizedTTL: 30s
      subjectAccessReviewVersion: v1
      failurePolicy: Deny
      connectionInfo: {type: InClusterConfig}
`, "InClusterConfig"},
		{"a mode of kube-proxy", head("kubeproxy.config.k8s.io/v1alpha1", "KubeProxyConfiguration") + "mode: nftable", "nftable"},
		{"an admission plugin that reads nothing", head("apiserver.config.k8s.io/v1", "AdmissionConfiguration") + "plugins: [{name: PodSecurityPolicy, configuration: {}}]", "PodSecurityPolicy"},
		{"a context that there is not", head("v1", "Config") + "current-context: a", "context was not found"},
		{"a patch of another kubeadm", `
apiVersion: kind.x-k8s.io/v1alpha4
kind: Cluster
kubeadmConfigPatches:
  - |
    apiVersion: kubeadm.k8s.io/v1beta2
    kind: ClusterConfiguration
`, "v1beta2"},
		{"a patch of what kubeadm does not have", `
apiVersion: kind.x-k8s.io/v1alpha4
kind: Cluster
kubeadmConfigPatches:
  - |
    apiVersion: example.com/v1
    kind: ClusterConfiguration
`, "example.com/v1"},
		{"a document beside one of somebody else's", `
apiVersion: example.com/v1
kind: Policy
---
apiVersion: audit.k8s.io/v1
kind: Policy
rules: []
`, "0 rules"},
		{"a kind that a group does not have", head("kubelet.config.k8s.io/v1beta1", "KubeletConfig"), "KubeletConfig"},
		{"a document without a kind", "{apiVersion: audit.k8s.io/v1, rules: [{level: Metadata}]}", "without apiVersion and kind; it has apiVersion, rules"},
		{"no YAML", "a: b: c", "no document of fields"},
		{"an empty file", "---\n", "no document"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if line := refused(t, test.content); !strings.HasPrefix(line, "FAIL ") || !strings.Contains(line, test.reason) {
				t.Errorf("%s is not the reason of: %s", test.reason, line)
			}
		})
	}
}

func head(apiVersion, kind string) string {
	return "apiVersion: " + apiVersion + "\nkind: " + kind + "\n"
}

func TestWhatOthersReadIsSkipped(t *testing.T) {
	for path, content := range map[string]string{
		"/usr/local/sbin/kube-encryption-key":       "#!/usr/bin/env bash\n",
		"/etc/systemd/system/etcd-snapshot.service": "[Unit]\n",
		"/etc/rancher/rke2/config.yaml.d/50-a.yaml": "profile: cis\n",
		"/firewall/cilium.yaml":                     "{apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy}\n",
		"/cloud-init.yaml":                          "#cloud-config\nwrite_files: []\n",
		"/etc/kubernetes/hardening/backup/keys.txt": "age1\n",
	} {
		if line := lineOfPath(t, path, content); !strings.HasPrefix(line, "skipped ") {
			t.Errorf("not skipped: %s", line)
		}
	}
}

func TestFilesBelowTheHardeningOfRKE2AreLoaded(t *testing.T) {
	line := lineOfPath(t, "/etc/rancher/rke2/hardening/audit.yaml", "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: []}")
	if !strings.HasPrefix(line, "FAIL ") {
		t.Error(line)
	}
}

func TestNoErrorHasAKeyInIt(t *testing.T) {
	const key = "c2VjcmV0IGlzIHNlY3VyZSwgb3IgaXMgaXQ/ISEhISE="
	line := refused(t, `
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - secretbox: {keys: [{name: a, secret: "`+key+`"}]}
        aescbc: {keys: [{name: b, secret: "`+key+`"}]}
`)
	if !strings.HasPrefix(line, "FAIL ") || strings.Contains(line, key) || !strings.Contains(line, "<key>") {
		t.Error(line)
	}
}

func TestAFolderThatIsNotOneIsAnError(t *testing.T) {
	for _, index := range []string{
		"[]",
		"{}",
		`[{"role": "control-plane", "path": "etc/kubernetes"}]`,
		`[{"role": "control-plane", "path": "/../../etc/passwd"}]`,
		`[{"role": "../worker", "path": "/etc/passwd"}]`,
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "index.json"), []byte(index), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := loadFolder(folder, &strings.Builder{}); err == nil {
			t.Errorf("%s is taken", index)
		}
	}
}

func TestAFileThatIsMissingIsRefused(t *testing.T) {
	folder := folderWith(t, map[string]string{"/etc/a.yaml": ""})
	if err := os.Remove(filepath.Join(folder, "control-plane/etc/a.yaml")); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if refused, err := loadFolder(folder, &out); err != nil || refused != 1 {
		t.Errorf("%d refused, %v: %s", refused, err, out.String())
	}
}
