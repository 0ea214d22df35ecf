import type { IConstruct } from 'constructs';
import type { Distribution } from './distribution';
import { kubeDns } from './dns';
import type { DnsSettings } from './dns';
import { DEFAULT_ENFORCEMENT } from './enforcement';
import type { EnforcementAction, EnforcementSettings } from './enforcement';
import type { PlatformPods } from './platform-pods';
import type { WaiverProps } from './waiver-props';

/** Kubernetes minors that this project supports, oldest first (1.34 ended 2026-10-27). */
export const SUPPORTED_MINORS = ['1.35', '1.36', '1.37'] as const;
export type KubernetesMinor = (typeof SUPPORTED_MINORS)[number];

/** Linux security module of the nodes. */
export type NodeLsm = 'apparmor' | 'selinux' | 'none';

/** Where the API server's endpoints are. */
export interface ApiServerSettings {
  /** IP addresses of the API servers (not of the Service: most network plugins look after translation). */
  readonly endpoints: readonly string[];
  /** @default 6443 */
  readonly port: number;
}

/** What the nodes can do. */
export interface NodeSettings {
  readonly lsm: NodeLsm;
  /** Whether pods may run in a user namespace (`hostUsers: false`). */
  readonly userNamespaces: boolean;
}

/** What is given to `PlatformSettings.from` and `.provide`; every field has a portable default. */
export interface PlatformSettingsProps {
  /** @default - the oldest supported minor */
  readonly minor?: KubernetesMinor;
  /**
   * What made the cluster.
   *
   * @default - unknown: what files for hosts say is judged without the ways of any distribution
   */
  readonly distribution?: Distribution;
  /** @default - no AppArmor, SELinux or user namespaces: fields that a node may not support are left out */
  readonly nodes?: Partial<NodeSettings>;
  /**
   * Registries that images may come from, each a prefix ending in `/`.
   *
   * @default - any registry (a digest is required all the same)
   */
  readonly registries?: readonly string[];
  /** @default - kube-dns in kube-system, port 53 */
  readonly dns?: Partial<DnsSettings>;
  /** @default - unknown: a workload that needs the API server is refused with the remedy */
  readonly apiServer?: ApiServerSettings;
  /** @default - unknown: a flow from ingress is refused with the remedy */
  readonly ingress?: PlatformPods;
  /** @default - unknown: a flow from monitoring is refused with the remedy */
  readonly monitoring?: PlatformPods;
  /**
   * PriorityClass of pods that name none. It must be there: the API server refuses a pod with an unknown one.
   *
   * @default - none
   */
  readonly priorityClassName?: string;
  /**
   * How rules are enforced at admission.
   *
   * @default - no admission policies; namespaces are labelled for `deny`, ready for them
   */
  readonly enforcement?: EnforcementSettings;
  /** @default - none */
  readonly waivers?: readonly WaiverProps[];
  /**
   * The day that waivers' expiry is judged against, `YYYY-MM-DD`.
   *
   * @default - today (UTC)
   */
  readonly asOf?: string;
}

const PROVIDED = Symbol.for('cdk8s-hardened.settings');

/** What nodes can do where nobody says so: nothing that a node may lack. */
export const DEFAULT_NODES: NodeSettings = { lsm: 'none', userNamespaces: false };

/**
 * What constructs need to know of the platform, carried in the tree. Plain, frozen data.
 *
 * A construct reads it by `PlatformSettings.of(this)`, at synth and not in its constructor, so that settings
 * provided later or further up still count.
 */
export class PlatformSettings {
  /** The settings nearest above `scope`, or the portable defaults. */
  public static of(scope: IConstruct): PlatformSettings {
    for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
      const provided = (at as { [PROVIDED]?: PlatformSettings })[PROVIDED];
      if (provided) {
        return provided;
      }
    }
    return DEFAULTS;
  }

  /** Settings from props, with the portable defaults for what is not given. */
  public static from(props: PlatformSettingsProps = {}): PlatformSettings {
    return new PlatformSettings(props);
  }

  /** Sets or narrows the settings for everything under `scope`: what is given here wins over what is inherited. */
  public static provide(scope: IConstruct, props: PlatformSettingsProps): PlatformSettings {
    const inherited = PlatformSettings.of(scope);
    const settings = new PlatformSettings({
      ...inherited,
      ...props,
      nodes: { ...inherited.nodes, ...props.nodes },
      dns: { ...inherited.dns, ...props.dns },
    });
    Object.defineProperty(scope, PROVIDED, { value: settings, configurable: true });
    return settings;
  }

  public readonly minor: KubernetesMinor;
  public readonly distribution?: Distribution;
  public readonly nodes: NodeSettings;
  public readonly registries?: readonly string[];
  public readonly dns: DnsSettings;
  public readonly apiServer?: ApiServerSettings;
  public readonly ingress?: PlatformPods;
  public readonly monitoring?: PlatformPods;
  public readonly priorityClassName?: string;
  public readonly enforcement?: EnforcementSettings;
  public readonly waivers: readonly WaiverProps[];
  public readonly asOf: string;

  private constructor(props: PlatformSettingsProps) {
    this.minor = props.minor ?? SUPPORTED_MINORS[0];
    if (!SUPPORTED_MINORS.includes(this.minor)) {
      throw new Error(`Kubernetes ${JSON.stringify(this.minor)} is not supported: give one of ${SUPPORTED_MINORS.join(', ')}`);
    }
    this.distribution = props.distribution;
    this.nodes = { ...DEFAULT_NODES, ...props.nodes };
    this.registries = props.registries && [...props.registries];
    this.dns = { ...kubeDns(), ...props.dns };
    this.apiServer = props.apiServer;
    this.ingress = props.ingress;
    this.monitoring = props.monitoring;
    this.priorityClassName = props.priorityClassName;
    this.enforcement = props.enforcement;
    this.waivers = [...(props.waivers ?? [])];
    this.asOf = props.asOf ?? new Date().toISOString().slice(0, 10);
    deepFreeze(this);
  }

  /** How far enforcement goes in a namespace that is made here. */
  public enforcementIn(namespace: string): EnforcementAction {
    return this.enforcement?.namespaces?.[namespace] ?? this.enforcement?.default ?? DEFAULT_ENFORCEMENT.default;
  }
}

const DEFAULTS = PlatformSettings.from();

function deepFreeze(value: object): void {
  Object.freeze(value);
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null && !Object.isFrozen(child)) {
      deepFreeze(child as object);
    }
  }
}
