import { assess, formatAssessment } from '../../src/assessment';
import { inController, VALID_POD } from '../../src/rules';
import { PlatformSettings } from '../../src/settings';
import { Waiver, waiverKey } from '../../src/waivers';
import type { KubeObject } from '../../src/manifest';
import type { WaiverProps } from '../../src/settings';

const UNSAFE = inController({ ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), shareProcessNamespace: true } }, 'Job');
const WAIVER: WaiverProps = {
  control: 'POD-10',
  target: 'shop/web',
  reason: 'a debugger',
  owner: 'shop@example.com',
  expires: '2027-03-31',
};

function assessment(objects: readonly KubeObject[], waivers: readonly WaiverProps[], asOf = '2027-01-01') {
  const manifests = objects.map((object) => ({ object, origin: { path: 'shop/web', source: 'src/shop.ts:14' } }));
  return assess({ manifests, nodeFiles: [] }, PlatformSettings.from({ waivers, asOf }));
}

it('finds what is unsafe, and says what, which control, where, how to mend and how to waive', () => {
  const result = assessment([UNSAFE], []);
  expect(result.passed).toBe(false);
  expect(formatAssessment(result)).toBe(
    [
      '✗ Job shop/web: shares processes between its containers',
      '    control  POD-10  Share no process or IPC namespace with the host or between containers',
      '    where    src/shop.ts:14 → shop/web',
      '    mend     remove `shareProcessNamespace`; a debugger can be given with an ephemeral container',
      '    waive    waivers: [{ control: POD-10, target: Job/shop/web, reason: …, owner: …, expires: YYYY-MM-DD }]',
      '1 finding, 0 waived',
    ].join('\n'),
  );
});

it('accepts a finding that a waiver names, by namespace and name or with the kind', () => {
  for (const target of ['shop/web', 'Job/shop/web']) {
    expect(assessment([UNSAFE], [{ ...WAIVER, target }])).toMatchObject({
      passed: true,
      findings: [],
      waived: [{ waiver: { control: 'POD-10' } }],
    });
  }
});

it.each([
  ['another object', { target: 'shop/other' }],
  ['another namespace', { target: 'other/web' }],
  ['another kind', { target: 'Deployment/shop/web' }],
  ['another control', { control: 'POD-11' }],
  ['a container', { container: 'main' }],
])('does not take a waiver for %s, and says that it is unused', (_what, change) => {
  const { findings, problems } = assessment([UNSAFE], [{ ...WAIVER, ...change }]);
  expect([findings.length, problems[0]?.message]).toEqual([1, 'no finding matches it']);
});

it('warns from 30 days before the last day, holds on it, and fails after', () => {
  const on = (asOf: string) => assessment([UNSAFE], [WAIVER], asOf);
  expect(on('2027-02-28').warnings).toEqual([]);
  expect(on('2027-03-01').warnings).toEqual(['waiver of POD-10 for shop/web (shop@example.com) expires in 30 days, on 2027-03-31']);
  expect(on('2027-03-31').passed).toBe(true);
  expect(on('2027-04-01')).toMatchObject({
    passed: false,
    findings: [{}],
    problems: [{ message: 'it expired on 2027-03-31 (judged as of 2027-04-01)' }],
  });
});

it('refuses a waiver that would also cover another workload, through a service account that both use', () => {
  const neighbour = { ...inController(VALID_POD, 'Deployment'), metadata: { name: 'neighbour', namespace: 'shop' } };
  expect(assessment([UNSAFE, neighbour], [WAIVER])).toMatchObject({
    passed: false,
    findings: [{ rule: 'waiver-service-account', target: { object: UNSAFE } }],
    waived: [{ waiver: { control: 'POD-10' } }],
  });
});

it('takes the first of two waivers of one finding, and calls the other unused', () => {
  const [first, second] = [WAIVER, { ...WAIVER, target: 'Job/shop/web' }];
  for (const waivers of [
    [first, second],
    [second, first],
  ]) {
    const { waived, problems } = assessment([UNSAFE], waivers);
    expect([waived, problems]).toMatchObject([[{ waiver: waivers[0] }], [{ waiver: waivers[1], message: 'no finding matches it' }]]);
  }
});

it('tells the findings object by object, those of rules that see one object before those of rules that see all', () => {
  const namespace = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const { findings } = assessment([namespace('b'), namespace('a')], []);
  const told = findings.map(({ target, rule }) => `${target.object?.metadata.name} ${rule}`);
  const rules = ['namespace-pod-security', 'namespace-default-deny', 'namespace-quota', 'namespace-limits'];
  expect(told).toEqual(['b', 'a'].flatMap((name) => rules.map((rule) => `${name} ${rule}`)));
});

it.each([
  ['an unknown control', { control: 'POD-99' }, /There is no control "POD-99"\. Its section has POD-01/],
  ['a control that cannot be waived', { control: 'NET-22' }, /cannot be waived/],
  ['a pattern', { target: 'shop/*' }, /is not one object/],
  ['a whole namespace', { target: 'shop/' }, /is not one object/],
  ['no reason', { reason: ' ' }, /'reason' is missing/],
  ['no owner', { owner: '' }, /'owner' is missing/],
  ['no real day', { expires: '2027-02-30' }, /'expires' is "2027-02-30"/],
  ['a date in words', { expires: 'next year' }, /YYYY-MM-DD/],
])('refuses a waiver with %s', (_what, change, message) => {
  expect(() => Waiver.from({ ...WAIVER, ...change })).toThrow(message);
});

it('keys a waiver by namespace, service account and container, or by kind, namespace and name', () => {
  expect(waiverKey(UNSAFE, 'main')).toBe('shop_web_main');
  expect(waiverKey({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } })).toBe('Service_shop_web');
  expect(waiverKey({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } })).toBe('Namespace__shop');
});

it('says nothing of a secret that it finds but its key', () => {
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'shop' },
    stringData: { password: 'hunter2' },
  };
  const text = formatAssessment(assessment([secret], []));
  expect(text).toContain('data under password');
  expect(text).not.toContain('hunter2');
});
