package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/meta/testrestmapper"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/apiserver/pkg/warning"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	// The kinds, with what the API server fills in.
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
)

// cluster is the admission plugin with what it reads: policies, bindings and namespaces.
type cluster struct {
	plugin   *validating.Plugin
	policies []*admissionv1.ValidatingAdmissionPolicy
	bindings []*admissionv1.ValidatingAdmissionPolicyBinding
}

// strict refuses fields that the API does not have.
var strict = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDeserializer()

func newCluster(ctx context.Context, raw []json.RawMessage) (*cluster, error) {
	made := &cluster{plugin: validating.NewPlugin(nil)}
	var objects []runtime.Object
	for _, content := range raw {
		object, err := decode(content)
		if err != nil {
			return nil, err
		}
		switch typed := object.(type) {
		case *admissionv1.ValidatingAdmissionPolicy:
			made.policies = append(made.policies, typed)
		case *admissionv1.ValidatingAdmissionPolicyBinding:
			made.bindings = append(made.bindings, typed)
		}
		objects = append(objects, object)
	}
	client := fake.NewClientset(objects...)
	factory := informers.NewSharedInformerFactory(client, 0)
	made.plugin.SetExternalKubeClientSet(client)
	made.plugin.SetExternalKubeInformerFactory(factory)
	made.plugin.SetDynamicClient(dynamicfake.NewSimpleDynamicClient(legacyscheme.Scheme))
	made.plugin.SetRESTMapper(restMapper())
	made.plugin.SetAuthorizer(authorizerfactory.NewAlwaysAllowAuthorizer())
	made.plugin.SetDrainedNotification(ctx.Done())
	if err := made.plugin.ValidateInitialization(); err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	return made, wait.PollUntilContextTimeout(ctx, 10*time.Millisecond, time.Minute, true, func(context.Context) (bool, error) {
		return made.plugin.WaitForReady(), nil
	})
}

func restMapper() meta.RESTMapper {
	return testrestmapper.TestOnlyStaticRESTMapper(legacyscheme.Scheme)
}

// decode reads an object and makes it what policies see of it: the defaults are filled in, and it has been through the
// internal version, in which a Secret has its stringData among its data.
func decode(content json.RawMessage) (runtime.Object, error) {
	object, kind, err := strict.Decode(content, nil, nil)
	if err != nil {
		return nil, err
	}
	legacyscheme.Scheme.Default(object)
	internal, err := legacyscheme.Scheme.ConvertToVersion(object, runtime.InternalGroupVersioner)
	if err != nil {
		return nil, err
	}
	return legacyscheme.Scheme.ConvertToVersion(internal, kind.GroupVersion())
}

// ask puts a request to the plugin. The message is what the person who is denied reads.
func (c *cluster) ask(ctx context.Context, request Request) (Answer, string, error) {
	object, err := optional(request.Object)
	if err != nil {
		return Answer{}, "", err
	}
	old, err := optional(request.OldObject)
	if err != nil {
		return Answer{}, "", err
	}
	present := object
	if present == nil {
		present = old
	}
	if present == nil {
		return Answer{}, "", fmt.Errorf("it has neither an object nor an old one")
	}
	metadata, err := meta.Accessor(present)
	if err != nil {
		return Answer{}, "", err
	}
	namespace := metadata.GetNamespace()
	if request.Resource == "namespaces" {
		namespace = metadata.GetName() // as the API server has it
	}
	attributes := admission.NewAttributesRecord(
		object,
		old,
		present.GetObjectKind().GroupVersionKind(),
		namespace,
		metadata.GetName(),
		schema.GroupVersionResource{Group: request.Group, Version: request.Version, Resource: request.Resource},
		request.Subresource,
		admission.Operation(request.Operation),
		nil,
		false,
		&user.DefaultInfo{Name: request.User, Groups: request.Groups},
	)
	recorder := &warnings{}
	recording := &audit{Attributes: attributes}
	err = c.plugin.Validate(warning.WithWarningRecorder(ctx, recorder), recording, admission.NewObjectInterfacesFromScheme(legacyscheme.Scheme))
	sort.Strings(recorder.messages)
	answer := Answer{Denied: err != nil, Warnings: recorder.messages, Audited: recording.failures > 0}
	if err != nil {
		return answer, err.Error(), nil
	}
	return answer, "admitted", nil
}

func optional(content json.RawMessage) (runtime.Object, error) {
	if len(content) == 0 || string(content) == "null" {
		return nil, nil
	}
	return decode(content)
}

// warnings collects the messages alone, without the names of policy and binding.
type warnings struct{ messages []string }

func (w *warnings) AddWarning(_, text string) {
	_, message, _ := strings.Cut(text, "': ")
	w.messages = append(w.messages, message)
}

// audit counts the failures that the plugin writes into the audit event.
type audit struct {
	admission.Attributes
	failures int
}

func (a *audit) AddAnnotation(key, value string) error {
	if key == "validation.policy.admission.k8s.io/validation_failure" {
		a.failures++
	}
	return a.Attributes.AddAnnotation(key, value)
}
