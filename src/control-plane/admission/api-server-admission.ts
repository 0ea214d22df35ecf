import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { dnsLabelProblem } from '../../manifest';
import { PlatformSettings } from '../../settings';
import type { Distribution, KubernetesMinor } from '../../settings';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { webhookUrlProblem } from '../webhook-kubeconfig';
import type { EventLimit, PodSecurityConfiguration } from './admission-configuration';
import type { AdmissionSection, ImagePolicySection } from './admission-section';
import { staticGuard } from './static-guard';

/**
 * Plugins that are switched on: kubelets write to their own node and pods only (NodeRestriction; the list takes the place of
 * the distribution's own, so that it is repeated), no Service takes addresses of others (DenyServiceExternalIPs,
 * CVE-2020-8554), and events are bounded (EventRateLimit).
 */
export const ADMISSION_PLUGINS = ['NodeRestriction', 'DenyServiceExternalIPs', 'EventRateLimit'] as const;

/** Bounds on events that a healthy cluster stays below by far. */
export const DEFAULT_EVENT_LIMITS: readonly EventLimit[] = [
  { type: 'Server', qps: 5000, burst: 20_000 },
  { type: 'Namespace', qps: 50, burst: 100, cacheSize: 2000 },
  { type: 'User', qps: 10, burst: 50 },
  { type: 'SourceAndObject', qps: 10, burst: 50 },
];

/** How long answers of the image policy webhook are believed, unless told. */
export const DEFAULT_IMAGE_ALLOW_TTL_SECONDS = 60;
export const DEFAULT_IMAGE_DENY_TTL_SECONDS = 30;

/**
 * Namespaces of each distribution in which privileged pods run, and whose labels do not say so.
 *
 * @see https://docs.rke2.io/security/hardening_guide
 * @see https://github.com/kubernetes-sigs/kind/blob/main/pkg/build/nodeimage/const_storage.go
 */
const EXEMPT_NAMESPACES: Readonly<Partial<Record<Distribution, readonly string[]>>> = {
  kind: ['kube-system', 'local-path-storage'],
  rke2: ['kube-system', 'compliance-operator-system', 'tigera-operator'],
};

/** A webhook that says whether an image may run. */
export interface ImagePolicyProps {
  /** URL of the webhook, https. It must not run in the cluster that it guards, unless its own images need not be asked about. */
  readonly server: string;
  /** @default 60 */
  readonly allowTtlSeconds?: number;
  /** @default 30 */
  readonly denyTtlSeconds?: number;
}

/** Props of `ApiServerAdmission`. */
export interface ApiServerAdmissionProps {
  /**
   * Namespaces in which Pod Security is not enforced beside those of the distribution. A label on the namespace is better: it
   * can say `baseline`.
   *
   * @default - none
   */
  readonly exemptNamespaces?: readonly string[];
  /**
   * Has every image pulled each time, so that no pod uses one that only another may pull. Needs a registry that is always up.
   * From 1.35 kubelets check that themselves.
   *
   * @default false
   */
  readonly alwaysPullImages?: boolean;
  /** @default - DEFAULT_EVENT_LIMITS */
  readonly eventLimits?: readonly EventLimit[];
  /** @default - none */
  readonly imagePolicy?: ImagePolicyProps;
}

/** Admission by the API server's own plugins: Pod Security for every namespace, bounded events, and more. */
export class ApiServerAdmission extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'POD-06': [{ kind: 'AdmissionConfiguration', field: 'plugins[?].configuration.imagePolicy.defaultAllow', value: false }],
    'POD-07': [{ kind: 'kube-apiserver', field: 'enable-admission-plugins[?]', value: 'AlwaysPullImages' }],
    'POD-08': [{ kind: 'AdmissionConfiguration', field: 'plugins[?].configuration.defaults.enforce', value: 'restricted' }],
    'NET-06': [{ kind: 'kube-apiserver', field: 'enable-admission-plugins[?]', value: 'DenyServiceExternalIPs' }],
    'NET-08': [{ kind: 'AdmissionConfiguration', field: 'plugins[?].configuration.limits[?].type', value: 'Namespace' }],
    'NET-19': [{ kind: 'kube-apiserver', field: 'enable-admission-plugins[?]', value: 'NodeRestriction' }],
    'AUTH-11': [{ kind: 'ValidatingAdmissionPolicy', field: 'metadata.name', value: 'guard-admission-policies.static.k8s.io' }],
  };

  private readonly props: ApiServerAdmissionProps;

  /** @throws if a namespace has no name, a limit is not above 0, or the webhook cannot be written down (POD-06, POD-08, NET-08) */
  public constructor(scope: Construct, id: string, props: ApiServerAdmissionProps = {}) {
    super(scope, id);
    refuseBad(props);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    const { minor, distribution, enforcement } = PlatformSettings.of(this);
    const { alwaysPullImages = false, eventLimits = DEFAULT_EVENT_LIMITS, exemptNamespaces = [], imagePolicy } = this.props;
    const exempt = [...((distribution && EXEMPT_NAMESPACES[distribution]) ?? ['kube-system']), ...exemptNamespaces];
    const admission: AdmissionSection = {
      plugins: [...ADMISSION_PLUGINS, ...(alwaysPullImages ? ['AlwaysPullImages'] : []), ...(imagePolicy ? ['ImagePolicyWebhook'] : [])],
      podSecurity: podSecurity(minor, [...new Set(exempt)]),
      eventRateLimit: { apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1', kind: 'Configuration', limits: eventLimits },
      ...(imagePolicy ? { imagePolicy: imagePolicySection(imagePolicy) } : {}),
      staticPolicies: staticGuard(minor, enforcement?.exempt),
    };
    return { admission };
  }
}

/** What is enforced is pinned: an upgrade must not refuse pods that ran. What is to come is warned of. */
function podSecurity(minor: KubernetesMinor, namespaces: readonly string[]): PodSecurityConfiguration {
  return {
    apiVersion: 'pod-security.admission.config.k8s.io/v1',
    kind: 'PodSecurityConfiguration',
    defaults: {
      enforce: 'restricted',
      'enforce-version': `v${minor}`,
      audit: 'restricted',
      'audit-version': 'latest',
      warn: 'restricted',
      'warn-version': 'latest',
    },
    exemptions: { usernames: [], runtimeClasses: [], namespaces },
  };
}

function imagePolicySection(props: ImagePolicyProps): ImagePolicySection {
  const { server, allowTtlSeconds = DEFAULT_IMAGE_ALLOW_TTL_SECONDS, denyTtlSeconds = DEFAULT_IMAGE_DENY_TTL_SECONDS } = props;
  return { server, allowTtlSeconds, denyTtlSeconds };
}

/** @throws for what the API server would not take, or would take as something else */
function refuseBad({ exemptNamespaces = [], eventLimits, imagePolicy }: ApiServerAdmissionProps): void {
  for (const namespace of exemptNamespaces) {
    const problem = dnsLabelProblem(namespace);
    if (problem !== undefined) {
      throw new Error(`admission.exemptNamespaces: ${problem} (control POD-08). Name one namespace; patterns are not possible.`);
    }
  }
  const limit = eventLimits?.findIndex(({ qps, burst }) => !(qps > 0 && burst > 0)) ?? -1;
  if (eventLimits?.length === 0 || limit >= 0) {
    throw new Error(
      `admission.eventLimits${limit >= 0 ? `[${limit}]` : ''}: ${limit >= 0 ? 'qps and burst must be above 0' : 'it is empty'} (control NET-08). ` +
        'Leave it out for limits that a healthy cluster stays below.',
    );
  }
  if (imagePolicy) {
    const url = webhookUrlProblem(imagePolicy.server);
    if (url !== undefined) {
      throw new Error(`admission.imagePolicy.server: it ${url} (control POD-06). Write https://, host and path.`);
    }
    for (const name of ['allowTtlSeconds', 'denyTtlSeconds'] as const) {
      const seconds = imagePolicy[name] ?? 1;
      if (!Number.isInteger(seconds) || seconds < 1 || seconds > 1800) {
        throw new Error(`admission.imagePolicy.${name}: ${seconds} is not a whole number of seconds from 1 to 1800 (control POD-06).`);
      }
    }
  }
}
