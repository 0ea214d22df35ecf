package main

import (
	"bytes"
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
	kind "sigs.k8s.io/kind/pkg/apis/config/v1alpha4"
)

// readKindCluster reads it as kind does, and the patches in it as kubeadm does. kind keeps its check of the values to itself.
func readKindCluster(data []byte) error {
	var cluster kind.Cluster
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cluster); err != nil {
		return err
	}
	problems := readPatches("kubeadmConfigPatches", cluster.KubeadmConfigPatches)
	for i, node := range cluster.Nodes {
		problems = append(problems, readPatches(fmt.Sprintf("nodes[%d].kubeadmConfigPatches", i), node.KubeadmConfigPatches)...)
	}
	return errors.Join(problems...)
}

// readPatches reads patches of kubeadm's documents. kind passes over one whose kind or version it does not find.
func readPatches(at string, patches []string) []error {
	var problems []error
	for i, patch := range patches {
		documents, err := documentsOf([]byte(patch))
		for _, document := range documents {
			err = errors.Join(err, readPatch(document))
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s[%d]: %w", at, i, err))
		}
	}
	return problems
}

func readPatch(patch document) error {
	read, err := readerOf(patch.gvk)
	if err != nil {
		return errors.New(err.Error()) // kind finds no document for it either: nothing to skip
	}
	return read(patch.data)
}
