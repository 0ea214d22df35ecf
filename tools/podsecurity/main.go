// Command podsecurity judges manifests with the API server's own Pod Security evaluator, level restricted, at every minor
// that the project supports. It reads YAML and JSON files, folders of them, and lists of objects; "-" is standard input.
// Exit code 1: violations; 2: input that cannot be read, or holds no pods.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

var minors = []int{35, 36, 37}

type summary struct {
	Objects    int `json:"objects"`
	Pods       int `json:"pods"`
	Violations int `json:"violations"`
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: podsecurity FILE|FOLDER|- ...")
		os.Exit(2)
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		fail(err)
	}
	total := summary{}
	for _, path := range os.Args[1:] {
		if err := eachFile(path, func(name string, content io.Reader) error {
			return judge(evaluator, name, content, os.Stdout, &total)
		}); err != nil {
			fail(err)
		}
	}
	line, _ := json.Marshal(total)
	fmt.Println(string(line))
	if total.Pods == 0 {
		fail(fmt.Errorf("no pods in %s: nothing was judged", strings.Join(os.Args[1:], " ")))
	}
	if total.Violations > 0 {
		os.Exit(1)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

func eachFile(path string, judge func(string, io.Reader) error) error {
	if path == "-" {
		return judge("standard input", os.Stdin)
	}
	return filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch filepath.Ext(name) {
		case ".yaml", ".yml", ".json":
		default:
			return nil
		}
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		return judge(name, file)
	})
}

// judge reads every document of one file and prints a line for each violation.
func judge(evaluator policy.Evaluator, name string, content io.Reader, out io.Writer, total *summary) error {
	decoder := yaml.NewYAMLOrJSONDecoder(content, 4096)
	for {
		var document json.RawMessage
		if err := decoder.Decode(&document); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		objects, err := flatten(document)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, object := range objects {
			if err := judgeObject(evaluator, name, object, out, total); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
}

// flatten takes apart a JSON array of objects and a List.
func flatten(document json.RawMessage) ([]json.RawMessage, error) {
	trimmed := strings.TrimSpace(string(document))
	if trimmed == "" || trimmed == "null" {
		return nil, nil
	}
	if strings.HasPrefix(trimmed, "[") {
		var items []json.RawMessage
		return items, json.Unmarshal(document, &items)
	}
	var list struct {
		Kind  string            `json:"kind"`
		Items []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(document, &list); err != nil {
		return nil, err
	}
	if strings.HasSuffix(list.Kind, "List") && list.Items != nil {
		return list.Items, nil
	}
	return []json.RawMessage{document}, nil
}

func judgeObject(evaluator policy.Evaluator, name string, object json.RawMessage, out io.Writer, total *summary) error {
	var identity struct {
		metav1.TypeMeta   `json:",inline"`
		metav1.ObjectMeta `json:"metadata"`
	}
	if err := json.Unmarshal(object, &identity); err != nil {
		return err
	}
	total.Objects++
	metadata, spec, err := podOf(identity.Kind, object)
	if err != nil {
		return fmt.Errorf("%s %s/%s: %w", identity.Kind, identity.Namespace, identity.Name, err)
	}
	if spec == nil {
		return nil
	}
	total.Pods++
	for _, minor := range minors {
		level := api.LevelVersion{Level: api.LevelRestricted, Version: api.MajorMinorVersion(1, minor)}
		for _, result := range evaluator.EvaluatePod(level, metadata, spec) {
			if !result.Allowed {
				total.Violations++
				fmt.Fprintf(out, "%s: %s %s/%s v1.%d: %s (%s)\n", name, identity.Kind, identity.Namespace, identity.Name, minor, result.ForbiddenReason, result.ForbiddenDetail)
			}
		}
	}
	return nil
}

// podOf gives what the admission plugin looks at: the pod of every kind that makes pods; nil for other kinds.
func podOf(kind string, object json.RawMessage) (*metav1.ObjectMeta, *corev1.PodSpec, error) {
	template := func(into any, pod func() *corev1.PodTemplateSpec) (*metav1.ObjectMeta, *corev1.PodSpec, error) {
		if err := json.Unmarshal(object, into); err != nil {
			return nil, nil, err
		}
		return &pod().ObjectMeta, &pod().Spec, nil
	}
	switch kind {
	case "Pod":
		var pod corev1.Pod
		if err := json.Unmarshal(object, &pod); err != nil {
			return nil, nil, err
		}
		return &pod.ObjectMeta, &pod.Spec, nil
	case "Deployment":
		var o appsv1.Deployment
		return template(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "StatefulSet":
		var o appsv1.StatefulSet
		return template(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "DaemonSet":
		var o appsv1.DaemonSet
		return template(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "ReplicaSet":
		var o appsv1.ReplicaSet
		return template(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "Job":
		var o batchv1.Job
		return template(&o, func() *corev1.PodTemplateSpec { return &o.Spec.Template })
	case "CronJob":
		var o batchv1.CronJob
		return template(&o, func() *corev1.PodTemplateSpec { return &o.Spec.JobTemplate.Spec.Template })
	}
	return nil, nil, nil
}
