/** Totals of a namespace, as Kubernetes quantities. */
export interface NamespaceQuotaProps {
  /** Sum of CPU requests; limits may be twice that. */
  readonly cpu: number;
  /** Sum of memory requests in Gi; limits may be twice that. */
  readonly memoryGi: number;
  /** Sum of ephemeral storage requests in Gi; limits may be twice that. */
  readonly ephemeralStorageGi: number;
  /** Sum of persistent storage in Gi. */
  readonly storageGi: number;
  readonly pods: number;
  /**
   * Services of type LoadBalancer.
   *
   * @default 0
   */
  readonly loadBalancers?: number;
}

/** The named quotas, as data: the blueprint, the docs and the tests read this table. */
export const NAMESPACE_QUOTAS = {
  small: { cpu: 2, memoryGi: 4, ephemeralStorageGi: 8, storageGi: 20, pods: 20 },
  medium: { cpu: 8, memoryGi: 16, ephemeralStorageGi: 32, storageGi: 100, pods: 60 },
  large: { cpu: 32, memoryGi: 64, ephemeralStorageGi: 128, storageGi: 500, pods: 200 },
} as const satisfies Record<string, NamespaceQuotaProps>;

/** Name of a quota in the table. */
export type NamespaceQuotaName = keyof typeof NAMESPACE_QUOTAS;

/** How much a namespace may use in all (NET-08). */
export class NamespaceQuota {
  /** 2 CPU, 4Gi memory, 8Gi ephemeral and 20Gi persistent storage, 20 pods. */
  public static readonly SMALL = new NamespaceQuota(NAMESPACE_QUOTAS.small);
  /** 8 CPU, 16Gi memory, 32Gi ephemeral and 100Gi persistent storage, 60 pods. The default. */
  public static readonly MEDIUM = new NamespaceQuota(NAMESPACE_QUOTAS.medium);
  /** 32 CPU, 64Gi memory, 128Gi ephemeral and 500Gi persistent storage, 200 pods. */
  public static readonly LARGE = new NamespaceQuota(NAMESPACE_QUOTAS.large);

  /** A quota of the table by its name. */
  public static named(name: NamespaceQuotaName): NamespaceQuota {
    return new NamespaceQuota(NAMESPACE_QUOTAS[name]);
  }

  /**
   * Explicit totals.
   *
   * @throws if one is negative or not a number
   */
  public static of(props: NamespaceQuotaProps): NamespaceQuota {
    return new NamespaceQuota(props);
  }

  private constructor(private readonly props: NamespaceQuotaProps) {
    const bad = Object.entries(props).find(([, value]) => !(Number(value) >= 0));
    if (bad) {
      throw new Error(`NamespaceQuota: ${bad[0]} is ${String(bad[1])} (control NET-08). Give a number that is not negative.`);
    }
  }

  /**
   * `spec.hard` of the ResourceQuota.
   *
   * @internal
   */
  public _hard(): Record<string, string> {
    const { cpu, memoryGi, ephemeralStorageGi, storageGi, pods, loadBalancers = 0 } = this.props;
    return {
      'requests.cpu': `${cpu}`,
      'requests.memory': `${memoryGi}Gi`,
      'requests.ephemeral-storage': `${ephemeralStorageGi}Gi`,
      'requests.storage': `${storageGi}Gi`,
      'limits.cpu': `${2 * cpu}`,
      'limits.memory': `${2 * memoryGi}Gi`,
      'limits.ephemeral-storage': `${2 * ephemeralStorageGi}Gi`,
      pods: `${pods}`,
      'services.nodeports': '0',
      'services.loadbalancers': `${loadBalancers}`,
    };
  }
}
