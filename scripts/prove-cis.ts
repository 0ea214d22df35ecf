import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KUBE_BENCH_STATES, PlatformSettings, predictCis } from '../src';
import type { NodeFile } from '../src';
import { filesOf } from '../test/control-plane/distributions/one-cluster';
import { changed, INIT, nodeFiles, without } from '../test/support/node-files';

/**
 * Holds the predicted results of CIS against kube-bench itself: `npm run prove:cis -- FOLDER`, where FOLDER is the `cfg` of kube-bench.
 * kube-bench and kubeadm (1.36) must be on the PATH, and it takes root: an own root is laid over that of this machine, where kubeadm
 * writes what it writes, our files are installed, and programs that do nothing have the command lines of the static pods.
 */
const USAGE = 'npm run prove:cis -- FOLDER, the folder cfg of kube-bench; kube-bench and kubeadm must be on the PATH';

/** Checks whose state kube-bench takes from what is not there without a cluster. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  '1.1.9': 'the network plugin writes its files',
  '1.1.10': 'the network plugin writes its files',
};

interface KubeBenchReport {
  readonly Controls: readonly { readonly tests: readonly { readonly results: readonly KubeBenchResult[] }[] }[];
}

interface KubeBenchResult {
  readonly test_number: string;
  readonly status: string;
  readonly actual_value: string;
  readonly reason?: string;
}

/** Files that pass what is meant to pass, those with other options, and files with faults of every kind. */
const SETS: Readonly<Record<string, readonly NodeFile[]>> = {
  'what this project makes': nodeFiles(),
  'with TLS 1.2, authorization by a file, and images that are always pulled': filesOf('kubeadm', {
    baseline: {
      access: { authorization: { form: 'file' } },
      admission: { alwaysPullImages: true },
      nodes: { tls: { minVersion: '1.2' }, fileModes: { certificates: '0644' } },
    },
  }),
  'with faults': (
    [
      [/- name: profiling\n( +)value: "false"/g, '- name: profiling\n$1value: "true"'],
      [/- name: bind-address\n( +)value: 127.0.0.1/g, '- name: bind-address\n$1value: 0.0.0.0'],
      [/NodeRestriction,|,EventRateLimit/g, ''],
      [/- name: audit-log-max(age|backup|size)\n( +)value: "\d+"/g, '- name: audit-log-max$1\n$2value: "7"'],
      ['Node,RBAC', 'RBAC,AlwaysAllow'],
      [/- name: service-account-lookup\n( +)value: "true"/, '- name: token-auth-file\n$1value: /etc/tokens'],
      [/- name: (peer-)?auto-tls\n( +)value: "false"/g, '- name: $1auto-tls\n$2value: "true"'],
      [/ +- name: service-account-extend-token-expiration\n.*\n/, ''],
      [/ +- name: terminated-pod-gc-threshold\n.*\n/, ''],
      ['VersionTLS13', 'VersionTLS12'],
      [/anonymous:\n( +)enabled: false/, 'anonymous:\n$1enabled: true'],
      ['readOnlyPort: 0', 'readOnlyPort: 10255'],
      ['rotateCertificates: true', 'rotateCertificates: false'],
      ['makeIPTablesUtilChains: true', 'makeIPTablesUtilChains: false'],
      ['podPidsLimit: 4096\n', ''],
      ['seccompDefault: true\n', ''],
      ['tlsMinVersion: VersionTLS13', 'tlsMinVersion: VersionTLS12\ntlsCipherSuites: [TLS_RSA_WITH_AES_128_CBC_SHA]'],
    ] as const
  ).reduce<readonly NodeFile[]>((files, [from, to]) => changed(INIT, from, to, files), without('/kubernetes-hardening.conf')),
};

const [config] = process.argv.slice(2);
if (config === undefined || !fs.existsSync(path.join(config, 'cis-1.12'))) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
Object.entries(NOT_COMPARED).forEach(([id, why]) => process.stdout.write(`${id}: not compared, since ${why}\n`));
for (const [name, files] of Object.entries(SETS)) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'prove-cis-'));
  try {
    process.exitCode ||= compare(name, files, kubeBench(path.resolve(config), folder, files));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What kube-bench says of a control-plane node that is set up with these files, by number of the check. */
function kubeBench(cfg: string, folder: string, files: readonly NodeFile[]): ReadonlyMap<string, KubeBenchResult> {
  const staged = path.join(folder, 'files');
  for (const { path: target, content, mode } of files.filter(({ role }) => role === 'control-plane')) {
    fs.mkdirSync(path.dirname(path.join(staged, target)), { recursive: true });
    fs.writeFileSync(path.join(staged, target), content, { mode: parseInt(mode, 8) });
  }
  const script = path.join(__dirname, 'prove-cis.sh');
  const run = spawnSync('unshare', ['--mount', '--pid', '--net', '--fork', 'bash', script, folder, cfg, INIT], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  process.stderr.write(run.stderr);
  if (run.status !== 0) {
    throw new Error(`kube-bench did not run: status ${run.status}`);
  }
  const report = JSON.parse(run.stdout.slice(run.stdout.indexOf('{'))) as KubeBenchReport;
  const results = report.Controls.flatMap(({ tests }) => tests.flatMap((group) => group.results));
  return new Map(results.map((result) => [result.test_number, result]));
}

/** 1 if they disagree anywhere, else 0. */
function compare(name: string, files: readonly NodeFile[], said: ReadonlyMap<string, KubeBenchResult>): number {
  const predictions = predictCis({ manifests: [], nodeFiles: files }, PlatformSettings.from({ minor: '1.36', distribution: 'kubeadm' }));
  const compared = predictions.filter(({ check, role }) => role === 'control-plane' && !(check.id in NOT_COMPARED));
  const wrong = compared.flatMap(({ check, result, evidence }) => {
    const found = said.get(check.id);
    return found?.status === KUBE_BENCH_STATES[result]
      ? []
      : [
          `${check.id} ${check.title}: predicted ${result} (${evidence.join('; ')}), kube-bench says ${found?.status} (${found?.reason ?? found?.actual_value})`,
        ];
  });
  const unpredicted = [...said.keys()].filter((id) => !(id in NOT_COMPARED) && !compared.some(({ check }) => check.id === id));
  wrong.forEach((line) => process.stderr.write(`${line}\n`));
  unpredicted.forEach((id) => process.stderr.write(`${id}: not predicted\n`));
  const states = ['PASS', 'FAIL', 'WARN'].map((state) => `${[...said.values()].filter(({ status }) => status === state).length} ${state}`);
  process.stdout.write(
    `${name}: ${states.join(', ')}; kube-bench and the prediction agree on ${compared.length - wrong.length} of ${compared.length} checks\n`,
  );
  return wrong.length + unpredicted.length > 0 ? 1 : 0;
}
