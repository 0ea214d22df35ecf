import { assess, waiverRecord, waiversInForce, waiversPage } from '../../src/assessment';
import { inController, VALID_POD } from '../../src/rules';
import { PlatformSettings } from '../../src/settings';
import type { WaiverInForce } from '../../src/assessment';
import type { KubeObject } from '../../src/manifest';
import type { WaiverProps } from '../../src/settings';

const FAULTS = { shareProcessNamespace: true, hostPID: true };
const WAIVER: WaiverProps = {
  control: 'POD-10',
  target: 'shop/web',
  reason: 'a debugger',
  owner: 'shop@example.com',
  expires: '2027-03-31',
};

function faulty(name: string): KubeObject {
  const spec = { ...(VALID_POD['spec'] as object), ...FAULTS, hostUsers: undefined, serviceAccountName: name };
  return { ...inController({ ...VALID_POD, spec }, 'Job'), metadata: { name, namespace: 'shop' } };
}

function inForce(waivers: readonly WaiverProps[], asOf = '2027-01-01'): WaiverInForce[] {
  const names = [...new Set(waivers.map(({ target }) => target.split('/').at(-1) as string))];
  const manifests = names.map((name) => ({ object: faulty(name), origin: { source: `src/shop.ts:${names.indexOf(name) + 1}` } }));
  return waiversInForce(assess({ manifests, nodeFiles: [] }, PlatformSettings.from({ waivers, asOf })), asOf);
}

it('says of a waiver in force everything that an auditor asks, and what it accepts', () => {
  expect(inForce([WAIVER]).map(waiverRecord)).toEqual([
    {
      control: 'POD-10',
      title: 'Share no process or IPC namespace with the host or between containers',
      target: 'Job/shop/web',
      container: undefined,
      reason: 'a debugger',
      owner: 'shop@example.com',
      expires: '2027-03-31',
      daysLeft: 89,
      accepts: [
        { rule: 'host-namespaces', message: 'shares a namespace of the host (hostPID)', where: { source: 'src/shop.ts:1' } },
        { rule: 'share-process-namespace', message: 'shares processes between its containers', where: { source: 'src/shop.ts:1' } },
      ],
    },
  ]);
});

it('has the waiver that ends first in front, whatever the order of objects and waivers', () => {
  const waivers = [WAIVER, { ...WAIVER, target: 'shop/api', expires: '2027-02-01' }, { ...WAIVER, target: 'shop/abc' }];
  const targets = (given: readonly WaiverProps[]) => inForce(given).map(({ object }) => object?.metadata.name);
  expect(targets(waivers)).toEqual(['api', 'abc', 'web']);
  expect(targets(waivers.toReversed())).toEqual(['api', 'abc', 'web']);
});

it.each([
  ['2027-03-01', [30]],
  ['2027-03-30', [1]],
  ['2027-03-31', [0]],
  ['2027-04-01', []],
])('counts the days left on %s: %j', (asOf, days) => {
  expect(inForce([WAIVER], asOf).map(({ daysLeft }) => daysLeft)).toEqual(days);
});

it('makes a page of them', () => {
  expect(waiversPage(inForce([WAIVER], '2027-03-30').map(waiverRecord), '2027-03-30')).toBe(
    `# Waivers in force

1 on 2027-03-30, the one that ends first in front.

| days left | last day | control | object or node file | container or field | reason | owner | accepts |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 2027-03-31 | POD-10 Share no process or IPC namespace with the host or between containers | Job/shop/web |  | a debugger | shop@example.com | host-namespaces: shares a namespace of the host (hostPID) (src/shop.ts:1); share-process-namespace: shares processes between its containers (src/shop.ts:1) |
`,
  );
});

it('makes a page also when there is none', () => {
  expect(waiversPage([], '2027-01-01')).toBe('# Waivers in force\n\nNone on 2027-01-01.\n');
});

it('shows a reason as it is written, without markup, HTML or lines of its own', () => {
  const reason = '| x |\n# <script>alert(1)</script> [a](javascript:b) `c` *d* \\ &lt; \u202Ereversed\u0007';
  const page = waiversPage(inForce([{ ...WAIVER, reason }]).map(waiverRecord), '2027-01-01');
  expect(page.split('\n')).toHaveLength(8);
  expect(page).toContain(
    '| \\| x \\| # \\<script\\>alert(1)\\</script\\> \\[a\\](javascript:b) \\`c\\` \\*d\\* \\\\ \\&lt; reversed | shop@example.com |',
  );
});
