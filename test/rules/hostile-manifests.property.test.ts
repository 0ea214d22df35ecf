import * as fc from 'fast-check';
import { assess, formatAssessment } from '../../src/assessment';
import type { KubeObject } from '../../src/manifest';
import { ARTIFACTS_RULES } from '../../src/rules';
import { PlatformSettings } from '../../src/settings';
import type { WaiverProps } from '../../src/settings';
import { Waiver } from '../../src/waivers';
import { clusterBinding, clusterRole, group, policy, shop } from '../support/shop';
import { ENFORCED } from './cases/rule-cases';
import { rounds } from '../support/rounds';

/** One value of each type. The last one cannot even be printed. */
const WRONG_TYPES: readonly unknown[] = [null, 7, 'x', [null], { toString: 1, valueOf: 1 }];

/** What a hostile file may hold anywhere. */
const HOSTILE: readonly unknown[] = [
  ...WRONG_TYPES,
  true,
  '',
  'constructor',
  '__proto__',
  '*',
  [],
  [[]],
  {},
  JSON.parse('{"__proto__": {"x": "y"}, "constructor": "a", "hasOwnProperty": null}'),
];

const CILIUM = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'].map((kind) => ({
  apiVersion: 'cilium.io/v2',
  kind,
  metadata: { name: 'cilium', namespace: 'shop' },
  spec: { endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{}], enableDefaultDeny: { egress: true } },
  specs: [{ endpointSelector: {}, egress: [{}] }],
}));

const SOUND: readonly KubeObject[] = shop(
  ...CILIUM,
  clusterRole('sum', [], { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { app: 'web' } }] } }, { app: 'web' }),
  clusterBinding('sum', 'sum', [group('devs'), { kind: 'User', name: 'system:serviceaccount:shop:web' }]),
  policy('internet', {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }, { namespaceSelector: {}, podSelector: {} }],
        ports: [{ port: 1, endPort: 2 }],
      },
    ],
  }),
);
const WAIVER: WaiverProps = { control: 'POD-12', target: 'shop/web', reason: 'x', owner: 'x', expires: '2027-03-31' };
const SETTINGS = { enforcement: ENFORCED, waivers: [WAIVER], asOf: '2027-01-01' };

function judge(objects: readonly unknown[]): string {
  const manifests = objects.map((object) => ({ object: object as KubeObject, origin: {} }));
  return formatAssessment(assess({ manifests, nodeFiles: [] }, PlatformSettings.from(SETTINGS)));
}

/** Every place in a value, as the keys that lead there. */
function places(value: unknown): (readonly string[])[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[], ...inside.flatMap(([key, field]) => places(field).map((rest) => [key, ...rest]))];
}

/** A copy with another value at a place; as it is, if the place is not there any more. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) {
    return by;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** Every place inside an object; what is no object at all is no manifest. */
const PLACES = SOUND.flatMap((object, index) => places(object).map((place) => ({ index, place }))).filter(({ place }) => place.length > 0);

it('has rules that see all objects, and take every value anywhere for what it is', () => {
  const settings = PlatformSettings.from(SETTINGS);
  const waivers = [Waiver.from(WAIVER)];
  const failures = PLACES.flatMap(({ index, place }) =>
    WRONG_TYPES.filter((by) => {
      const manifests = SOUND.map((object, at) => ({
        object: (at === index ? replaced(object, place, by) : object) as KubeObject,
        origin: {},
      }));
      const artifacts = { manifests, nodeFiles: [] };
      return ARTIFACTS_RULES.flatMap((rule) => rule.check({ artifacts, settings, waivers })).some(
        ({ message }) => typeof message !== 'string',
      );
    }),
  );
  expect([PLACES.length > 200, failures]).toEqual([true, []]);
});

it('assesses a sound namespace in which any values are something else', () => {
  const changes = fc.record({ where: fc.constantFrom(...PLACES), by: fc.oneof(fc.constantFrom(...HOSTILE), fc.jsonValue()) });
  fc.assert(
    fc.property(fc.array(changes, { minLength: 1, maxLength: 4 }), (several) => {
      const objects = several.reduce<readonly unknown[]>(
        (changed, { where, by }) => changed.map((object, index) => (index === where.index ? replaced(object, where.place, by) : object)),
        SOUND,
      );
      expect(judge(objects)).toMatch(/\d+ findings?, \d+ waived/);
    }),
    { numRuns: rounds(150) },
  );
});

it('assesses objects of any shape, of every kind that a rule looks at', () => {
  const kinds = [
    ...new Set(SOUND.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)),
    'v1 constructor',
    'v1 __proto__',
    'v1 Pod',
    'batch/v1 CronJob',
  ];
  const field = fc.oneof(fc.constantFrom(...HOSTILE), fc.jsonValue());
  const object = fc.record(
    {
      of: fc.constantFrom(...kinds),
      metadata: field,
      spec: field,
      rules: field,
      subjects: field,
      roleRef: field,
      aggregationRule: field,
      data: field,
    },
    { requiredKeys: ['of'] },
  );
  fc.assert(
    fc.property(fc.array(object, { maxLength: 5 }), (objects) => {
      const manifests = objects.map(({ of, ...rest }) => ({ apiVersion: of.split(' ')[0], kind: of.split(' ')[1], ...rest }));
      expect(judge(manifests)).toMatch(/\d+ findings?, \d+ waived/);
    }),
    { numRuns: rounds(150) },
  );
});
