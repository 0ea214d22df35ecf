import { celRule } from './cel';
import { bindingExample } from './examples';
import { BINDINGS } from './match';

/** No binding to anonymous or to all users, and none to `system:masters`. */
export const rbacAnonymous = celRule({
  id: 'rbac-anonymous',
  controls: ['AUTH-02'],
  message: 'binds everybody, or a group that passes every check',
  remedy: 'name the groups that are meant',
  match: BINDINGS,
  object: {
    holds:
      "!dyn(object).?subjects.orValue([]).exists(s, s.name in ['system:anonymous', 'system:unauthenticated', 'system:authenticated', 'system:masters', 'system:serviceaccounts'])",
  },
  examples: () => ({
    pass: [bindingExample('view', [{ kind: 'Group', name: 'devs' }]), bindingExample('view', undefined)],
    fail: ['anonymous', 'unauthenticated', 'authenticated', 'masters', 'serviceaccounts'].map((name) =>
      bindingExample('view', [
        { kind: 'Group', name: 'devs' },
        { kind: name === 'anonymous' ? 'User' : 'Group', name: `system:${name}` },
      ]),
    ),
  }),
});
