/** Who is given a role. */
export class Subject {
  /** A group of the identity provider. */
  public static group(name: string): Subject {
    return new Subject('Group', name);
  }

  /** One user of the identity provider. A group is better: it changes without the cluster. */
  public static user(name: string): Subject {
    return new Subject('User', name);
  }

  /** A service account. */
  public static serviceAccount(namespace: string, name: string): Subject {
    return new Subject('ServiceAccount', name, namespace);
  }

  private constructor(
    public readonly kind: 'Group' | 'User' | 'ServiceAccount',
    public readonly name: string,
    public readonly namespace?: string,
  ) {
    if (name.trim() === '') {
      throw new Error(`A ${kind} without a name cannot be bound to a role (control AUTH-06).`);
    }
  }

  /**
   * The subject of a binding.
   *
   * @internal
   */
  public _render(): { kind: string; name: string; namespace?: string; apiGroup?: string } {
    return this.kind === 'ServiceAccount'
      ? { kind: this.kind, name: this.name, namespace: this.namespace }
      : { kind: this.kind, name: this.name, apiGroup: 'rbac.authorization.k8s.io' };
  }
}
