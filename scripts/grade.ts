/**
 * Judges manifests with graders that were not written here, and fails on every finding that is not accepted below. First
 * it shows each of them a weakened copy: a grader that finds nothing there is not working, and counts as a failure.
 *
 *   npm run tools && npm run grade -- <folder of manifests> ...
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const TOOLS = path.join(__dirname, '..', 'tools');
const BIN = path.join(TOOLS, 'bin');

/** Findings that stay, each with the reason: defects of the grader. */
const ACCEPTED: readonly { readonly grader: string; readonly finding: RegExp; readonly reason: string }[] = [
  {
    grader: 'monokle',
    finding: /'app\.kubernetes\.io\/managed' label/,
    reason: 'the recommended label is called app.kubernetes.io/managed-by',
  },
];

interface Grader {
  readonly name: string;
  /** One line for each finding in the file. @throws when the grader itself fails */
  readonly findings: (file: string) => string[];
  /** Turns a good manifest into one with something for this grader to find. */
  readonly weaken: (manifest: string) => string;
}

const privileged = (manifest: string): string => manifest.replaceAll('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true');

const GRADERS: readonly Grader[] = [
  {
    name: 'podsecurity',
    findings: (file) => lines(run(path.join(BIN, 'podsecurity'), [file], [0, 1])).filter((line) => !line.startsWith('{')),
    weaken: privileged,
  },
  {
    name: 'kubeconform',
    findings: (file) =>
      lines(
        run(
          path.join(BIN, 'kubeconform'),
          ['-strict', '-schema-location', path.join(BIN, 'schemas', '{{ .ResourceKind }}{{ .KindSuffix }}.json'), file],
          [0, 1],
        ),
      ),
    weaken: (manifest) => manifest.replaceAll('automountServiceAccountToken:', 'automountServiceAcountToken:'),
  },
  {
    name: 'kube-score',
    findings: (file) =>
      lines(run(path.join(BIN, 'kube-score'), ['score', '--output-format', 'ci', file], [0, 1])).filter((line) =>
        /^\[(WARNING|CRITICAL)\]/.test(line),
      ),
    weaken: (manifest) => manifest.replaceAll('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'),
  },
  { name: 'checkov', findings: checkov, weaken: privileged },
  {
    name: 'monokle',
    findings: (file) =>
      lines(run(process.execPath, [path.join(TOOLS, 'monokle', 'grade.mjs'), file], [0])).filter((line) => !line.startsWith('{')),
    weaken: privileged,
  },
];

const folders = process.argv.slice(2);
if (folders.length === 0) {
  throw new Error('Usage: npm run grade -- <folder of manifests> ...');
}
if (!fs.existsSync(BIN)) {
  throw new Error('There are no graders: run npm run tools first.');
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'grade-'));
try {
  process.exitCode = folders.map(grade).some((bad) => bad > 0) ? 1 : 0;
} finally {
  fs.rmSync(work, { recursive: true });
}

/** Judges one folder; returns how many findings are not accepted. */
function grade(folder: string): number {
  const manifests = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  const text = manifests.map((file) => fs.readFileSync(path.join(folder, file), 'utf8')).join('\n---\n');
  const hasPods = /\n {6}containers:|\n {10}containers:/.test(text);
  let bad = 0;
  process.stdout.write(`${folder}: ${manifests.length} files\n`);
  for (const grader of GRADERS.filter(({ name }) => hasPods || name !== 'podsecurity')) {
    const start = Date.now();
    const findings = grader.findings(write(text));
    const others = findings.filter(
      (finding) => !ACCEPTED.some((accepted) => accepted.grader === grader.name && accepted.finding.test(finding)),
    );
    const bites = !hasPods || grader.findings(write(grader.weaken(text))).length > findings.length;
    process.stdout.write(
      `  ${grader.name.padEnd(12)} ${others.length} findings, ${findings.length - others.length} accepted, ${((Date.now() - start) / 1000).toFixed(1)} s${bites ? '' : ', AND DOES NOT SEE A WEAKENED COPY'}\n`,
    );
    others.forEach((finding) => process.stdout.write(`    ${finding}\n`));
    bad += others.length + (bites ? 0 : 1);
  }
  return bad;
}

function write(text: string): string {
  const folder = fs.mkdtempSync(path.join(work, 'in-'));
  const file = path.join(folder, 'manifests.yaml');
  fs.writeFileSync(file, text);
  return file;
}

function checkov(file: string): string[] {
  const args = [
    '--directory',
    path.dirname(file),
    '--framework',
    'kubernetes',
    '--skip-download',
    '--compact',
    '--quiet',
    '--output',
    'json',
  ];
  const report = JSON.parse(run(path.join(BIN, 'checkov', 'bin', 'checkov'), args, [0, 1])) as {
    readonly summary?: { readonly resource_count: number };
    readonly results: {
      readonly failed_checks: readonly { readonly check_id: string; readonly check_name: string; readonly resource: string }[];
    };
  };
  if (!report.summary?.resource_count) {
    throw new Error('checkov saw no objects');
  }
  return report.results.failed_checks.map(({ check_id, check_name, resource }) => `${check_id} ${resource}: ${check_name}`);
}

function run(command: string, args: readonly string[], expected: readonly number[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error || !expected.includes(status ?? -1)) {
    throw new Error(`${path.basename(command)} failed (${status}): ${error?.message ?? stderr}`);
  }
  return stdout;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
