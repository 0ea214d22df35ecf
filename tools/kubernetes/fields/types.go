package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	logs "k8s.io/component-base/logs/api/v1"
	kubeadm "k8s.io/kubernetes/cmd/kubeadm/app/apis/bootstraptoken/v1"
)

// readThemselves are types with a decoder of their own, by what they take.
var readThemselves = map[reflect.Type]string{
	reflect.TypeFor[metav1.Duration]():              "duration",
	reflect.TypeFor[metav1.FieldsV1]():              "any",
	reflect.TypeFor[metav1.Time]():                  "time",
	reflect.TypeFor[resource.Quantity]():            "quantity",
	reflect.TypeFor[resource.QuantityValue]():       "quantity",
	reflect.TypeFor[intstr.IntOrString]():           "intOrString",
	reflect.TypeFor[logs.TimeOrMetaDuration]():      "durationOrInt",
	reflect.TypeFor[kubeadm.BootstrapTokenString](): "string",
	reflect.TypeFor[runtime.RawExtension]():         "any",
	reflect.TypeFor[runtime.Unknown]():              "any",
}

// shortNames of packages, so that types of the same name are told apart.
var shortNames = map[string]string{
	"k8s.io/api/core/v1":                                                                 "core",
	"k8s.io/apimachinery/pkg/apis/meta/v1":                                               "meta",
	"k8s.io/apiserver/pkg/apis/apiserver/v1":                                             "apiserver",
	"k8s.io/apiserver/pkg/apis/apiserver/v1beta1":                                        "egress",
	"k8s.io/apiserver/pkg/apis/audit/v1":                                                 "audit",
	"k8s.io/apiserver/pkg/admission/plugin/policy/config/apis/policyconfig/v1":           "policies",
	"k8s.io/client-go/tools/clientcmd/api/v1":                                            "clientcmd",
	"k8s.io/component-base/config/v1alpha1":                                              "component",
	"k8s.io/component-base/logs/api/v1":                                                  "logs",
	"k8s.io/component-base/tracing/api/v1":                                               "tracing",
	"k8s.io/kube-proxy/config/v1alpha1":                                                  "kube-proxy",
	"k8s.io/kubelet/config/v1beta1":                                                      "kubelet",
	"k8s.io/kubernetes/cmd/kubeadm/app/apis/bootstraptoken/v1":                           "kubeadm",
	"k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/v1beta3":                             "kubeadm-v1beta3",
	"k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/v1beta4":                             "kubeadm",
	"k8s.io/kubernetes/plugin/pkg/admission/eventratelimit/apis/eventratelimit/v1alpha1": "eventratelimit",
	"k8s.io/kubernetes/plugin/pkg/admission/imagepolicy":                                 "imagepolicy",
	"k8s.io/pod-security-admission/admission/api/v1":                                     "podsecurity",
	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4":                                          "kind",
}

// constantsElsewhere is where the constants of a package's string types are, if not beside the types.
var constantsElsewhere = map[string]string{
	"k8s.io/kube-proxy/config/v1alpha1":         "k8s.io/kubernetes/pkg/proxy/apis/config",
	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4": "sigs.k8s.io/kind/pkg/internal/apis/config", // which has one more
}

// typeTable gathers types from the root kinds down.
type typeTable struct {
	sources source
	types   map[string]map[string]string
	enums   map[string][]string
	// unnamed are types that cannot be told what they take.
	unnamed []string
}

// enter puts the type into the table, with those of its fields, and gives its name.
func (t *typeTable) enter(r reflect.Type) string {
	for r.Kind() == reflect.Pointer {
		r = r.Elem()
	}
	if name, known := readThemselves[r]; known {
		return name
	}
	if reflect.PointerTo(r).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return t.reject(r)
	}
	switch r.Kind() {
	case reflect.Bool:
		return "bool"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "int"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.String:
		return t.enterString(r)
	case reflect.Interface:
		return "any"
	case reflect.Slice:
		if r.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return t.enter(r.Elem()) + "[]"
	case reflect.Map:
		return "{" + t.enter(r.Elem()) + "}"
	case reflect.Struct:
		return t.enterStruct(r)
	default:
		return t.reject(r)
	}
}

func (t *typeTable) enterString(r reflect.Type) string {
	if r.PkgPath() == "" {
		return "string"
	}
	pkg := r.PkgPath()
	if elsewhere, has := constantsElsewhere[pkg]; has {
		pkg = elsewhere
	}
	constants := t.sources.constantsOf(pkg, r.Name())
	if len(constants) == 0 {
		return "string"
	}
	name := t.nameOf(r)
	t.enums[name] = constants
	return name
}

func (t *typeTable) enterStruct(r reflect.Type) string {
	name := t.nameOf(r)
	if _, entered := t.types[name]; entered {
		return name
	}
	fields := map[string]string{}
	t.types[name] = fields
	t.enterFields(r, fields)
	return name
}

func (t *typeTable) enterFields(r reflect.Type, fields map[string]string) {
	for i := range r.NumField() {
		field := r.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-" || !field.IsExported():
		case field.Anonymous && name == "":
			t.enterFields(field.Type, fields)
		case name == "":
			fields[field.Name] = t.enter(field.Type)
		default:
			fields[name] = t.enter(field.Type)
		}
	}
}

func (t *typeTable) nameOf(r reflect.Type) string {
	short, known := shortNames[r.PkgPath()]
	if !known {
		return t.reject(r)
	}
	return short + "." + r.Name()
}

func (t *typeTable) reject(r reflect.Type) string {
	name := fmt.Sprintf("%s.%s", r.PkgPath(), r.Name())
	t.unnamed = append(t.unnamed, name)
	return name
}
