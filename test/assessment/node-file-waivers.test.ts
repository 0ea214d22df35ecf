import { assess, formatAssessment, waiverRecord, waiversInForce } from '../../src/assessment';
import { PlatformSettings } from '../../src/settings';
import { Waiver } from '../../src/waivers';
import type { Assessment } from '../../src/assessment';
import type { WaiverProps } from '../../src/settings';
import { changed, INIT } from '../support/node-files';

// Two faults of one control in one file.
const FILES = changed(
  INIT,
  /- name: profiling\n {6}value: "false"/,
  '- name: profiling\n      value: "true"',
  changed(INIT, 'makeIPTablesUtilChains: true', 'makeIPTablesUtilChains: false'),
);
const WAIVER: WaiverProps = {
  control: 'UPG-04',
  target: `NodeFile/control-plane${INIT}`,
  field: 'kube-apiserver --profiling',
  reason: 'a profile for the vendor',
  owner: 'platform@example.com',
  expires: '2027-03-31',
};

function assessment(waivers: readonly WaiverProps[], asOf = '2027-01-01'): Assessment {
  return assess({ manifests: [], nodeFiles: FILES }, PlatformSettings.from({ minor: '1.36', waivers, asOf }));
}

it('says of a finding in a node file where it is, and how to waive just that', () => {
  expect(formatAssessment(assessment([]))).toBe(
    [
      `✗ control-plane:${INIT}  field kube-apiserver --profiling: is "true": profiles show what the program holds in memory, and taking one slows it down`,
      '    control  UPG-04  Follow benchmarks, and check again',
      '    mend     set false',
      `    waive    waivers: [{ control: UPG-04, target: NodeFile/control-plane${INIT}, field: "kube-apiserver --profiling", reason: …, owner: …, expires: YYYY-MM-DD }]`,
      `✗ control-plane:${INIT}  field KubeletConfiguration.makeIPTablesUtilChains: is false: the kubelet does not keep the rules that other programs read the node's state from`,
      '    control  UPG-04  Follow benchmarks, and check again',
      '    mend     remove it, or set true',
      `    waive    waivers: [{ control: UPG-04, target: NodeFile/control-plane${INIT}, field: "KubeletConfiguration.makeIPTablesUtilChains", reason: …, owner: …, expires: YYYY-MM-DD }]`,
      '2 findings, 0 waived',
    ].join('\n'),
  );
});

it('accepts the one field that the waiver names, and no other of the file', () => {
  const { findings, waived, problems } = assessment([WAIVER]);
  expect(waived.map(({ finding }) => finding.target.field)).toEqual(['kube-apiserver --profiling']);
  expect(findings.map(({ target }) => target.field)).toEqual(['KubeletConfiguration.makeIPTablesUtilChains']);
  expect(problems).toEqual([]);
});

it.each([
  ['another file', { target: 'NodeFile/control-plane/etc/kubernetes/other.yaml' }],
  ['another role', { target: `NodeFile/worker${INIT}` }],
  ['the file as a whole, of which nothing is found', { field: undefined }],
  ['another control', { control: 'NET-13' }],
])('does not take a waiver for %s, and says that it is unused', (_what, change) => {
  const { findings, problems } = assessment([{ ...WAIVER, ...change }]);
  expect([findings.length, problems[0]?.message]).toEqual([2, 'no finding matches it']);
});

it('holds until its last day', () => {
  expect(assessment([WAIVER], '2027-03-31').findings).toHaveLength(1);
  const after = assessment([WAIVER], '2027-04-01');
  expect([after.findings.length, after.problems[0]?.message]).toEqual([2, 'it expired on 2027-03-31 (judged as of 2027-04-01)']);
});

it('is in the report', () => {
  expect(waiversInForce(assessment([WAIVER]), '2027-01-01').map(waiverRecord)).toMatchObject([
    { target: WAIVER.target, field: WAIVER.field, accepts: [{ rule: 'component-flags' }] },
  ]);
});

it.each([
  ['a pattern', { target: 'NodeFile/control-plane/etc/*' }, 'is not one object'],
  ['a file without role', { target: 'NodeFile/etc' }, 'is not one object'],
  ['a container', { container: 'main' }, "'container' says nothing of a node file. Remove it, or write 'field'."],
  ['a field of an object', { target: 'shop/web' }, "'field' says nothing of an object. Remove it, or write 'container'."],
])('refuses %s', (_what, change, error) => {
  expect(() => Waiver.from({ ...WAIVER, ...change })).toThrow(error);
});
