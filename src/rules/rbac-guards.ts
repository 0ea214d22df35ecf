import { celRule } from './cel';
import { roleExample } from './examples';
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
      roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] }]),
      roleExample(
        [{ apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingadmissionpolicies'], verbs: ['get', 'list'] }],
        'ClusterRole',
      ),
      roleExample(
        [{ apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingadmissionpolicies'], verbs: ['update'] }],
        'ClusterRole',
        'platform-operator',
      ),
      roleExample([{ apiGroups: [''], resources: ['configmaps'], verbs: ['create'] }]),
    ],
    fail: [
      ...['create', 'update', 'patch', 'delete', 'deletecollection', '*'].map((verb) =>
        roleExample(
          [{ apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingadmissionpolicies'], verbs: ['get', verb] }],
          'ClusterRole',
        ),
      ),
      roleExample(
        [{ apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update'] }],
        'ClusterRole',
      ),
      roleExample(
        [{ apiGroups: [''], resources: ['configmaps', 'persistentvolumes'], verbs: ['create'] }],
        'ClusterRole',
        'platform-operator',
      ),
      roleExample(
        [
          { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['flags'] },
          { apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingadmissionpolicies'], verbs: ['update'] },
        ],
        'ClusterRole',
      ),
    ],
  }),
});
