import * as fc from 'fast-check';
import { AUDIT_LEVELS, AUDIT_STAGES } from '../../src/rules';
import type { AuditPolicy, AuditRequest } from '../../src/rules';

// Few of each, so that policies and requests meet often.
const USERS = ['jane', 'system:anonymous', 'system:kube-proxy', 'system:node:a', ''];
const GROUPS = ['system:authenticated', 'system:unauthenticated', 'system:nodes', 'system:masters'];
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'post', ''];
const API_GROUPS = ['', 'apps', 'authentication.k8s.io', 'a.b'];
const RESOURCES = ['pods', 'secrets', 'deployments', 'serviceaccounts', 'tokenreviews'];
const SUBRESOURCES = ['exec', 'scale', 'token', 'status'];
const NAMES = ['a', 'b', ''];
const NAMESPACES = ['', 'default', 'kube-system'];
const PATHS = ['/', '/healthz', '/healthz/etcd', '/livez', '/version', '/apis', '/metrics'];

const some = <T>(values: readonly T[], max = 3): fc.Arbitrary<T[]> => fc.array(fc.constantFrom(...values), { maxLength: max });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });

const pattern = fc.oneof(
  fc.constantFrom(...RESOURCES),
  fc.constantFrom('*', '*/*', '*/scale', '*/status', 'pods/*', 'deployments/*', 'secrets/*'),
  fc.tuple(fc.constantFrom(...RESOURCES), fc.constantFrom(...SUBRESOURCES)).map((parts) => parts.join('/')),
);

const groupResources = (groups: readonly string[]) =>
  fc
    .record({
      group: maybe(fc.constantFrom(...groups)),
      resources: maybe(fc.array(pattern, { maxLength: 3 })),
      resourceNames: maybe(some(NAMES)),
    })
    .map(({ resourceNames, ...rest }) => ({ ...rest, ...((rest.resources ?? []).length > 0 ? { resourceNames } : {}) }));

const stages = maybe(some(AUDIT_STAGES, 2));

const rule = (groups: readonly string[]) => {
  const who = {
    level: fc.constantFrom(...AUDIT_LEVELS),
    users: maybe(some(USERS)),
    userGroups: maybe(some(GROUPS)),
    verbs: maybe(some(VERBS, 4)),
  };
  const how = { omitStages: stages, omitManagedFields: maybe(fc.boolean()) };
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        ...who,
        ...how,
        resources: maybe(fc.array(groupResources(groups), { maxLength: 3 })),
        namespaces: maybe(some(NAMESPACES, 2)),
      }),
    },
    { weight: 1, arbitrary: fc.record({ ...who, ...how, nonResourceURLs: some(['*', '/healthz*', '/*', ...PATHS]) }) },
  );
};

/** An audit policy that an API server of 1.36 or newer starts with; without the group `*` one of 1.35 does, too. */
export const auditPolicyArbitrary = (groups: readonly string[] = [...API_GROUPS, '*']): fc.Arbitrary<AuditPolicy> =>
  fc
    .record({
      apiVersion: fc.constant('audit.k8s.io/v1' as const),
      kind: fc.constant('Policy' as const),
      omitManagedFields: maybe(fc.boolean()),
      omitStages: stages,
      rules: fc.array(rule(groups), { minLength: 1, maxLength: 5 }),
    })
    .map((policy) => JSON.parse(JSON.stringify(policy)) as AuditPolicy);

const userArbitrary = maybe(fc.record({ name: fc.constantFrom(...USERS), groups: some(GROUPS, 2) }));

/** A request that has something in common with such a policy. */
export const auditRequestArbitrary: fc.Arbitrary<AuditRequest> = fc
  .tuple(
    userArbitrary,
    fc.constantFrom(...VERBS),
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          resource: fc.record({
            group: fc.constantFrom(...API_GROUPS),
            resource: fc.constantFrom(...RESOURCES),
            subresource: maybe(fc.constantFrom(...SUBRESOURCES)),
            namespace: maybe(fc.constantFrom(...NAMESPACES)),
            name: maybe(fc.constantFrom(...NAMES)),
          }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ path: fc.constantFrom(...PATHS) }) },
    ),
  )
  .map(([user, verb, target]) => ({ ...(user ? { user } : {}), verb, ...target }));

/**
 * What somebody may have written instead of a policy: one, with a value somewhere that is wrong, missing or unknown. No null in
 * a list: the server takes it for an empty text, and we for a mistake.
 */
export const writtenPolicyArbitrary: fc.Arbitrary<unknown> = fc
  .tuple(
    auditPolicyArbitrary(),
    fc.infiniteStream(fc.nat()),
    fc.constantFrom(null, 1, true, 'x', '*', '', '/a*b', 'apps/v1', 'UPPER', [], ['x'], [1], {}, 'metadata'),
    fc.constantFrom('replace', 'remove', 'add'),
  )
  .map(([policy, choices, value, how]) => {
    const document = JSON.parse(JSON.stringify(policy)) as Record<string, unknown>;
    const [parent, key] = placeIn(document, choices);
    if (how === 'remove' && Array.isArray(parent)) {
      parent.splice(Number(key), 1);
    } else if (how === 'remove') {
      delete parent[key];
    } else {
      parent[how === 'add' && !Array.isArray(parent) ? `${key}s` : key] = value === null && Array.isArray(parent) ? 1 : value;
    }
    return document;
  });

/** A place in the document, chosen step by step. */
function placeIn(document: object, choices: Iterator<number>): [Record<string, unknown>, string] {
  const at = (value: object): string[] => Object.keys(value);
  let parent = document as Record<string, unknown>;
  for (;;) {
    const keys = at(parent);
    const key = keys[next(choices) % keys.length] ?? 'rules';
    const child = parent[key];
    if (typeof child !== 'object' || child === null || at(child).length === 0 || next(choices) % 3 === 0) {
      return [parent, key];
    }
    parent = child as Record<string, unknown>;
  }
}

function next(choices: Iterator<number>): number {
  return choices.next().value as number;
}
