package main

import (
	"errors"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/component-base/version"
)

// reader is what a document of one kind is put in front of.
type reader func(data []byte) error

// imagePolicyConfiguration stands for the one configuration without apiVersion and kind.
var imagePolicyConfiguration = schema.GroupVersionKind{Kind: "ImagePolicyWebhook"}

const kubeadmGroup = "kubeadm.k8s.io"

// readers of every kind; a function, since kind's reader comes back to it for its patches.
func readers() map[schema.GroupVersionKind]reader {
	return map[schema.GroupVersionKind]reader{
		{Group: "audit.k8s.io", Version: "v1", Kind: "Policy"}:                                           readAuditPolicy,
		{Group: apiServerGroup, Version: "v1", Kind: "EncryptionConfiguration"}:                          readEncryption,
		{Group: apiServerGroup, Version: "v1", Kind: "AuthenticationConfiguration"}:                      readAuthentication,
		{Group: apiServerGroup, Version: "v1", Kind: "AuthorizationConfiguration"}:                       readAuthorization,
		{Group: apiServerGroup, Version: "v1", Kind: "AdmissionConfiguration"}:                           readAdmission,
		{Group: apiServerGroup, Version: "v1", Kind: "TracingConfiguration"}:                             strictly(apiServerCodecs),
		{Group: "apiserver.k8s.io", Version: "v1beta1", Kind: "EgressSelectorConfiguration"}:             strictly(apiServerCodecs),
		{Group: "pod-security.admission.config.k8s.io", Version: "v1", Kind: "PodSecurityConfiguration"}: readPodSecurity,
		{Group: "eventratelimit.admission.k8s.io", Version: "v1alpha1", Kind: "Configuration"}:           readEventRateLimit,
		imagePolicyConfiguration: readImagePolicy,
		{Group: "kubelet.config.k8s.io", Version: "v1beta1", Kind: "KubeletConfiguration"}:      readKubelet,
		{Group: "kubeproxy.config.k8s.io", Version: "v1alpha1", Kind: "KubeProxyConfiguration"}: readKubeProxy,
		{Group: "kind.x-k8s.io", Version: "v1alpha4", Kind: "Cluster"}:                          readKindCluster,
		{Version: "v1", Kind: "Config"}:                                                         readKubeconfig,
	}
}

// loadDocuments gives every document to its reader; a file with one of somebody else's is skipped, if nothing else is wrong.
// kubeadm reads its files whole, and of some documents not strictly.
func loadDocuments(file nodeFile, content []byte, documents []document) error {
	ofKubeadm := func(d document) bool { return d.gvk.Group == kubeadmGroup }
	if slices.ContainsFunc(documents, ofKubeadm) {
		if err := readKubeadm(content); err != nil {
			return err
		}
	}
	var skipped error
	for _, document := range documents {
		read, err := readerOf(document.gvk)
		var skip *skippedError
		if errors.As(err, &skip) {
			skipped = err
			continue
		}
		if err == nil {
			err = read(document.data)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", document, err)
		}
	}
	return skipped
}

// readerOf finds the reader of a kind. A kind that a group of ours does not have is an error, one of somebody else's is passed over.
func readerOf(gvk schema.GroupVersionKind) (reader, error) {
	if read, known := readers()[gvk]; known {
		return read, nil
	}
	if gvk.Group == kubeadmGroup {
		return strictly(kubeadmCodecs), nil
	}
	if scheme.Scheme.Recognizes(gvk) {
		return readObject, nil
	}
	if scheme.Scheme.IsGroupRegistered(gvk.Group) || hasReader(gvk.Group) {
		return nil, fmt.Errorf("%s is no kind that Kubernetes %s reads", gvk, minor())
	}
	return nil, &skippedError{fmt.Sprintf("%s is read by none of Kubernetes' own programs", gvk.GroupVersion())}
}

func hasReader(group string) bool {
	for gvk := range readers() {
		if gvk.Group == group {
			return true
		}
	}
	return false
}

func minor() string {
	return version.DefaultKubeBinaryVersion
}
