/** What `PersistentStorage.of` is told. */
export interface PersistentStorageProps {
  /** Name of the claim template; the claims are called `<name>-<workload>-<ordinal>`. */
  readonly name: string;
  /** Where the volume is mounted in the first container. */
  readonly path: string;
  /** Size, such as `10Gi`. */
  readonly size: string;
  /** @default - the cluster's default storage class */
  readonly storageClassName?: string;
}

/** A volume for each replica of a StatefulSet that outlives its pod. */
export class PersistentStorage {
  public static of(props: PersistentStorageProps): PersistentStorage {
    return new PersistentStorage(props);
  }

  private constructor(private readonly props: PersistentStorageProps) {}

  /**
   * The entry of `volumeClaimTemplates`.
   *
   * @internal
   */
  public _claimTemplate(labels: Record<string, string>): Record<string, unknown> {
    const { name, size, storageClassName } = this.props;
    return {
      metadata: { labels, name },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: size } },
        ...(storageClassName ? { storageClassName } : {}),
      },
    };
  }

  /**
   * The mount of the container.
   *
   * @internal
   */
  public _mount(): Record<string, unknown> {
    return { name: this.props.name, mountPath: this.props.path };
  }
}
