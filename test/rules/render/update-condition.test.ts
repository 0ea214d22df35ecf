import { CEL_RULES, renderPolicies, VALID_POD } from '../../../src/rules';
import type { CelRule } from '../../../src/rules';
import type { KubeObject } from '../../../src/manifest';
import { PlatformSettings } from '../../../src/settings';
import { admit, failuresOf } from '../../support/admission';
import { SETTINGS } from '../../support/rule-verdicts';

const settings = PlatformSettings.from({ ...SETTINGS, enforcement: { cluster: 'deny', exempt: { groups: ['platform'] } } });
const rendered = (rules: readonly CelRule[]) => renderPolicies({ rules, settings, waived: new Map() });
const ALL = rendered(CEL_RULES);

const DENIED = { 'cdk8s-hardened/enforcement': 'deny' };
const privileged: KubeObject = {
  ...VALID_POD,
  spec: { ...VALID_POD['spec'], containers: [{ ...VALID_POD['spec'].containers[0], securityContext: { privileged: true } }] },
};
const change = (object: KubeObject, metadata: object, rest: object = {}): KubeObject => ({
  ...object,
  ...rest,
  metadata: { ...object.metadata, ...metadata },
});
const denied = (operation: 'CREATE' | 'UPDATE' | 'DELETE', object?: KubeObject, oldObject?: KubeObject): boolean =>
  admit(ALL, { operation, object, oldObject }, DENIED).denied;

/** What an update cannot change, although the rule looks at it. */
const IMMUTABLE: Readonly<Record<string, string>> = {
  apparmor: 'the API server lets nobody add or change an AppArmor annotation of a Pod that is there',
};

it.each(CEL_RULES.map((rule) => [rule.id, rule] as const))('sees every update by which an object comes to fail %s', (id, rule) => {
  const { pass, fail } = rule.cel.examples();
  const same = (a: KubeObject, b: KubeObject) =>
    a.kind === b.kind && a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace;
  const policies = rendered([rule]).filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  const updates = fail.flatMap((object) => pass.filter((oldObject) => same(object, oldObject)).map((oldObject) => ({ object, oldObject })));
  const unseen = updates.filter((update) =>
    policies.every((policy) => failuresOf(policy, { operation: 'UPDATE', ...update }).length === 0),
  );
  expect(unseen.every(({ object }) => object.metadata.annotations !== undefined && id in IMMUTABLE)).toBe(true);
});

describe('an object that was there before the policy', () => {
  it('can be labelled, and lose a finalizer when it is deleted', () => {
    expect(denied('CREATE', privileged)).toBe(true);
    expect(denied('UPDATE', change(privileged, { labels: { a: 'b' } }), privileged)).toBe(false);
    const terminating = change(privileged, { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/wait'] });
    expect(denied('UPDATE', change(terminating, { finalizers: [] }), terminating)).toBe(false);
  });

  it('can be deleted', () => expect(denied('DELETE', undefined, privileged)).toBe(false));

  it('cannot be changed and stay as it should not be', () => {
    expect(denied('UPDATE', change(privileged, {}, { spec: { ...privileged['spec'], nodeName: 'a' } }), privileged)).toBe(true);
  });

  it('cannot come to fail while a finalizer keeps it: a Role grants until it is gone', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r', namespace: 'shop' }, rules: [] };
    const terminating = change(role, { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/wait'] });
    const wildcard = { ...terminating, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] };
    expect(denied('UPDATE', wildcard, terminating)).toBe(true);
    expect(denied('UPDATE', change(wildcard, { finalizers: [] }), wildcard)).toBe(false);
  });
});
