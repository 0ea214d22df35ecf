import * as fc from 'fast-check';
import { assess, formatAssessment } from '../../src/assessment';
import { CEL_RULES, inController, objectExample, RULES, VALID_POD } from '../../src/rules';
import { PlatformSettings } from '../../src/settings';
import type { KubeObject } from '../../src/manifest';
import { SETTINGS } from '../support/rule-verdicts';
import { rounds } from '../support/rounds';

const SEED = 20261124;

/** What a field may hold where the API server would have refused it. */
const HOSTILE: readonly unknown[] = [null, 5, -1.5, true, '', 'x', '<img src=x>', [], {}, [null], ['x'], [[]], [{}], { constructor: 1 }];
const KINDS = ['constructor', '__proto__', 'Pod', 'Service', 'NetworkPolicy', 'toString', 'List'];

const OBJECTS: readonly KubeObject[] = [
  ...CEL_RULES.flatMap(({ cel }) => Object.values(cel.examples()).flat() as KubeObject[]),
  ...['Deployment', 'CronJob', 'ReplicationController'].map((kind) => inController(VALID_POD, kind)),
  objectExample('v1', 'Service', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] } }),
  objectExample('v1', 'ServiceAccount', { automountServiceAccountToken: false }),
  objectExample('policy/v1', 'PodDisruptionBudget', { spec: { selector: { matchLabels: { app: 'web' } } } }),
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
];

/** Every path in a value, that of the value itself left out. */
function paths(value: unknown, path: readonly string[] = []): string[][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, field]) => [[...path, key], ...paths(field, [...path, key])])
    : [];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) {
    return by;
  }
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** An object with some of its fields replaced; apiVersion and kind stay text, as every reader sees to. */
const hostileObject = fc
  .record({
    index: fc.nat(OBJECTS.length - 1),
    changes: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE)), { minLength: 1, maxLength: 3 }),
    kind: fc.option(fc.constantFrom(...KINDS)),
  })
  .map(({ index, changes, kind }) => {
    let object: unknown = OBJECTS[index];
    for (const [place, value] of changes) {
      const all = paths(object).filter(([first]) => first !== 'apiVersion' && first !== 'kind');
      object = all.length === 0 ? object : replaced(object, all[place % all.length] as string[], value);
    }
    return (kind === null ? object : { ...(object as KubeObject), kind }) as KubeObject;
  });

function manifestsOf(objects: readonly KubeObject[]) {
  return objects.map((object) => ({ object, origin: { source: 'k8s/web.yaml:3' } }));
}

it('no rule throws, whatever an object holds', () => {
  const ROUNDS = rounds(500);
  let found = 0;
  fc.assert(
    fc.property(fc.array(hostileObject, { minLength: 1, maxLength: 6 }), (objects) => {
      const input = { artifacts: { manifests: manifestsOf(objects), nodeFiles: [] }, settings: SETTINGS, waivers: [] };
      found += RULES.flatMap((rule) => rule.check(input)).length;
    }),
    { seed: SEED, numRuns: ROUNDS },
  );
  expect(found).toBeGreaterThan(2 * ROUNDS);
});

it('an assessment with waivers and its text do not throw either, as long as the object has a name', () => {
  const waiver = { control: 'POD-02', target: 'shop/web', container: 'main', reason: 'r', owner: 'o', expires: '2099-01-01' };
  const settings = PlatformSettings.from({ waivers: [waiver] });
  fc.assert(
    fc.property(fc.array(hostileObject, { minLength: 1, maxLength: 6 }), (objects) => {
      const named = objects.map((object) => ({ ...object, metadata: { name: 'web', namespace: 'shop' } }));
      const assessment = assess({ manifests: manifestsOf(named), nodeFiles: [] }, settings, { complete: false });
      expect(formatAssessment(assessment)).toMatch(/\d+ findings?, \d+ waived/);
    }),
    { seed: SEED, numRuns: rounds(100) },
  );
});

it('an object of a wrong shape does not hide what is wrong with the others', () => {
  const broken = objectExample('v1', 'Service', { spec: { selector: { app: 'web' }, ports: 'x' } });
  const wrong = inController(
    { ...VALID_POD, spec: { containers: [{ name: 'main', livenessProbe: { httpGet: { port: 'none' } } }] } },
    'Deployment',
  );
  const rule = RULES.find(({ id }) => id === 'port-names');
  const input = { artifacts: { manifests: manifestsOf([broken, wrong]), nodeFiles: [] }, settings: SETTINGS, waivers: [] };
  expect(rule?.check(input).map(({ message }) => message)).toEqual(['names a port that no container has (none)']);
});
