import type { AuditLoggingProps } from '../control-plane';
import type { Distribution, EnforcementSettings, KubernetesMinor, NodeSettings, PlatformPods, WaiverProps } from '../settings';
import type { ClusterPersona, StackName, TenantPersona } from '../stacks';
import type { NamespaceQuotaName } from '../constructs';
import type {
  ApiServerAdmissionProps,
  ApiServerAuthorizationProps,
  ClusterHosts,
  ClusterNetwork,
  EncryptionProps,
  HostFirewallProps,
  OidcIssuerProps,
} from '../control-plane';
import type { BlueprintControlPlaneProps } from './control-plane-props';

/** The cluster as it is. */
export interface ClusterProps {
  /** Name of the cluster, for reports. */
  readonly name: string;
  /** Minor version of the cluster. */
  readonly kubernetes: KubernetesMinor;
  /** What made the cluster. */
  readonly distribution: Distribution;
  /** @default - unknown: workloads that talk to the API server are refused */
  readonly apiServer?: { readonly endpoints: readonly string[]; readonly port?: number };
  /** @default - no security module, no user namespaces */
  readonly nodes?: Partial<NodeSettings>;
  /** @default - kube-dns in kube-system, port 53 */
  readonly dns?: {
    readonly namespace?: string;
    readonly podLabels?: Readonly<Record<string, string>>;
    readonly port?: number;
    readonly cidrs?: readonly string[];
  };
  /** @default - unknown: flows from ingress are refused */
  readonly ingress?: PlatformPods;
  /** @default - unknown: flows from monitoring are refused */
  readonly monitoring?: PlatformPods;
  /** @default - unknown: no files for hosts are made, but on EKS, GKE and AKS */
  readonly endpoint?: string;
  /** @default - unknown: there can be no firewall, and no files for hosts */
  readonly hosts?: ClusterHosts;
  /** @default - unknown: there can be no firewall, and no files for hosts */
  readonly network?: ClusterNetwork;
}

/** The firewall of the hosts in the blueprint. */
export interface BlueprintFirewallProps extends HostFirewallProps {
  /** @default false */
  readonly hostPolicies?: boolean;
}

/** A tenant in the blueprint. */
export interface BlueprintTenantProps {
  readonly name: string;
  readonly owner: string;
  readonly namespaces: readonly string[];
  /** @default 'medium' */
  readonly quota?: NamespaceQuotaName;
  /** @default - nobody */
  readonly groups?: Readonly<Partial<Record<TenantPersona, readonly string[]>>>;
}

/** A blueprint, for those who write it in TypeScript. Held to the schema of `blueprint.yaml` by a test. */
export interface BlueprintProps {
  /** Version of the posture. */
  readonly baseline: '2026.1';
  readonly cluster: ClusterProps;
  /** @default - images from any registry, digest required */
  readonly images?: { readonly registries: readonly string[] };
  /** Who gets into the cluster, and who may do what in it. @default - nobody has a persona in the cluster */
  readonly access?: {
    /** @default - no identity provider */
    readonly oidc?: OidcIssuerProps | readonly OidcIssuerProps[];
    /** @default - true on kind, false elsewhere */
    readonly tokenJoin?: boolean;
    /** @default - Node and RBAC, by a flag */
    readonly authorization?: ApiServerAuthorizationProps;
    /** Groups as the API server sees them, with the prefix of the identity provider. @default - nobody */
    readonly groups?: Readonly<Partial<Record<ClusterPersona, readonly string[]>>>;
  };
  /** @default - Pod Security restricted, bounded events */
  readonly admission?: ApiServerAdmissionProps;
  /** @default - profile `nsa`, into a file on each control-plane node */
  readonly audit?: AuditLoggingProps;
  /** @default - everything hardened; no backups of etcd */
  readonly controlPlane?: BlueprintControlPlaneProps;
  /** @default - everything but events and leases, with secretbox */
  readonly encryption?: EncryptionProps;
  /** @default - none */
  readonly tenants?: readonly BlueprintTenantProps[];
  /** @default - no admission policies */
  readonly enforcement?: EnforcementSettings;
  /** @default - kube-system is left alone */
  readonly kubeSystem?: { readonly nodeCidrs: readonly string[]; readonly upstreamDns: readonly string[] };
  /** @default - none */
  readonly firewall?: BlueprintFirewallProps;
  /** @default - every stack */
  readonly without?: readonly StackName[];
  /** @default - none */
  readonly waivers?: readonly WaiverProps[];
}
