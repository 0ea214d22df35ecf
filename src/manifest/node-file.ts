/** A file for a host (audit policy, kubelet configuration, firewall …), not an API object. */
export interface NodeFile {
  /** Role of the host that gets the file; also its folder under `dist/nodes`. */
  readonly role: string;
  /** Absolute path on the host, such as `/etc/kubernetes/audit-policy.yaml`. */
  readonly path: string;
  /** File mode in octal as a string, such as `0600`. */
  readonly mode: string;
  /** Owner on the host, `user:group`. */
  readonly owner: string;
  /** The whole content. Never a secret value: keys are made on the node. */
  readonly content: string;
}
