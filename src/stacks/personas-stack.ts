import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { GeneratedFields } from '../controls';
import { LeastPrivilegeRole, objectMetadata, Subject } from '../constructs';
import * as kplus from '../constructs/kplus';
import { CLUSTER_PERSONA_PERMISSIONS, CLUSTER_PERSONAS } from './personas';
import type { ClusterPersona } from './personas';

/** Props of `PersonasStack`. */
export interface PersonasStackProps {
  /** Groups that have a persona in the cluster. A persona that nobody has is not made. */
  readonly groups: Partial<Record<ClusterPersona, readonly string[]>>;
}

/** Who may do what in the cluster (AUTH-06). `break-glass` is the one binding of cluster-admin (AUTH-07). */
export class PersonasStack extends Chart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'AUTH-06': [{ kind: 'ClusterRoleBinding', field: 'roleRef.name', value: 'auditor' }],
    'AUTH-07': [{ kind: 'ClusterRoleBinding', field: 'metadata.name', value: 'break-glass' }],
  };

  public constructor(scope: Construct, id: string, { groups }: PersonasStackProps) {
    super(scope, id);
    for (const persona of CLUSTER_PERSONAS.filter((candidate) => (groups[candidate] ?? []).length > 0)) {
      const subjects = (groups[persona] as string[]).map((group) => Subject.group(group));
      if (persona === 'break-glass') {
        new kplus.k8s.KubeClusterRoleBinding(this, persona, {
          metadata: objectMetadata(this, { name: persona, component: 'access' }),
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
          subjects: subjects.map((subject) => subject._render()),
        });
      } else {
        new LeastPrivilegeRole(this, persona, { permissions: CLUSTER_PERSONA_PERMISSIONS[persona], subjects, clusterWide: true });
      }
    }
  }
}
