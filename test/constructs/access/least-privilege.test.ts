import { Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { IsolatedNamespace, LeastPrivilegeRole, LeastPrivilegeServiceAccount, Permission, Resource, Subject, Verb } from '../../../src';
import type { KubeObject } from '../../../src';
import { expectYaml } from '../../support/snapshot';
import { only, synth, testNamespace } from '../../support/synth';

const READ_FLAGS = Permission.read(Resource.CONFIG_MAPS, ['flags']);

it('looks like this', () => {
  const shop = testNamespace();
  new LeastPrivilegeServiceAccount(shop, 'watcher', { permissions: [READ_FLAGS] });
  expectYaml(
    'access-service-account',
    synth(shop).filter((object) => object.metadata.name === 'watcher'),
  );
});

it('is an account and nothing else without permissions', () => {
  const shop = testNamespace();
  const account = new LeastPrivilegeServiceAccount(shop, 'worker');
  expect(account.needsApi).toBe(false);
  expect(
    synth(shop)
      .filter((object) => object.metadata.name === 'worker')
      .map((object) => [object.kind, object['automountServiceAccountToken']]),
  ).toEqual([['ServiceAccount', false]]);
});

it('uses a ClusterRole for what is not in namespaces only, under a name that no other namespace has', () => {
  const app = Testing.app();
  const objects = ['a', 'b'].flatMap((name) => {
    const namespace = new IsolatedNamespace(app, name, { owner: 'o' });
    new LeastPrivilegeServiceAccount(namespace, 'watcher', { permissions: [READ_FLAGS, Permission.read(Resource.NODES)] });
    return synth(namespace).filter((object) => /Role/.test(object.kind));
  });
  expect(objects.map((object) => [object.kind, object.metadata.namespace, object.metadata.name])).toEqual(
    ['a', 'b'].flatMap((name) => [
      ['Role', name, 'watcher'],
      ['RoleBinding', name, 'watcher'],
      ['ClusterRole', undefined, `${name}-watcher`],
      ['ClusterRoleBinding', undefined, `${name}-watcher`],
    ]),
  );
});

it('needs a namespace for its binding', () => {
  expect(() => new LeastPrivilegeServiceAccount(Testing.chart(), 'watcher', { permissions: [READ_FLAGS] })).toThrow(
    /its namespace is not known \(control AUTH-05/,
  );
});

it.each([
  ['a wildcard resource', () => Resource.custom({ group: '', plural: '*', namespaced: true })],
  ['a wildcard subresource', () => Resource.custom({ group: '', plural: 'pods/*', namespaced: true })],
  ['a wildcard group', () => Resource.custom({ group: '*', plural: 'pods', namespaced: true })],
  ['a wildcard verb', () => Permission.of(Resource.PODS, ['*' as Verb])],
  ['a verb that escalates', () => Permission.of(Resource.ROLES, ['escalate' as Verb])],
  ['no verb', () => Permission.of(Resource.PODS, [])],
  ['names for list', () => Permission.of(Resource.PODS, [Verb.LIST], ['web'])],
  ['a wildcard name', () => Permission.read(Resource.CONFIG_MAPS, ['*'])],
])('cannot express %s', (_what, make) => expect(make).toThrow(/control AUTH-05/));

it('refuses by its rule what can be written and must not be given', () => {
  const grant = (permission: Permission) => {
    const shop = testNamespace();
    new LeastPrivilegeRole(shop, 'reader', { permissions: [permission], subjects: [Subject.group('devs')] });
    return () => synth(shop);
  };
  expect(grant(Permission.read(Resource.SECRETS))).toThrow(/Role shop\/reader: grants access to every Secret[\s\S]*NET-25/);
  expect(grant(Permission.read(Resource.SECRETS, ['db']))).not.toThrow();
  expect(grant(Permission.of(Resource.custom({ group: '', plural: 'pods/exec', namespaced: true }), [Verb.CREATE]))).toThrow(/AUTH-09/);
  expect(grant(Permission.of(Resource.custom({ group: '', plural: 'nodes/proxy', namespaced: false }), [Verb.GET]))).toThrow(/AUTH-09/);
  expect(grant(Permission.of(Resource.custom({ group: '', plural: 'serviceaccounts/token', namespaced: true }), [Verb.CREATE]))).toThrow(
    /AUTH-10/,
  );
});

it('refuses a binding to everybody', () => {
  const shop = testNamespace();
  new LeastPrivilegeRole(shop, 'all', { permissions: [READ_FLAGS], subjects: [Subject.group('system:authenticated')] });
  expect(() => synth(shop)).toThrow(/AUTH-02[\s\S]*not possible for this control/);
  expect(() => Subject.group(' ')).toThrow(/without a name/);
});

const resource = fc.oneof(
  fc.constantFrom(...Object.values(Resource).filter((value): value is Resource => value instanceof Resource)),
  fc
    .record({
      group: fc.constantFrom('', 'example.com', '*'),
      plural: fc.constantFrom('widgets', 'widgets/status', '*', 'Widgets'),
      namespaced: fc.boolean(),
    })
    .map((props) => () => Resource.custom(props)),
);

it('never renders a wildcard, and a Role wherever the resource is in namespaces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(resource, fc.subarray(Object.values(Verb)), fc.constantFrom([], ['one'], ['*'])), { minLength: 1, maxLength: 4 }),
      (drafts) => {
        const permissions = drafts.flatMap(([draft, verbs, names]) => {
          try {
            return [Permission.of(typeof draft === 'function' ? draft() : draft, verbs, names)];
          } catch (error) {
            expect((error as Error).message).toMatch(/AUTH-05/);
            return [];
          }
        });
        const chart = new Chart(Testing.app(), 'c', { namespace: 'shop' });
        new LeastPrivilegeRole(chart, 'role', { permissions, subjects: [Subject.serviceAccount('shop', 'x')] });
        const objects = chart.node
          .findAll()
          .flatMap((construct) =>
            'toJson' in construct && construct !== chart ? [(construct as unknown as { toJson(): KubeObject }).toJson()] : [],
          );
        expect(JSON.stringify(objects)).not.toContain('*');
        expect(objects.some((object) => object.kind === 'Role')).toBe(permissions.some((permission) => permission.resource.namespaced));
        expect(objects.some((object) => object.kind === 'ClusterRole')).toBe(
          permissions.some((permission) => !permission.resource.namespaced),
        );
      },
    ),
    { seed: 11, numRuns: 200 },
  );
});

it('asks for a token by audience and for an hour', () => {
  const shop = testNamespace();
  expect(new LeastPrivilegeServiceAccount(shop, 'a', { permissions: [READ_FLAGS], audience: 'vault' }).audience).toBe('vault');
  expect(new LeastPrivilegeServiceAccount(shop, 'b').audience).toBe('https://kubernetes.default.svc.cluster.local');
  expect(only(synth(shop), 'RoleBinding')['subjects']).toEqual([{ kind: 'ServiceAccount', name: 'a', namespace: 'shop' }]);
});
