package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	cliflag "k8s.io/component-base/cli/flag"
	logsapi "k8s.io/component-base/logs/api/v1"
	_ "k8s.io/component-base/logs/json/register" // the format, as every program's main has it
	kubeadmscheme "k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/scheme"
	kubeadm "k8s.io/kubernetes/cmd/kubeadm/app/util/config"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	kubeletscheme "k8s.io/kubernetes/pkg/kubelet/apis/config/scheme"
	kubeletvalidation "k8s.io/kubernetes/pkg/kubelet/apis/config/validation"
	kubeproxyconfig "k8s.io/kubernetes/pkg/proxy/apis/config"
	kubeproxyscheme "k8s.io/kubernetes/pkg/proxy/apis/config/scheme"
	kubeproxyvalidation "k8s.io/kubernetes/pkg/proxy/apis/config/validation"
)

func init() {
	utilruntime.Must(logsapi.AddFeatureGates(utilfeature.DefaultMutableFeatureGate)) // as every component does
}

// readKubelet is strict where the kubelet passes over what it does not know.
func readKubelet(data []byte) error {
	_, codecs, err := kubeletscheme.NewSchemeAndCodecs(serializer.EnableStrict)
	if err != nil {
		return err
	}
	decoded, err := runtime.Decode(codecs.UniversalDecoder(), data)
	if err != nil {
		return err
	}
	configuration, is := decoded.(*kubeletconfig.KubeletConfiguration)
	if !is {
		return fmt.Errorf("it is a %T", decoded)
	}
	gates := utilfeature.DefaultMutableFeatureGate.DeepCopy()
	if err := gates.SetFromMap(configuration.FeatureGates); err != nil {
		return err
	}
	configuration.FailCgroupV1 = false                               // would judge this machine, and not the file
	_, versionErr := cliflag.TLSVersion(configuration.TLSMinVersion) // these two are only looked at when it starts to serve
	_, suitesErr := cliflag.TLSCipherSuites(configuration.TLSCipherSuites)
	return errors.Join(kubeletvalidation.ValidateKubeletConfiguration(configuration, gates), versionErr, suitesErr)
}

var kubeProxyCodecs = serializer.NewCodecFactory(kubeproxyscheme.Scheme, serializer.EnableStrict)

// readKubeProxy is strict where kube-proxy passes over what it does not know.
func readKubeProxy(data []byte) error {
	decoded, err := runtime.Decode(kubeProxyCodecs.UniversalDecoder(), data)
	if err != nil {
		return err
	}
	configuration, is := decoded.(*kubeproxyconfig.KubeProxyConfiguration)
	if !is {
		return fmt.Errorf("it is a %T", decoded)
	}
	if err := utilfeature.DefaultMutableFeatureGate.DeepCopy().SetFromMap(configuration.FeatureGates); err != nil {
		return err
	}
	return kubeproxyvalidation.Validate(configuration).ToAggregate()
}

var kubeadmCodecs = serializer.NewCodecFactory(kubeadmscheme.Scheme, serializer.EnableStrict)

// Parts of kubeadm's files that only hold where kubeadm runs.
var (
	versionLabel  = regexp.MustCompile(`(?m)^kubernetesVersion: ["']?stable-1\.\d+["']?$`)
	discoveryFile = regexp.MustCompile(`(kubeConfigPath: )["']?/run/[\w./-]+["']?`)
)

// readKubeadm does what `kubeadm config validate` does. A label of a version is the version that is linked, for kubeadm would
// ask the network; a discovery file below /run, which is made when the node joins, is taken to be there.
func readKubeadm(content []byte) error {
	content = versionLabel.ReplaceAll(content, []byte("kubernetesVersion: v"+minor()+".0"))
	content = discoveryFile.ReplaceAll(content, []byte("${1}"+os.DevNull))
	switch validate := any(kubeadm.ValidateConfig).(type) {
	case func([]byte, bool, bool) error:
		return validate(content, false, false)
	case func([]byte, bool) error: // 1.35
		return validate(content, false)
	default:
		return fmt.Errorf("kubeadm's check is a %T", validate)
	}
}
