package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// document is one document of a file.
type document struct {
	gvk  schema.GroupVersionKind
	data []byte
}

func (d document) String() string {
	apiVersion, kind := d.gvk.ToAPIVersionAndKind()
	return apiVersion + " " + kind
}

// elsewhere are files of other programs, by the beginning of their path.
var elsewhere = map[string]string{
	"/aks/":                         "settings for the provider",
	"/eks/":                         "settings for the provider",
	"/etc/apparmor.d/":              "read by apparmor_parser",
	"/etc/modules-load.d/":          "read by systemd-modules-load",
	"/etc/nftables":                 "read by nft",
	"/etc/rancher/k3s/config.yaml":  "read by k3s",
	"/etc/rancher/rke2/config.yaml": "read by RKE2",
	"/etc/sysctl.d/":                "read by systemd-sysctl",
	"/etc/sysusers.d/":              "read by systemd-sysusers",
	"/etc/systemd/":                 "read by systemd",
	"/etc/tmpfiles.d/":              "read by systemd-tmpfiles",
	"/firewall/security-groups":     "settings for the provider",
	"/gke/":                         "settings for the provider",
	"/talos/":                       "read by Talos",
	"/var/lib/kubelet/seccomp/":     "read by the container runtime",
}

// loadFile puts a file in front of its reader and says what it was.
func loadFile(file nodeFile) (what string, err error) {
	defer func() {
		if cause := recover(); cause != nil { // as some do: the kubelet's for a feature gate that it does not know
			err = fmt.Errorf("its reader panics: %v", cause)
		}
	}()
	content, err := file.read()
	if err != nil {
		return "", err
	}
	if reason := notConfiguration(file.Path, content); reason != "" {
		return "", &skippedError{reason}
	}
	documents, err := documentsOf(content)
	if err != nil {
		return "", err
	}
	return strings.Join(namesOf(documents), ", "), loadDocuments(file, content, documents)
}

func notConfiguration(hostPath string, content []byte) string {
	if bytes.HasPrefix(content, []byte("#!")) {
		return "a script"
	}
	if bytes.HasPrefix(content, []byte("#cloud-config")) {
		return "read by cloud-init"
	}
	for folder, reason := range elsewhere {
		if strings.HasPrefix(hostPath, folder) {
			return reason
		}
	}
	switch path.Ext(hostPath) {
	case ".yaml", ".yml", ".json", ".conf", ".kubeconfig":
		return ""
	default:
		return "not YAML, by its name"
	}
}

// documentsOf splits a file; each document must name its kind.
func documentsOf(content []byte) ([]document, error) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
	var documents []document
	for {
		data, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		var fields map[string]any
		if err := yaml.Unmarshal(data, &fields); err != nil {
			return nil, fmt.Errorf("no document of fields: %w", err)
		}
		if len(fields) == 0 {
			continue
		}
		if _, imagePolicy := fields["imagePolicy"]; imagePolicy && len(fields) == 1 {
			documents = append(documents, document{imagePolicyConfiguration, data})
			continue
		}
		apiVersion, _ := fields["apiVersion"].(string)
		kind, _ := fields["kind"].(string)
		if apiVersion == "" || kind == "" {
			return nil, fmt.Errorf("a document without apiVersion and kind; it has %s", strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
		}
		documents = append(documents, document{schema.FromAPIVersionAndKind(apiVersion, kind), data})
	}
	if len(documents) == 0 {
		return nil, errors.New("it has no document")
	}
	return documents, nil
}

func namesOf(documents []document) []string {
	names := make([]string, 0, len(documents))
	for _, document := range documents {
		names = append(names, document.String())
	}
	return names
}
