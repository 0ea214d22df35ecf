/** An accepted finding as plain data, the shape of an entry under `waivers` in the blueprint. */
export interface WaiverProps {
  /** Control that is not met, such as `POD-12`. */
  readonly control: string;
  /**
   * One object: `namespace/name` for what runs pods, `Kind/namespace/name` for other kinds, `Kind/name` if cluster-scoped;
   * or one node file: `NodeFile/role/path`, such as `NodeFile/control-plane/etc/kubernetes/kubeadm/init.yaml`.
   */
  readonly target: string;
  /**
   * Container the waiver is for.
   *
   * @default - the object as a whole (findings that name no container)
   */
  readonly container?: string;
  /**
   * Field of the node file that the waiver is for, as the finding names it: `kube-apiserver --profiling`.
   *
   * @default - the file as a whole (findings that name no field)
   */
  readonly field?: string;
  /** Why the finding is accepted, for the auditor who reads it. */
  readonly reason: string;
  /** Who answers for it: a mail address or a team. */
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}
