import { abilitiesOf } from '../../../src/rules/access';
import type { Ability } from '../../../src/rules/access';

const RBAC = 'rbac.authorization.k8s.io';
const rule = (apiGroup: string, resource: string, verb: string, ...resourceNames: string[]) => ({
  apiGroups: [apiGroup],
  resources: [resource],
  verbs: [verb],
  resourceNames,
});

const CHANGED: readonly (readonly [string, string, Ability])[] = [
  [RBAC, 'roles', 'write roles'],
  [RBAC, 'clusterroles', 'write roles'],
  [RBAC, 'rolebindings', 'write role bindings'],
  [RBAC, 'clusterrolebindings', 'write role bindings'],
  ['', 'pods', 'run pods'],
  ['', 'replicationcontrollers', 'run pods'],
  ['apps', 'deployments', 'run pods'],
  ['apps', 'statefulsets', 'run pods'],
  ['apps', 'daemonsets', 'run pods'],
  ['apps', 'replicasets', 'run pods'],
  ['batch', 'jobs', 'run pods'],
  ['batch', 'cronjobs', 'run pods'],
];
const READ: readonly (readonly [string, string, Ability])[] = [['', 'secrets', 'read Secrets']];
const ENTERED = ['exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers'].map((way): [string, string, Ability] => [
  '',
  `pods/${way}`,
  'enter pods',
]);
const RIGHTS: readonly (readonly [string, string, Ability, string])[] = [
  [RBAC, 'roles', 'escalate', 'escalate'],
  [RBAC, 'clusterroles', 'escalate', 'escalate'],
  [RBAC, 'roles', 'bind', 'bind'],
  [RBAC, 'clusterroles', 'bind', 'bind'],
  ['', 'pods/log', 'read logs', 'get'],
];

it.each([
  ...CHANGED.flatMap((one) => ['create', 'update', 'patch'].map((verb) => [...one, verb] as const)),
  ...READ.flatMap((one) => ['get', 'list', 'watch'].map((verb) => [...one, verb] as const)),
  ...ENTERED.flatMap((one) => ['get', 'create', 'update', 'patch'].map((verb) => [...one, verb] as const)),
  ...RIGHTS,
])('%s/%s is the ability to %s, by %s', (apiGroup, resource, ability, verb) => {
  expect([...abilitiesOf([rule(apiGroup, resource, verb)])]).toEqual([ability]);
  expect([...abilitiesOf([rule(apiGroup, resource, '*')])]).toContain(ability);
  expect([...abilitiesOf([rule('*', resource, verb)])]).toContain(ability);
  expect([...abilitiesOf([rule(apiGroup, '*', verb)])]).toContain(ability);
  expect([...abilitiesOf([rule('example.com', resource, verb)])]).toEqual([]);
});

it.each([
  ...CHANGED.flatMap((one) => ['update', 'patch', '*'].map((verb) => [...one, verb] as const)),
  ...ENTERED.flatMap((one) => ['get', 'create', 'update', 'patch'].map((verb) => [...one, verb] as const)),
  ...RIGHTS,
])('%s/%s is the ability to %s also by name, by %s', (apiGroup, resource, ability, verb) => {
  expect([...abilitiesOf([rule(apiGroup, resource, verb, 'web')])]).toContain(ability);
});

it.each([
  ...CHANGED.map((one) => [...one, 'create'] as const),
  ...READ.flatMap((one) => ['get', 'list', 'watch', '*'].map((verb) => [...one, verb] as const)),
  ['*', '*', 'do everything', '*'] as const,
])('%s/%s by name is not the ability to %s, by %s', (apiGroup, resource, ability, verb) => {
  expect([...abilitiesOf([rule(apiGroup, resource, verb, 'web')])]).not.toContain(ability);
});

it('knows the wildcard for a subresource', () => {
  expect([...abilitiesOf([rule('', '*/exec', 'create')])]).toEqual(['enter pods']);
  expect([...abilitiesOf([rule('', '*/log', 'get')])]).toEqual(['read logs']);
});

it('gives everything only to a rule that is a wildcard in every part', () => {
  expect([...abilitiesOf([rule('*', '*', '*')])]).toContain('do everything');
  expect([...abilitiesOf([rule('*', '*', 'get'), rule('*', 'pods', '*'), rule('', '*', '*')])]).not.toContain('do everything');
});

it.each(['get', 'delete', 'deletecollection'])('does not take %s for a change', (verb) => {
  expect(CHANGED.flatMap(([apiGroup, resource]) => [...abilitiesOf([rule(apiGroup, resource, verb)])])).toEqual([]);
});
