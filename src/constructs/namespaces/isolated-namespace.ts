import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { dnsLabelProblem, sortKeys } from '../../manifest';
import { ENFORCEMENT_LABEL, PlatformSettings, TENANT_LABEL } from '../../settings';
import { assessItself, DEFAULT_RESOURCES, rememberSource, transformOnSynth } from '../../synth';
import { clusterScoped } from '../cluster-scoped';
import * as kplus from '../kplus';
import { MANAGED_BY, objectMetadata } from '../metadata';
import { Peer } from '../network';
import { NamespaceQuota } from './namespace-quota';

const NAMESPACE_LABELS = Symbol.for('cdk8s-hardened.namespace-labels');

/** Annotation with whom to ask. */
export const CONTACT_ANNOTATION = 'cdk8s-hardened/contact';

/** Pod Security level of every namespace, in all three modes. */
export const POD_SECURITY_LEVEL = 'restricted';

/** What one container may ask for at most, and must at least. */
export const CONTAINER_BOUNDS = {
  max: { cpu: '4', memory: '8Gi', 'ephemeral-storage': '8Gi' },
  min: { cpu: '1m', memory: '1Mi', 'ephemeral-storage': '1Mi' },
} as const;

/** Props of `IsolatedNamespace`. */
export interface IsolatedNamespaceProps {
  /** Who answers for it: a mail address or a team. */
  readonly owner: string;
  /**
   * Tenant that it belongs to.
   *
   * @default - the name of the namespace
   */
  readonly tenant?: string;
  /** @default NamespaceQuota.MEDIUM */
  readonly quota?: NamespaceQuota;
}

/**
 * A namespace and the scope of what runs in it: whatever is created under it lands in it. It enforces Pod Security
 * `restricted`, denies all traffic both ways but DNS, bounds containers and the whole, and leaves its `default` service
 * account without a token. The id is its name.
 */
export class IsolatedNamespace extends Chart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'POD-08': [{ kind: 'Namespace', field: 'metadata.labels[pod-security.kubernetes.io/enforce]', value: POD_SECURITY_LEVEL }],
    'POD-19': [{ kind: 'ServiceAccount', field: 'automountServiceAccountToken', value: false }],
    'NET-02': [{ kind: 'Namespace', field: `metadata.labels[${TENANT_LABEL}]` }],
    'NET-03': [{ kind: 'NetworkPolicy', field: 'spec.policyTypes', value: ['Ingress', 'Egress'] }],
    'NET-06': [{ kind: 'ResourceQuota', field: 'spec.hard[services.nodeports]', value: '0' }],
    'NET-07': [{ kind: 'LimitRange', field: 'spec.limits[?].max.memory', value: CONTAINER_BOUNDS.max.memory }],
    'NET-08': [{ kind: 'ResourceQuota', field: 'spec.hard[limits.memory]' }],
  };

  /** `metadata.name`. */
  public readonly name: string;

  /** @throws if the id is not a DNS label, or is `default` or begins with `kube-` (NET-02) */
  public constructor(scope: Construct, id: string, props: IsolatedNamespaceProps) {
    const problem = dnsLabelProblem(id) ?? (id === 'default' || id.startsWith('kube-') ? `'${id}' belongs to Kubernetes` : undefined);
    if (problem !== undefined) {
      const path = [scope.node.path, id].filter(Boolean).join('/');
      throw new Error(`[${path}] the id is the namespace's name: ${problem} (control NET-02). Give the namespace a name of its own.`);
    }
    super(scope, id, {
      namespace: id,
      labels: { 'app.kubernetes.io/part-of': id, 'app.kubernetes.io/managed-by': MANAGED_BY, owner: labelValue(props.owner) },
    });
    this.name = id;
    // A scope of their own, so that a workload may be called `quota` or `limits`.
    const isolation = new Construct(this, 'isolation');
    this.addNamespace(isolation, props);
    this.addPolicies(isolation);
    addBounds(isolation, props.quota ?? NamespaceQuota.MEDIUM);
    new kplus.k8s.KubeServiceAccount(isolation, 'default-service-account', {
      metadata: objectMetadata(isolation, { name: 'default', component: 'access' }),
      automountServiceAccountToken: false,
    });
    rememberSource(this);
    assessItself(this);
  }

  /** Labels of the Namespace, for a subclass to add its own to. Called at synth. */
  protected namespaceLabels(props: IsolatedNamespaceProps): Record<string, string> {
    const settings = PlatformSettings.of(this);
    const version = `v${settings.minor}`;
    const podSecurity = ['enforce', 'audit', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, POD_SECURITY_LEVEL],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]);
    return {
      ...this.labels,
      ...objectMetadata(this, { name: this.name, component: 'namespace' }).labels,
      ...Object.fromEntries(podSecurity),
      [TENANT_LABEL]: props.tenant ?? this.name,
      [ENFORCEMENT_LABEL]: settings.enforcementIn(this.name),
    };
  }

  private addNamespace(scope: Construct, props: IsolatedNamespaceProps): void {
    const namespace = new kplus.k8s.KubeNamespace(scope, 'namespace', {
      metadata: {
        name: this.name,
        annotations: { [CONTACT_ANNOTATION]: props.owner },
      },
    });
    clusterScoped(namespace);
    transformOnSynth(namespace, NAMESPACE_LABELS, (manifest) => ({
      ...manifest,
      metadata: sortKeys({ ...manifest.metadata, labels: this.namespaceLabels(props) }),
    }));
  }

  private addPolicies(scope: Construct): void {
    new kplus.k8s.KubeNetworkPolicy(scope, 'default-deny', {
      metadata: objectMetadata(scope, { name: 'default-deny', component: 'network' }),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    new kplus.k8s.KubeNetworkPolicy(scope, 'allow-dns', {
      metadata: objectMetadata(scope, { name: 'allow-dns', component: 'network' }),
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: Lazy.any({ produce: () => this.dnsEgress() }) as kplus.k8s.NetworkPolicyEgressRule[],
      },
    });
  }

  private dnsEgress(): kplus.k8s.NetworkPolicyEgressRule[] {
    const settings = PlatformSettings.of(this);
    const dns = Peer.dns();
    return [{ to: dns._toKube(settings), ports: dns._ports(settings).map((port) => port._toKube()) }];
  }
}

function addBounds(scope: Construct, quota: NamespaceQuota): void {
  new kplus.k8s.KubeResourceQuota(scope, 'quota', {
    metadata: objectMetadata(scope, { name: 'quota', component: 'resources' }),
    spec: { hard: quantities(quota._hard()) },
  });
  new kplus.k8s.KubeLimitRange(scope, 'limits', {
    metadata: objectMetadata(scope, { name: 'limits', component: 'resources' }),
    spec: {
      limits: [
        {
          type: 'Container',
          default: quantities(DEFAULT_RESOURCES.limits),
          defaultRequest: quantities(DEFAULT_RESOURCES.requests),
          max: quantities(CONTAINER_BOUNDS.max),
          min: quantities(CONTAINER_BOUNDS.min),
        },
      ],
    },
  });
}

function quantities(amounts: Readonly<Record<string, string>>): Record<string, kplus.k8s.Quantity> {
  return Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [resource, kplus.k8s.Quantity.fromString(amount)]));
}

/** An owner, often a mail address, as a label value. */
function labelValue(owner: string): string {
  return owner
    .replace('@', '_at_')
    .replace(/[^-A-Za-z0-9_.]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
