import { CIS_CHECKS, CIS_DEVIATIONS, cisCounts, cisJson, cisPage, predictCis } from '../../../src/assessment';
import { controlOf } from '../../../src/controls';
import { DISTRIBUTIONS, PlatformSettings, SUPPORTED_MINORS } from '../../../src/settings';
import type { CisPrediction } from '../../../src/assessment';
import type { NodeFile } from '../../../src/manifest';
import type { PlatformSettingsProps } from '../../../src/settings';
import { SELF_MANAGED } from '../../control-plane/distributions/one-cluster';
import { changed, INIT, nodeFile, nodeFiles, without } from '../../support/node-files';

function predict(files: readonly NodeFile[], settings: PlatformSettingsProps = {}): CisPrediction[] {
  return predictCis({ manifests: [], nodeFiles: files }, PlatformSettings.from({ minor: '1.36', distribution: 'kubeadm', ...settings }));
}

/** Result of a check, with the deviation's control if it is meant. */
function resultOf(id: string, files: readonly NodeFile[], settings: PlatformSettingsProps = {}, role?: string): string {
  const found = predict(files, settings).filter(({ check }) => check.id === id);
  const { result, deviation } = found.find((one) => role === undefined || one.role === role) as CisPrediction;
  return deviation ? `${result} ${deviation.control}` : result;
}

it('has every check of the benchmark once: 60 of the control plane, 7 of etcd, 5 more, 25 of nodes, 34 of policies', () => {
  const count = (...prefixes: string[]) => CIS_CHECKS.filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix))).length;
  expect([count('1.'), count('2.'), count('3.'), count('4.'), count('5.')]).toEqual([60, 7, 5, 25, 34]);
  expect(new Set(CIS_CHECKS.map(({ id }) => id)).size).toBe(CIS_CHECKS.length);
});

it.each(SELF_MANAGED.flatMap((distribution) => SUPPORTED_MINORS.map((minor) => [distribution, minor] as const)))(
  'fails nothing that is not meant with what this project makes for %s and %s',
  (distribution, minor) => {
    const open = predict(nodeFiles(minor, distribution), { distribution, minor }).filter(
      ({ result, deviation }) => ['fail', 'warn'].includes(result) && !deviation,
    );
    expect(open).toEqual([]);
  },
);

it.each([
  ['1.2.1', 'warn AUTH-02'],
  ['1.2.11', 'warn POD-07'],
  ['1.2.15', 'pass'],
  ['1.2.20', 'manual'],
  ['1.2.28', 'pass'],
  ['1.2.29', 'warn NET-20'],
  ['1.1.9', 'unknown'],
  ['1.1.12', 'pass'],
  ['4.1.3', 'warn NET-18'],
  ['4.1.9', 'pass'],
  ['4.2.9', 'warn NET-14'],
  ['4.2.12', 'warn NET-20'],
  ['5.1.1', 'unknown'],
  ['5.3.1', 'manual'],
])('says of %s with what this project makes: %s', (id, result) => expect(resultOf(id, nodeFiles())).toBe(result));

it.each<[id: string, what: string, files: () => readonly NodeFile[], result: string]>([
  ['1.2.15', 'profiles', () => changed(INIT, /- name: profiling\n {6}value: "false"/, '- name: profiling\n      value: "true"'), 'fail'],
  [
    '1.2.2',
    'a file of tokens',
    () => changed(INIT, /(apiServer:\n[\s\S]*?\n {2}extraArgs:\n)/, '$1    - name: token-auth-file\n      value: /etc/tokens\n'),
    'fail',
  ],
  [
    '1.2.17',
    'logs of a week',
    () => changed(INIT, /- name: audit-log-maxage\n {6}value: "30"/, '- name: audit-log-maxage\n      value: "7"'),
    'fail',
  ],
  ['1.2.1', 'anonymous requests that reach more', () => changed('authentication', '- path: /livez', '- path: /metrics'), 'warn'],
  ['1.2.28', 'a weak provider', () => changed('skeleton.yaml', 'secretbox', 'aesgcm'), 'warn'],
  ['1.2.29', 'TLS 1.2 without suites', () => changed(INIT, 'value: VersionTLS13', 'value: VersionTLS12'), 'warn'],
  ['4.2.13', 'no limit of process ids', () => changed(INIT, '\npodPidsLimit: 4096', ''), 'warn'],
  ['4.2.1', 'anonymous requests', () => changed(INIT, 'anonymous:\n    enabled: false', 'anonymous:\n    enabled: true'), 'fail'],
  ['1.1.12', 'folders as kubeadm leaves them', () => without('/kubernetes-hardening.conf'), 'fail'],
  ['4.1.9', 'modes as kubeadm leaves them', () => without('/kubernetes-hardening.conf'), 'fail'],
  ['4.2.1', 'no configuration of the kubelet', () => changed(INIT, 'kind: KubeletConfiguration', 'kind: Other'), 'unknown'],
  ['1.2.15', 'no file that starts the API server', () => without('/kubeadm/'), 'unknown'],
])('says of %s with %s, as it is', (id, _what, files, result) => expect(resultOf(id, files())).toBe(result));

it('judges the kubelets of workers too', () => {
  const files = changed(
    'worker.yaml',
    'discovery:',
    'nodeRegistration:\n  kubeletExtraArgs:\n    - name: anonymous-auth\n      value: "true"\ndiscovery:',
  );
  expect([resultOf('4.2.1', files, {}, 'worker'), resultOf('4.2.1', files, {}, 'control-plane')]).toEqual(['fail', 'pass']);
});

it('never says pass without what it was read from', () => {
  for (const files of [nodeFiles(), [nodeFile('/etc/x', '')]]) {
    for (const distribution of [undefined, ...DISTRIBUTIONS]) {
      expect(predict(files, { distribution }).filter(({ evidence }) => evidence.join('').length < 10)).toEqual([]);
    }
  }
  expect(cisCounts(predict([nodeFile('/etc/x', '')], { distribution: undefined })).pass).toBe(0);
  expect(predict([])).toEqual([]);
});

it.each(['k3s', 'eks', 'gke', 'aks'] as const)('finds nothing to look at on %s, for which there are other benchmarks', (distribution) => {
  const files = distribution === 'k3s' ? nodeFiles('1.36', 'k3s') : [nodeFile('/etc/x', '')];
  const { pass, fail, warn } = cisCounts(predict(files, { distribution }));
  expect([pass, fail, warn]).toEqual([0, 0, 0]);
});

it.each([
  ['rke2', '1.36', '1.2.1', 'warn AUTH-02'],
  ['rke2', '1.36', '1.2.8', 'pass'],
  ['rke2', '1.36', '1.2.24', 'unknown'],
  ['rke2', '1.36', '2.1', 'not applicable'],
  ['rke2', '1.36', '4.2.1', 'not applicable'],
  ['talos', '1.36', '1.2.1', 'pass'],
  ['talos', '1.36', '1.2.24', 'pass'],
  ['talos', '1.36', '1.2.21', 'pass'],
  ['talos', '1.37', '1.2.1', 'warn AUTH-02'],
  ['talos', '1.37', '1.2.7', 'unknown'],
  ['talos', '1.37', '1.1.1', 'not applicable'],
] as const)('judges on %s %s the flags that are known: %s is %s', (distribution, minor, id, result) => {
  expect(resultOf(id, nodeFiles(minor, distribution), { distribution, minor })).toBe(result);
});

it.each([
  ['rke2', '50-hardening.yaml', /(kube-apiserver-arg:[\s\S]*?)profiling=false/, '$1profiling=true', '1.2.15', 'fail'],
  ['rke2', '50-hardening.yaml', 'authorization-mode=Node,RBAC', 'authorization-mode=RBAC', '1.2.7', 'fail'],
  ['talos', '/talos/control-plane.yaml', 'audit-log-maxage: "30"', 'audit-log-maxage: "7"', '1.2.17', 'fail'],
] as const)('fails on %s what a file there says', (distribution, place, from, to, id, result) => {
  expect(resultOf(id, changed(place, from, to, nodeFiles('1.36', distribution)), { distribution })).toBe(result);
});

it('gives reasons for checks and controls that exist', () => {
  const ids = CIS_CHECKS.map(({ id }) => id);
  expect(CIS_DEVIATIONS.flatMap(({ checks }) => checks).filter((id) => !ids.includes(id))).toEqual([]);
  expect(CIS_DEVIATIONS.map(({ control }) => controlOf(control).id)).toEqual(CIS_DEVIATIONS.map(({ control }) => control));
});

it('reports each check with its evidence, and the reason where it is not passed on purpose', () => {
  const predictions = predict(nodeFiles()).filter(({ check }) => ['1.2.1', '1.2.15', '5.1.7'].includes(check.id));
  expect(cisJson(predictions, '1.36')).toMatchObject({
    benchmark: 'cis-1.12',
    counts: { pass: 1, fail: 0, warn: 1, manual: 1, unknown: 0, 'not applicable': 0 },
    checks: [
      {
        id: '1.2.1',
        result: 'warn',
        kubeBench: 'WARN',
        evidence: ['--anonymous-auth is not given to kube-apiserver'],
        deviation: { control: 'AUTH-02' },
      },
      { id: '1.2.15', result: 'pass', kubeBench: 'PASS', evidence: [`--profiling=false (${INIT})`] },
      { id: '5.1.7', result: 'manual', role: 'cluster' },
    ],
  });
  const page = cisPage(predictions, '1.36');
  expect(page).toContain('1 pass, 0 fail, 1 warn, 1 manual, 0 unknown, 0 not applicable.');
  expect(page).toMatch(
    /## Not passed, and not meant\n\nNone\.\n\n## Not passed on purpose\n\n.*\n.*\n\| 1\.2\.1 \| control-plane \| no anonymous requests \| warn \| AUTH-02: /,
  );
});
