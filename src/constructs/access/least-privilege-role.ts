import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { assessItself, rememberSource } from '../../synth';
import { clusterScoped } from '../cluster-scoped';
import * as kplus from '../kplus';
import { nameFromId, objectMetadata } from '../metadata';
import type { Permission } from './permission';
import type { Subject } from './subject';

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** Props of `LeastPrivilegeRole`. */
export interface LeastPrivilegeRoleProps {
  readonly permissions: readonly Permission[];
  /** Who gets it. */
  readonly subjects: readonly Subject[];
  /**
   * Whether permissions for namespaced objects hold in every namespace.
   *
   * @default false: they hold in the namespace of the scope
   */
  readonly clusterWide?: boolean;
  /** @default - the id */
  readonly name?: string;
}

/**
 * A role and its binding: a Role for what lives in namespaces, a ClusterRole only for what does not (or when every
 * namespace is meant). Both are called like the construct; what is cluster-scoped, with its namespace in front, so that two
 * namespaces can have roles of one name.
 */
export class LeastPrivilegeRole extends Construct {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'AUTH-05': [
      { kind: 'Role', field: 'rules[].verbs' },
      { kind: 'RoleBinding', field: 'roleRef.kind', value: 'Role' },
    ],
  };

  public constructor(scope: Construct, id: string, props: LeastPrivilegeRoleProps) {
    super(scope, id);
    const metadata = objectMetadata(this, { name: props.name ?? nameFromId(scope, id), component: 'access' });
    const subjects = props.subjects.map((subject) => subject._render());
    const inNamespace = props.permissions.filter(({ resource }) => resource.namespaced && !props.clusterWide);
    const inCluster = props.permissions.filter((permission) => !inNamespace.includes(permission));
    if (inNamespace.length > 0) {
      new kplus.k8s.KubeRole(this, 'role', { metadata, rules: inNamespace.map((permission) => permission._render()) });
      new kplus.k8s.KubeRoleBinding(this, 'binding', {
        metadata,
        roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: metadata.name },
        subjects,
      });
    }
    if (inCluster.length > 0) {
      const { namespace } = Chart.of(this);
      const name = namespace === undefined ? metadata.name : `${namespace}-${metadata.name}`;
      const rules = inCluster.map((permission) => permission._render());
      const roleRef = { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name };
      clusterScoped(new kplus.k8s.KubeClusterRole(this, 'cluster-role', { metadata: { ...metadata, name }, rules }));
      clusterScoped(new kplus.k8s.KubeClusterRoleBinding(this, 'cluster-binding', { metadata: { ...metadata, name }, roleRef, subjects }));
    }
    rememberSource(this);
    assessItself(this);
  }
}
