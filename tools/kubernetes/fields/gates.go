package main

import (
	"fmt"
	"strings"
	"time"

	"go.etcd.io/etcd/server/v3/features"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	kubeadm "k8s.io/kubernetes/cmd/kubeadm/app/features"
	"k8s.io/kubernetes/pkg/kubeapiserver/options"
)

// gateEntry is a feature gate as the minor has it.
type gateEntry struct {
	// Stage is `alpha`, `beta`, `general` or `deprecated`.
	Stage string `json:"stage"`
	// Default is whether it is on.
	Default bool `json:"default,omitempty"`
	// Locked gates cannot be set to anything else.
	Locked bool `json:"locked,omitempty"`
}

// gatesOf reads every gate that is registered. All of Kubernetes' programs link k8s.io/kubernetes/pkg/features and what it
// names, and so know the same ones.
func gatesOf() map[string]map[string]gateEntry {
	kubernetes, etcd, installer := map[string]gateEntry{}, map[string]gateEntry{}, map[string]gateEntry{}
	for name, spec := range utilfeature.DefaultMutableFeatureGate.GetAll() {
		kubernetes[string(name)] = gateEntry{Stage: stageOf(string(spec.PreRelease)), Default: spec.Default, Locked: spec.LockToDefault}
	}
	for name, spec := range features.DefaultEtcdServerFeatureGates {
		etcd[string(name)] = gateEntry{Stage: stageOf(string(spec.PreRelease)), Default: spec.Default, Locked: spec.LockToDefault}
	}
	for name, feature := range kubeadm.InitFeatureGates {
		installer[name] = gateEntry{Stage: stageOf(string(feature.PreRelease)), Default: feature.Default, Locked: feature.LockToDefault}
	}
	return map[string]map[string]gateEntry{"kubernetes": kubernetes, "etcd": etcd, "kubeadm": installer}
}

func stageOf(prerelease string) string {
	if prerelease == "" {
		return "general"
	}
	return strings.ToLower(prerelease)
}

func pluginsOf() map[string]bool {
	off := options.DefaultOffAdmissionPlugins()
	plugins := map[string]bool{}
	for _, name := range options.AllOrderedPlugins {
		plugins[name] = !off.Has(name)
	}
	return plugins
}

// kindOf names the type of a value as pflag does.
func kindOf(value any) string {
	if _, is := value.(time.Duration); is {
		return "duration"
	}
	return fmt.Sprintf("%T", value)
}
