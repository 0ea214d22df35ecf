import { Access, adminPowerOf, effectiveProblems } from './access';
import { artifactsRule } from './artifacts-rule';

/** Nobody but `break-glass` is as good as cluster-admin, also not through several roles that are each fine. */
export const rbacEffectiveAdmin = artifactsRule({
  id: 'rbac-effective-admin',
  controls: ['AUTH-07'],
  message: 'completes what is as good as cluster-admin',
  remedy: 'leave out one of the roles, or bind it in one namespace only; cluster-admin is for the ClusterRoleBinding `break-glass`',
  problems: (inventory) =>
    Access.of(inventory).subjects.flatMap((access) => {
      const power = adminPowerOf(access);
      return power ? effectiveProblems(access.subject, power.grants, power.abilities.join(' and '), power.namespace) : [];
    }),
});
