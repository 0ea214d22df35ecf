import { Construct } from 'constructs';
import {
  clusterScoped,
  HardenedContainer,
  HardenedDeployment,
  IsolatedNamespace,
  LeastPrivilegeServiceAccount,
  NamespaceQuota,
  objectMetadata,
  Permission,
  Probes,
  Resource,
  Verb,
} from '../constructs';
import * as kplus from '../constructs/kplus';

/** Name of the namespace and of what runs in it. */
export const KUBELET_APPROVER = 'kubelet-csr-approver';

/** Longest that a certificate may be valid: a leap year. */
const MAX_SECONDS = 366 * 24 * 3600;
const METRICS_PORT = 8080;
const HEALTH_PORT = 8081;

/** Props of `KubeletApproverStack`. */
export interface KubeletApproverProps {
  /**
   * Image of postfinance/kubelet-csr-approver, `registry/name:tag@sha256:…`. This project knows no digest of it that was sourced, so
   * that you give one.
   */
  readonly image: string;
  /** Who answers for it: a mail address or a team. */
  readonly owner: string;
  /** Ranges that the addresses of nodes are in. */
  readonly nodeRanges: readonly string[];
  /**
   * Regular expression (RE2) that the names of nodes match.
   *
   * @default - any DNS name
   */
  readonly nodeNames?: string;
  /**
   * Whether the name of a node must resolve to the addresses that it asks for. Without it, a node that was taken over can ask for
   * the address of another.
   *
   * @default true
   */
  readonly resolveNames?: boolean;
}

/**
 * An approver of the serving certificates that kubelets ask for, in a namespace of its own. Nothing but this may approve, and only
 * for that one signer. The right to approve is a finding (AUTH-11), for you to waive with the day on which you look again.
 */
export class KubeletApproverStack extends Construct {
  public constructor(scope: Construct, id: string, props: KubeletApproverProps) {
    super(scope, id);
    const namespace = new IsolatedNamespace(this, KUBELET_APPROVER, { owner: props.owner, quota: NamespaceQuota.SMALL });
    const requests = (plural: string): Resource => Resource.custom({ group: 'certificates.k8s.io', plural, namespaced: false });
    const serviceAccount = new LeastPrivilegeServiceAccount(namespace, KUBELET_APPROVER, {
      permissions: [
        Permission.read(requests('certificatesigningrequests')),
        Permission.of(requests('certificatesigningrequests/approval'), [Verb.UPDATE]),
        Permission.of(Resource.LEASES, [Verb.CREATE, Verb.GET, Verb.UPDATE]),
        Permission.of(Resource.EVENTS, [Verb.CREATE, Verb.PATCH]),
      ],
    });
    mayApprove(namespace);
    const { image, nodeRanges, nodeNames = '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$', resolveNames = true } = props;
    new HardenedDeployment(namespace, `${KUBELET_APPROVER}-controller`, {
      replicas: 2,
      serviceAccount,
      hardened: [
        HardenedContainer.of({
          image,
          port: METRICS_PORT,
          probes: Probes.http('/healthz', { port: HEALTH_PORT }),
          args: ['-metrics-bind-address', `:${METRICS_PORT}`, '-health-probe-bind-address', `:${HEALTH_PORT}`, '-leader-election'],
          env: {
            PROVIDER_REGEX: nodeNames,
            PROVIDER_IP_PREFIXES: nodeRanges.join(','),
            MAX_EXPIRATION_SEC: String(MAX_SECONDS),
            BYPASS_DNS_RESOLUTION: String(!resolveNames),
          },
        }),
      ],
    });
  }
}

/** `approve` is a verb of signers alone, and no verb that a Permission has. */
function mayApprove(namespace: IsolatedNamespace): void {
  const metadata = objectMetadata(namespace, { name: `${KUBELET_APPROVER}-signer`, component: 'access' });
  const group = 'rbac.authorization.k8s.io';
  clusterScoped(
    new kplus.k8s.KubeClusterRole(namespace, 'signer', {
      metadata,
      rules: [
        {
          apiGroups: ['certificates.k8s.io'],
          resources: ['signers'],
          resourceNames: ['kubernetes.io/kubelet-serving'],
          verbs: ['approve'],
        },
      ],
    }),
  );
  clusterScoped(
    new kplus.k8s.KubeClusterRoleBinding(namespace, 'signer-binding', {
      metadata,
      roleRef: { apiGroup: group, kind: 'ClusterRole', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: KUBELET_APPROVER, namespace: KUBELET_APPROVER }],
    }),
  );
}
