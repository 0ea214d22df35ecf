import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { assessItself, rememberSource } from '../../synth';
import * as kplus from '../kplus';
import { nameFromId, objectMetadata } from '../metadata';
import { DEFAULT_API_AUDIENCE } from './api-token';
import { LeastPrivilegeRole } from './least-privilege-role';
import type { Permission } from './permission';
import { Subject } from './subject';

/** Props of `LeastPrivilegeServiceAccount`: those of cdk8s-plus and its permissions. */
export interface LeastPrivilegeServiceAccountProps extends kplus.ServiceAccountProps {
  /**
   * What it may do. A workload that runs as an account with permissions gets a short-lived token and the way to the API
   * server; any other gets neither.
   *
   * @default - nothing
   */
  readonly permissions?: readonly Permission[];
  /**
   * Audience of the token: what the API server was started with (`--api-audiences`, by default its issuer).
   *
   * @default 'https://kubernetes.default.svc.cluster.local'
   */
  readonly audience?: string;
}

/** A service account with what it needs and no more; its token is never mounted by itself. */
export class LeastPrivilegeServiceAccount extends kplus.ServiceAccount {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'POD-19': [{ kind: 'ServiceAccount', field: 'automountServiceAccountToken', value: false }],
    'AUTH-10': [{ kind: 'RoleBinding', field: 'subjects[].kind', value: 'ServiceAccount' }],
  };

  /** Audience of the tokens of pods that run as it. */
  public readonly audience: string;
  /** Whether it has permissions, so that its pods need to reach the API server. */
  public readonly needsApi: boolean;

  public constructor(scope: Construct, id: string, props: LeastPrivilegeServiceAccountProps = {}) {
    const { permissions = [], audience, ...base } = props;
    const name = props.metadata?.name ?? nameFromId(scope, id);
    const metadata = objectMetadata(scope, { name, component: 'access' });
    super(scope, id, { ...base, metadata: { ...metadata, ...props.metadata, labels: { ...metadata.labels, ...props.metadata?.labels } } });
    this.audience = audience ?? DEFAULT_API_AUDIENCE;
    this.needsApi = permissions.length > 0;
    if (this.needsApi) {
      new LeastPrivilegeRole(this, 'role', { name, permissions, subjects: [Subject.serviceAccount(this.namespaceForBinding(), name)] });
    }
    rememberSource(this);
    assessItself(this);
  }

  /** A binding must name the namespace of its subject: the API server refuses it otherwise. */
  private namespaceForBinding(): string {
    const namespace = this.metadata.namespace ?? Chart.of(this).namespace;
    if (namespace === undefined) {
      throw new Error(
        `[${this.node.path}] has permissions, and its namespace is not known (control AUTH-05: a binding names its subject's namespace). ` +
          'Put it into an IsolatedNamespace, or give its chart a `namespace`.',
      );
    }
    return namespace;
  }
}
