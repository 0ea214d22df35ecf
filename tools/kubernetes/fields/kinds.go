package main

import (
	"fmt"
	"reflect"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	apiserverinstall "k8s.io/apiserver/pkg/apis/apiserver/install"
	"k8s.io/apiserver/pkg/apis/audit/install"
	"k8s.io/client-go/tools/clientcmd/api/latest"
	kubeadmscheme "k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/scheme"
	kubeletscheme "k8s.io/kubernetes/pkg/kubelet/apis/config/scheme"
	kubeproxyscheme "k8s.io/kubernetes/pkg/proxy/apis/config/scheme"
	eventratelimitinstall "k8s.io/kubernetes/plugin/pkg/admission/eventratelimit/apis/eventratelimit/install"
	"k8s.io/kubernetes/plugin/pkg/admission/imagepolicy"
	podsecurityscheme "k8s.io/pod-security-admission/admission/api/scheme"
	kind "sigs.k8s.io/kind/pkg/apis/config/v1alpha4"
)

// wanted are the kinds that this project writes or reads. One that the minor does not have is left out.
var wanted = []schema.GroupVersionKind{
	{Group: "kubelet.config.k8s.io", Version: "v1beta1", Kind: "KubeletConfiguration"},
	{Group: "kubeproxy.config.k8s.io", Version: "v1alpha1", Kind: "KubeProxyConfiguration"},
	{Group: "kubeadm.k8s.io", Version: "v1beta4", Kind: "InitConfiguration"},
	{Group: "kubeadm.k8s.io", Version: "v1beta4", Kind: "ClusterConfiguration"},
	{Group: "kubeadm.k8s.io", Version: "v1beta4", Kind: "JoinConfiguration"},
	{Group: "kubeadm.k8s.io", Version: "v1beta4", Kind: "ResetConfiguration"},
	{Group: "kubeadm.k8s.io", Version: "v1beta4", Kind: "UpgradeConfiguration"},
	{Group: "kubeadm.k8s.io", Version: "v1beta3", Kind: "InitConfiguration"}, // kind patches it for nodes before 1.36
	{Group: "kubeadm.k8s.io", Version: "v1beta3", Kind: "ClusterConfiguration"},
	{Group: "kubeadm.k8s.io", Version: "v1beta3", Kind: "JoinConfiguration"},
	{Group: "audit.k8s.io", Version: "v1", Kind: "Policy"},
	{Group: "apiserver.config.k8s.io", Version: "v1", Kind: "EncryptionConfiguration"},
	{Group: "apiserver.config.k8s.io", Version: "v1", Kind: "AdmissionConfiguration"},
	{Group: "apiserver.config.k8s.io", Version: "v1", Kind: "AuthenticationConfiguration"},
	{Group: "apiserver.config.k8s.io", Version: "v1", Kind: "AuthorizationConfiguration"},
	{Group: "apiserver.config.k8s.io", Version: "v1", Kind: "TracingConfiguration"},
	{Group: "apiserver.config.k8s.io", Version: "v1", Kind: "ValidatingAdmissionPolicyConfiguration"},
	{Group: "apiserver.k8s.io", Version: "v1beta1", Kind: "EgressSelectorConfiguration"},
	{Group: "pod-security.admission.config.k8s.io", Version: "v1", Kind: "PodSecurityConfiguration"},
	{Group: "eventratelimit.admission.k8s.io", Version: "v1alpha1", Kind: "Configuration"},
	{Group: "", Version: "v1", Kind: "Config"}, // a kubeconfig
}

// kindsOf enters the types of every wanted kind and says which is whose.
func kindsOf(types *typeTable) (map[string]string, error) {
	schemes, err := schemesOf()
	if err != nil {
		return nil, err
	}
	kinds := map[string]string{}
	for _, gvk := range wanted {
		for _, scheme := range schemes {
			if !scheme.Recognizes(gvk) {
				continue
			}
			object, err := scheme.New(gvk)
			if err != nil {
				return nil, err
			}
			apiVersion, kind := gvk.ToAPIVersionAndKind()
			kinds[apiVersion+" "+kind] = types.enter(reflect.TypeOf(object).Elem())
		}
	}
	// These two are in no scheme. The first has no apiVersion and no kind.
	kinds["ImagePolicyWebhook"] = types.enter(reflect.TypeFor[imagepolicy.AdmissionConfig]())
	kinds["kind.x-k8s.io/v1alpha4 Cluster"] = types.enter(reflect.TypeFor[kind.Cluster]())
	if len(types.unnamed) > 0 {
		return nil, fmt.Errorf("say in types.go what these are: %v", types.unnamed)
	}
	return kinds, nil
}

func schemesOf() ([]*runtime.Scheme, error) {
	kubelet, _, err := kubeletscheme.NewSchemeAndCodecs()
	if err != nil {
		return nil, err
	}
	files := runtime.NewScheme()
	install.Install(files)
	apiserverinstall.Install(files)
	eventratelimitinstall.Install(files)
	if err := addPolicyKinds(files); err != nil {
		return nil, err
	}
	return []*runtime.Scheme{kubelet, kubeproxyscheme.Scheme, kubeadmscheme.Scheme, podsecurityscheme.Scheme, latest.Scheme, files}, nil
}
