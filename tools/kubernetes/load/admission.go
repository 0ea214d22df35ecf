package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/apis/apiserver"
	"k8s.io/kubernetes/plugin/pkg/admission/eventratelimit"
	eventratelimitinstall "k8s.io/kubernetes/plugin/pkg/admission/eventratelimit/apis/eventratelimit/install"
	eventratelimitvalidation "k8s.io/kubernetes/plugin/pkg/admission/eventratelimit/apis/eventratelimit/validation"
	"k8s.io/kubernetes/plugin/pkg/admission/imagepolicy"
	podsecurity "k8s.io/pod-security-admission/admission/api/load"
	podsecurityvalidation "k8s.io/pod-security-admission/admission/api/validation"
	"sigs.k8s.io/yaml"
)

// pluginReaders read the configuration of admission plugins. An entry for any other is refused: nobody would read it.
var pluginReaders = map[string]reader{
	"PodSecurity":               readPodSecurity,
	"EventRateLimit":            readEventRateLimit,
	"ImagePolicyWebhook":        readImagePolicy,
	"ValidatingAdmissionPolicy": readPolicyManifests,
}

// readAdmission reads the file and the configuration of each plugin, inside of it or in a file of its own.
func readAdmission(data []byte) error {
	decoded, err := runtime.Decode(apiServerCodecs.UniversalDecoder(), data)
	if err != nil {
		return err
	}
	configuration, is := decoded.(*apiserver.AdmissionConfiguration)
	if !is {
		return fmt.Errorf("it is a %T", decoded)
	}
	var problems []error
	for i, plugin := range configuration.Plugins {
		if err := readPlugin(plugin); err != nil {
			problems = append(problems, fmt.Errorf("plugins[%d] %s: %w", i, plugin.Name, err))
		}
	}
	return errors.Join(problems...)
}

func readPlugin(plugin apiserver.AdmissionPluginConfiguration) error {
	read, known := pluginReaders[plugin.Name]
	if !known {
		return errors.New("no plugin of this name reads a configuration that this program knows")
	}
	if plugin.Path != "" {
		return nil // a file of its own in the folder, which is read as such
	}
	configuration, err := admission.GetAdmissionPluginConfigurationFor(plugin)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(configuration)
	if err != nil {
		return err
	}
	return read(data)
}

func readPodSecurity(data []byte) error {
	configuration, err := podsecurity.LoadFromData(data)
	if err != nil {
		return err
	}
	return podsecurityvalidation.ValidatePodSecurityConfiguration(configuration).ToAggregate()
}

var eventRateLimitCodecs = strictCodecs(eventratelimitinstall.Install)

// readEventRateLimit is strict where the API server passes over what it does not know.
func readEventRateLimit(data []byte) error {
	if err := strictly(eventRateLimitCodecs)(data); err != nil {
		return err
	}
	configuration, err := eventratelimit.LoadConfiguration(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return eventratelimitvalidation.ValidateConfiguration(configuration).ToAggregate()
}

// readImagePolicy is strict where the API server passes over what it does not know. It makes no client: the certificates are
// not here.
func readImagePolicy(data []byte) error {
	var configuration imagepolicy.AdmissionConfig
	return yaml.UnmarshalStrict(data, &configuration)
}
