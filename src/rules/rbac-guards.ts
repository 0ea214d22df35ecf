import { celRule } from './cel';
import { objectExample } from './examples';
import { ROLES } from './match';

/**
 * Only the role `platform-operator` changes admission; nobody approves certificates or makes PersistentVolumes (a way to host paths).
 */
export const rbacGuards = celRule({
  id: 'rbac-guards',
  controls: ['AUTH-11'],
  message: 'grants changes to what guards the cluster',
  remedy: 'leave admission, certificate approval and volumes of the host to the persona platform-operator',
  match: ROLES,
  object: {
    holds:
      "variables.roleRules.all(r, !r.?verbs.orValue([]).exists(v, v in ['create', 'update', 'patch', 'delete', 'deletecollection', '*']) || ((!('admissionregistration.k8s.io' in r.?apiGroups.orValue([])) || object.metadata.name == 'platform-operator') && !r.?resources.orValue([]).exists(x, x in ['certificatesigningrequests/approval', 'persistentvolumes'])))",
  },
  examples: () => ({
    pass: [
      objectExample('rbac.authorization.k8s.io/v1', 'Role', {
        rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }],
      }),
      objectExample(
        'rbac.authorization.k8s.io/v1',
        'ClusterRole',
        { rules: [{ apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingadmissionpolicies'], verbs: ['update'] }] },
        { name: 'platform-operator' },
      ),
    ],
    fail: [
      objectExample('rbac.authorization.k8s.io/v1', 'ClusterRole', {
        rules: [{ apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingadmissionpolicies'], verbs: ['update'] }],
      }),
      objectExample('rbac.authorization.k8s.io/v1', 'ClusterRole', {
        rules: [{ apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update'] }],
      }),
      objectExample('rbac.authorization.k8s.io/v1', 'ClusterRole', {
        rules: [{ apiGroups: [''], resources: ['persistentvolumes'], verbs: ['create'] }],
      }),
    ],
  }),
});
