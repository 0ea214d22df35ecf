/**
 * What an event and its bodies come to, in bytes of JSON without `managedFields`. Measured on the API server's own types,
 * `k8s.io/apiserver` and `k8s.io/api` 0.37.2, by `tools/audit sizes`, which has the objects: the hardened pod of this project
 * with one container, a node with the 50 images that a kubelet reports. A conformance run measures again.
 */
export const AUDIT_SIZES = {
  /** An event at level Metadata: the mean over a kubelet, a controller and a workload. */
  metadata: 1124,
  bodies: {
    deployment: 3439,
    endpointSlice: 3273,
    lease: 450,
    node: 12176,
    nodeStatusPatch: 893,
    pod: 3011,
    podStatusPatch: 1270,
    subjectAccessReview: 504,
  },
} as const;

/** An event above this is written without its bodies, where truncation is on (`--audit-log-truncate-max-event-size`). */
export const AUDIT_TRUNCATED_ABOVE = 100 * 1024;
