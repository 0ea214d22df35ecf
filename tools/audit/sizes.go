package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	authnv1 "k8s.io/api/authentication/v1"
	authzv1 "k8s.io/api/authorization/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	auditv1 "k8s.io/apiserver/pkg/apis/audit/v1"
	"k8s.io/apiserver/pkg/audit"
)

const uid = types.UID("0f8d2c1e-6f0b-4d56-9a51-3f5e7d1c2b3a")

var when = metav1.NewTime(time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC))

// sizes are in bytes: of an event without bodies, newline included, and of the bodies without managedFields.
type sizes struct {
	Metadata int            `json:"metadata"`
	Bodies   map[string]int `json:"bodies"`
}

// printSizes serialises what the API server would: events of audit.k8s.io/v1, and objects of its API.
func printSizes(_ io.Reader, out io.Writer) error {
	metadata, err := averageEvent()
	if err != nil {
		return err
	}
	result := sizes{Metadata: metadata, Bodies: map[string]int{}}
	for name, object := range map[string]any{
		"pod": pod(), "podStatusPatch": podStatusPatch(), "deployment": deployment(), "node": node(), "nodeStatusPatch": nodeStatusPatch(),
		"endpointSlice": endpointSlice(), "lease": lease(), "subjectAccessReview": subjectAccessReview(),
	} {
		encoded, err := json.Marshal(object)
		if err != nil {
			return err
		}
		result.Bodies[name] = len(encoded)
	}
	return json.NewEncoder(out).Encode(result)
}

// averageEvent is the size of an event at level Metadata, over callers that make most of the requests.
func averageEvent() (int, error) {
	allowed := map[string]string{
		"authorization.k8s.io/decision": "allow",
		"authorization.k8s.io/reason":   `RBAC: allowed by ClusterRoleBinding "system:controller:deployment-controller" of ClusterRole "system:controller:deployment-controller" to ServiceAccount "deployment-controller/kube-system"`,
	}
	serviceAccount := authnv1.UserInfo{
		Username: "system:serviceaccount:shop:frontend",
		UID:      string(uid),
		Groups:   []string{"system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"},
		Extra: map[string]authnv1.ExtraValue{
			"authentication.kubernetes.io/credential-id": {"JTI=5c1a1b9e-7b0c-4a0e-8a57-1d2f3e4a5b6c"},
			"authentication.kubernetes.io/node-name":     {"worker-1.example.com"},
			"authentication.kubernetes.io/node-uid":      {string(uid)},
			"authentication.kubernetes.io/pod-name":      {"frontend-6d4cf56db6-x7k2p"},
			"authentication.kubernetes.io/pod-uid":       {string(uid)},
		},
	}
	kubelet := authnv1.UserInfo{Username: "system:node:worker-1.example.com", Groups: []string{"system:nodes", "system:authenticated"}}
	controller := authnv1.UserInfo{
		Username: "system:serviceaccount:kube-system:deployment-controller",
		UID:      string(uid),
		Groups:   []string{"system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"},
	}
	events := []auditv1.Event{
		event("watch", "/api/v1/namespaces/shop/configmaps?allowWatchBookmarks=true&fieldSelector=metadata.name%3Dflags&resourceVersion=184467&timeoutSeconds=431&watch=true",
			serviceAccount, "frontend/v0.0.0 (linux/amd64) kubernetes/$Format", "10.244.1.17", &auditv1.ObjectReference{Resource: "configmaps", Namespace: "shop", Name: "flags", APIVersion: "v1"}, allowed),
		event("get", "/api/v1/namespaces/shop/pods/frontend-6d4cf56db6-x7k2p", kubelet, "kubelet/v1.37.2 (linux/amd64) kubernetes/2f8ba5a", "192.0.2.21",
			&auditv1.ObjectReference{Resource: "pods", Namespace: "shop", Name: "frontend-6d4cf56db6-x7k2p", APIVersion: "v1"}, map[string]string{"authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": ""}),
		event("update", "/apis/apps/v1/namespaces/shop/replicasets/frontend-6d4cf56db6/status", controller,
			"kube-controller-manager/v1.37.2 (linux/amd64) kubernetes/2f8ba5a/system:serviceaccount:kube-system:deployment-controller", "192.0.2.10",
			&auditv1.ObjectReference{Resource: "replicasets", Subresource: "status", Namespace: "shop", Name: "frontend-6d4cf56db6", UID: uid, APIGroup: "apps", APIVersion: "v1", ResourceVersion: "184467"}, allowed),
		event("create", "/api/v1/namespaces/shop/serviceaccounts/frontend/token", kubelet, "kubelet/v1.37.2 (linux/amd64) kubernetes/2f8ba5a", "192.0.2.21",
			&auditv1.ObjectReference{Resource: "serviceaccounts", Subresource: "token", Namespace: "shop", Name: "frontend", UID: uid, APIVersion: "v1"},
			map[string]string{"authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": "", "authentication.kubernetes.io/issued-credential-id": "JTI=5c1a1b9e-7b0c-4a0e-8a57-1d2f3e4a5b6c"}),
	}
	encoder := audit.Codecs.LegacyCodec(auditv1.SchemeGroupVersion)
	total := 0
	for _, e := range events {
		line, err := runtime.Encode(encoder, &e)
		if err != nil {
			return 0, err
		}
		total += len(line)
	}
	return total / len(events), nil
}

func event(verb, uri string, caller authnv1.UserInfo, agent, address string, reference *auditv1.ObjectReference, annotations map[string]string) auditv1.Event {
	return auditv1.Event{
		Level: auditv1.LevelMetadata, AuditID: uid, Stage: auditv1.StageResponseComplete,
		RequestURI: uri, Verb: verb, User: caller, SourceIPs: []string{address}, UserAgent: agent, ObjectRef: reference,
		ResponseStatus:           &metav1.Status{Code: 200},
		RequestReceivedTimestamp: metav1.NewMicroTime(when.Time.Add(123456 * time.Microsecond)),
		StageTimestamp:           metav1.NewMicroTime(when.Time.Add(129876 * time.Microsecond)),
		Annotations:              annotations,
	}
}

func resources(cpu, memory string) corev1.ResourceList {
	return corev1.ResourceList{corev1.ResourceCPU: resource.MustParse(cpu), corev1.ResourceMemory: resource.MustParse(memory), corev1.ResourceEphemeralStorage: resource.MustParse("512Mi")}
}

func image(name string) string {
	return "registry.example.com/" + name + ":v0.10.2@sha256:" + strings.Repeat("0123456789abcdef", 4)
}

func labels() map[string]string {
	return map[string]string{
		"app.kubernetes.io/component": "workload", "app.kubernetes.io/instance": "frontend", "app.kubernetes.io/managed-by": "cdk8s",
		"app.kubernetes.io/name": "frontend", "app.kubernetes.io/part-of": "shop", "app.kubernetes.io/version": "v0.10.2", "pod-template-hash": "6d4cf56db6",
	}
}

// podSpec is the hardened pod of one container that this project makes, with what the API server fills in.
func podSpec() corev1.PodSpec {
	yes, no, id, seconds := true, false, int64(10001), int64(3607)
	grace, mode := int64(30), int32(420)
	security := &corev1.SecurityContext{
		AllowPrivilegeEscalation: &no, Privileged: &no, ReadOnlyRootFilesystem: &yes, RunAsNonRoot: &yes, RunAsUser: &id, RunAsGroup: &id,
		Capabilities:   &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
		SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
	}
	probe := &corev1.Probe{
		ProbeHandler:   corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: "/_healthz", Port: intstr.FromInt32(8080), Scheme: corev1.URISchemeHTTP}},
		TimeoutSeconds: 1, PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 3,
	}
	return corev1.PodSpec{
		Containers: []corev1.Container{{
			Name: "main", Image: image("frontend"), ImagePullPolicy: corev1.PullIfNotPresent,
			Ports:         []corev1.ContainerPort{{ContainerPort: 8080, Name: "http", Protocol: corev1.ProtocolTCP}},
			Env:           []corev1.EnvVar{{Name: "CART_ADDR", Value: "cartservice:7070"}, {Name: "CURRENCY_ADDR", Value: "currencyservice:7000"}, {Name: "PORT", Value: "8080"}},
			Resources:     corev1.ResourceRequirements{Requests: resources("100m", "128Mi"), Limits: resources("500m", "256Mi")},
			LivenessProbe: probe, ReadinessProbe: probe, StartupProbe: probe, SecurityContext: security,
			TerminationMessagePath: "/dev/termination-log", TerminationMessagePolicy: corev1.TerminationMessageReadFile,
			VolumeMounts: []corev1.VolumeMount{{Name: "tmp", MountPath: "/tmp"}, {Name: "token", MountPath: "/var/run/secrets/kubernetes.io/serviceaccount", ReadOnly: true}},
		}},
		Volumes: []corev1.Volume{
			{Name: "tmp", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}},
			{Name: "token", VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{DefaultMode: &mode, Sources: []corev1.VolumeProjection{
				{ServiceAccountToken: &corev1.ServiceAccountTokenProjection{ExpirationSeconds: &seconds, Path: "token", Audience: "https://kubernetes.default.svc"}}}}}},
		},
		RestartPolicy: corev1.RestartPolicyAlways, TerminationGracePeriodSeconds: &grace, DNSPolicy: corev1.DNSClusterFirst,
		ServiceAccountName: "frontend", AutomountServiceAccountToken: &no, HostUsers: &no, EnableServiceLinks: &no,
		SecurityContext: &corev1.PodSecurityContext{RunAsNonRoot: &yes, RunAsUser: &id, RunAsGroup: &id, FSGroup: &id, SeccompProfile: security.SeccompProfile},
		SchedulerName:   "default-scheduler", PriorityClassName: "standard",
		TopologySpreadConstraints: []corev1.TopologySpreadConstraint{{MaxSkew: 1, TopologyKey: "kubernetes.io/hostname", WhenUnsatisfiable: corev1.ScheduleAnyway, LabelSelector: &metav1.LabelSelector{MatchLabels: map[string]string{"app.kubernetes.io/instance": "frontend"}}}},
	}
}

func pod() *corev1.Pod {
	return &corev1.Pod{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: metav1.ObjectMeta{Name: "frontend-6d4cf56db6-x7k2p", GenerateName: "frontend-6d4cf56db6-", Namespace: "shop", UID: uid, ResourceVersion: "184467", CreationTimestamp: when, Labels: labels(), OwnerReferences: []metav1.OwnerReference{{APIVersion: "apps/v1", Kind: "ReplicaSet", Name: "frontend-6d4cf56db6", UID: uid}}},
		Spec:       podSpec(),
		Status:     corev1.PodStatus{Phase: corev1.PodPending, QOSClass: corev1.PodQOSBurstable},
	}
}

func podStatus() corev1.PodStatus {
	ready := func(kind corev1.PodConditionType) corev1.PodCondition {
		return corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue, LastTransitionTime: when}
	}
	started := true
	return corev1.PodStatus{
		Phase: corev1.PodRunning, HostIP: "192.0.2.21", PodIP: "10.244.1.17", StartTime: &when,
		HostIPs: []corev1.HostIP{{IP: "192.0.2.21"}}, PodIPs: []corev1.PodIP{{IP: "10.244.1.17"}},
		Conditions: []corev1.PodCondition{ready("PodReadyToStartContainers"), ready(corev1.PodInitialized), ready(corev1.PodReady), ready(corev1.ContainersReady), ready(corev1.PodScheduled)},
		ContainerStatuses: []corev1.ContainerStatus{{
			Name: "main", Ready: true, Started: &started, Image: image("frontend"), ImageID: image("frontend"), ContainerID: "containerd://" + strings.Repeat("0123456789abcdef", 4),
			State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: when}},
		}},
	}
}

func podStatusPatch() any {
	return map[string]any{"metadata": map[string]any{"uid": uid}, "status": podStatus()}
}

func deployment() *appsv1.Deployment {
	replicas, revisions, progress := int32(3), int32(10), int32(600)
	selector := map[string]string{"app.kubernetes.io/instance": "frontend"}
	surge := intstr.FromString("25%")
	return &appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: metav1.ObjectMeta{Name: "frontend", Namespace: "shop", UID: uid, ResourceVersion: "184467", Generation: 7, CreationTimestamp: when, Labels: labels()},
		Spec: appsv1.DeploymentSpec{
			Replicas: &replicas, RevisionHistoryLimit: &revisions, ProgressDeadlineSeconds: &progress, Selector: &metav1.LabelSelector{MatchLabels: selector},
			Strategy: appsv1.DeploymentStrategy{Type: appsv1.RollingUpdateDeploymentStrategyType, RollingUpdate: &appsv1.RollingUpdateDeployment{MaxSurge: &surge, MaxUnavailable: &surge}},
			Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels()}, Spec: podSpec()},
		},
		Status: appsv1.DeploymentStatus{ObservedGeneration: 7, Replicas: 3, UpdatedReplicas: 3, ReadyReplicas: 3, AvailableReplicas: 3},
	}
}

// node is one with the 50 images that a kubelet reports at most by default (nodeStatusMaxImages).
func node() *corev1.Node {
	images := make([]corev1.ContainerImage, 50)
	for i := range images {
		name := image(fmt.Sprintf("team/service-%d", i))
		images[i] = corev1.ContainerImage{Names: []string{name, strings.SplitN(name, "@", 2)[0]}, SizeBytes: 52428800}
	}
	condition := func(kind corev1.NodeConditionType) corev1.NodeCondition {
		return corev1.NodeCondition{Type: kind, Status: corev1.ConditionFalse, LastHeartbeatTime: when, LastTransitionTime: when, Reason: "KubeletHasSufficientMemory", Message: "kubelet has sufficient memory available"}
	}
	return &corev1.Node{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Node"},
		ObjectMeta: metav1.ObjectMeta{Name: "worker-1.example.com", UID: uid, ResourceVersion: "184467", CreationTimestamp: when,
			Labels:      map[string]string{"kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux", "kubernetes.io/hostname": "worker-1.example.com", "topology.kubernetes.io/zone": "eu-1a", "topology.kubernetes.io/region": "eu-1", "node.kubernetes.io/instance-type": "m7.xlarge"},
			Annotations: map[string]string{"node.alpha.kubernetes.io/ttl": "0", "volumes.kubernetes.io/controller-managed-attach-detach": "true"}},
		Spec: corev1.NodeSpec{PodCIDR: "10.244.1.0/24", PodCIDRs: []string{"10.244.1.0/24"}, ProviderID: "example://eu-1a/i-0123456789abcdef0"},
		Status: corev1.NodeStatus{
			Capacity: resources("4", "16Gi"), Allocatable: resources("3800m", "15Gi"), Images: images,
			Conditions: []corev1.NodeCondition{condition(corev1.NodeMemoryPressure), condition(corev1.NodeDiskPressure), condition(corev1.NodePIDPressure), condition(corev1.NodeReady)},
			Addresses:  []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: "192.0.2.21"}, {Type: corev1.NodeHostName, Address: "worker-1.example.com"}},
			NodeInfo:   corev1.NodeSystemInfo{MachineID: string(uid), SystemUUID: string(uid), BootID: string(uid), KernelVersion: "6.12.0-amd64", OSImage: "Debian GNU/Linux 13 (trixie)", ContainerRuntimeVersion: "containerd://2.1.4", KubeletVersion: "v1.37.2", OperatingSystem: "linux", Architecture: "amd64"},
		},
	}
}

// nodeStatusPatch is the report of every five minutes on a quiet node: heartbeats of the conditions.
func nodeStatusPatch() any {
	return map[string]any{"status": map[string]any{"conditions": node().Status.Conditions}}
}

// endpointSlice is that of a Service with ten pods.
func endpointSlice() *discoveryv1.EndpointSlice {
	yes, no, name, port, protocol, host, zone := true, false, "http", int32(8080), corev1.ProtocolTCP, "worker-1.example.com", "eu-1a"
	endpoint := discoveryv1.Endpoint{
		Addresses: []string{"10.244.1.17"}, Conditions: discoveryv1.EndpointConditions{Ready: &yes, Serving: &yes, Terminating: &no}, NodeName: &host, Zone: &zone,
		TargetRef: &corev1.ObjectReference{Kind: "Pod", Namespace: "shop", Name: "frontend-6d4cf56db6-x7k2p", UID: uid},
	}
	endpoints := make([]discoveryv1.Endpoint, 10)
	for i := range endpoints {
		endpoints[i] = endpoint
	}
	return &discoveryv1.EndpointSlice{
		TypeMeta:    metav1.TypeMeta{APIVersion: "discovery.k8s.io/v1", Kind: "EndpointSlice"},
		ObjectMeta:  metav1.ObjectMeta{Name: "frontend-abcde", Namespace: "shop", UID: uid, ResourceVersion: "184467", CreationTimestamp: when, Labels: labels()},
		AddressType: discoveryv1.AddressTypeIPv4, Endpoints: endpoints, Ports: []discoveryv1.EndpointPort{{Name: &name, Port: &port, Protocol: &protocol}},
	}
}

func subjectAccessReview() *authzv1.SubjectAccessReview {
	return &authzv1.SubjectAccessReview{
		TypeMeta: metav1.TypeMeta{APIVersion: "authorization.k8s.io/v1", Kind: "SubjectAccessReview"},
		Spec:     authzv1.SubjectAccessReviewSpec{User: "system:serviceaccount:monitoring:prometheus", UID: string(uid), Groups: []string{"system:serviceaccounts", "system:serviceaccounts:monitoring", "system:authenticated"}, NonResourceAttributes: &authzv1.NonResourceAttributes{Path: "/metrics", Verb: "get"}},
		Status:   authzv1.SubjectAccessReviewStatus{Allowed: true, Reason: `RBAC: allowed by ClusterRoleBinding "prometheus" of ClusterRole "prometheus" to ServiceAccount "prometheus/monitoring"`},
	}
}

func lease() *coordinationv1.Lease {
	holder, seconds, renewed, transitions := "controller-6d4cf56db6-x7k2p_"+string(uid), int32(15), metav1.NewMicroTime(when.Time.Add(123456*time.Microsecond)), int32(3)
	return &coordinationv1.Lease{
		TypeMeta:   metav1.TypeMeta{APIVersion: "coordination.k8s.io/v1", Kind: "Lease"},
		ObjectMeta: metav1.ObjectMeta{Name: "controller", Namespace: "ingress", UID: uid, ResourceVersion: "184467", CreationTimestamp: when},
		Spec:       coordinationv1.LeaseSpec{HolderIdentity: &holder, LeaseDurationSeconds: &seconds, AcquireTime: &renewed, RenewTime: &renewed, LeaseTransitions: &transitions},
	}
}
