package main

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/tools/clientcmd/api/latest"
	clientcmdv1 "k8s.io/client-go/tools/clientcmd/api/v1"
)

// strictCodecs refuse unknown and repeated fields.
func strictCodecs(install ...func(*runtime.Scheme)) serializer.CodecFactory {
	scheme := runtime.NewScheme()
	for _, add := range install {
		add(scheme)
	}
	return serializer.NewCodecFactory(scheme, serializer.EnableStrict)
}

func adds(add func(*runtime.Scheme) error) func(*runtime.Scheme) {
	return func(scheme *runtime.Scheme) { utilruntime.Must(add(scheme)) }
}

// strictly reads a document that nothing else can be asked about.
func strictly(codecs serializer.CodecFactory) reader {
	return func(data []byte) error {
		_, err := runtime.Decode(codecs.UniversalDecoder(), data)
		return err
	}
}

var objectCodecs = serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict)

// readObject reads an object of the API, or a part of one: static pods, patches, policies from files.
func readObject(data []byte) error {
	_, err := runtime.Decode(objectCodecs.UniversalDeserializer(), data)
	return err
}

var kubeconfigCodecs = strictCodecs(adds(api.AddToScheme), adds(clientcmdv1.AddToScheme))

// readKubeconfig makes a client of it as the API server does for its webhooks, without the certificates, which are not here.
func readKubeconfig(data []byte) error {
	if err := strictly(kubeconfigCodecs)(data); err != nil {
		return err
	}
	config := api.NewConfig()
	if _, _, err := latest.Codec.Decode(data, nil, config); err != nil {
		return err
	}
	for _, cluster := range config.Clusters {
		cluster.CertificateAuthority = ""
	}
	for _, user := range config.AuthInfos {
		user.ClientCertificate, user.ClientKey, user.TokenFile = "", "", ""
	}
	_, err := clientcmd.NewNonInteractiveClientConfig(*config, "", &clientcmd.ConfigOverrides{}, nil).ClientConfig()
	return err
}
