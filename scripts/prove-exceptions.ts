/**
 * Shows that a waiver silences other tools for exactly what it is for. Two sets of objects have the same faults; for one
 * of them most are waived. What each tool says without the exceptions, less the waived checks of the waived objects, must
 * be what it says with them: the other set and all other checks stay. Also, every check that the controls name must exist.
 *
 *   npm run tools && npm run prove:exceptions
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CONTROLS } from '../src';
import { NOT_WAIVED, WAIVED, WAIVED_CONTROLS, writeApp } from './exceptions-app';
import { BIN, EXCEPTION_TOOLS, programOf } from './exceptions-tools';
import type { Findings, Tool } from './exceptions-tools';
import { run } from './run-tool';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'exceptions-'));
try {
  writeApp(path.join(work, 'before'), false);
  writeApp(path.join(work, 'after'), true);
  process.exitCode = [...EXCEPTION_TOOLS.flatMap(prove), ...proveKubescape()].length > 0 ? 1 : 0;
} finally {
  fs.rmSync(work, { recursive: true });
}

/** Proves one tool, and tells what it saw; returns what is not as it must be. */
function prove(tool: Tool): string[] {
  const program = programOf(tool);
  if (program === undefined) {
    process.stdout.write(`${tool.name}: not proven, there is no ${tool.program}${tool.built ? ': run npm run tools' : ' on the PATH'}\n`);
    return tool.built ? [tool.name] : [];
  }
  const start = Date.now();
  const before = tool.findings(program, path.join(work, 'before'));
  const after = tool.findings(program, path.join(work, 'after'), path.join(work, 'after', 'report', 'exceptions'));
  const waivedChecks = new Set(
    CONTROLS.filter(({ id }) => WAIVED_CONTROLS.includes(id)).flatMap(({ mappings }) => mappings[tool.mapping] ?? []),
  );
  const silenced = [...before].filter((finding) => waivedChecks.has(checkOf(finding)) && nameOf(finding) === WAIVED);
  const expected = new Set([...before].filter((finding) => !silenced.includes(finding)));
  const others = [...after].filter((finding) => nameOf(finding) === WAIVED);
  const problems = [
    ...(silenced.length === 0 ? ['finds nothing that is waived: this proves nothing'] : []),
    ...(others.length === 0 ? ['finds nothing else in the waived objects: this proves nothing'] : []),
    ...silenced.filter((finding) => !before.has(neighbourOf(finding))).map((finding) => `does not find in both: ${finding}`),
    ...missing(expected, after).map((finding) => `was silenced too: ${finding}`),
    ...missing(after, expected).map((finding) => `was not silenced: ${finding}`),
    ...unknownChecks(tool, program).map((check) => `has no check ${check}`),
  ];
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${tool.name}: ${silenced.length} findings silenced of ${before.size}, ${others.length} others of the waived objects stay, ` +
      `${tool.checks ? 'its list of checks read' : 'no list of checks'}, ${seconds} s\n`,
  );
  problems.forEach((problem) => process.stdout.write(`  ✗ ${problem}\n`));
  return problems;
}

/** Kubescape fetches its rules from the network; its exceptions are read with the types of its API. */
function proveKubescape(): string[] {
  const file = path.join(work, 'after', 'report', 'exceptions', 'kubescape.json');
  const count = run(path.join(BIN, 'kubescape-exceptions'), [file]).trim();
  process.stdout.write(`Kubescape: ${count} exceptions, read by its types\n`);
  return count === '0' ? ['Kubescape has no exceptions'] : [];
}

/** Checks that a control names and the tool does not have. */
function unknownChecks({ mapping, checks }: Tool, program: string): string[] {
  const known = new Set(checks?.(program));
  return checks ? CONTROLS.flatMap(({ mappings }) => mappings[mapping] ?? []).filter((check) => !known.has(check)) : [];
}

function missing(wanted: Findings, there: Findings): string[] {
  return [...wanted].filter((finding) => !there.has(finding));
}

function checkOf(finding: string): string {
  return finding.split(' ')[0] as string;
}

function nameOf(finding: string): string | undefined {
  return finding.split('/').at(-1);
}

function neighbourOf(finding: string): string {
  return finding.replace(new RegExp(`/${WAIVED}$`), `/${NOT_WAIVED}`);
}
