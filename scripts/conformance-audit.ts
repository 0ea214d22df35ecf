/**
 * Holds the audit simulator against the API server's own code (tools/audit): which policies it starts with, which it leaves
 * something of out of account, and what it records of requests, for random policies and for the profiles. Measures the sizes
 * of events again, too.
 *
 *   npm run tools && npm run conformance:audit [-- <policies>]
 */
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { AUDIT_PROFILES, AUDIT_SIZES, auditLevel, auditPolicy, SUPPORTED_MINORS } from '../src';
import type { AuditDecision, AuditRequest } from '../src';
import { auditPolicyShape } from '../src/rules/node-files/audit-policy-shape';
import { auditPolicyArbitrary, auditRequestArbitrary, writtenPolicyArbitrary } from '../test/support/audit-arbitrary';

const TOOL = path.join(__dirname, '..', 'tools', 'bin', 'audit');
const SEED = 2026;
/** Minor of the code in tools/audit. */
const MINOR = '1.37';
const REQUESTS_EACH = 40;
/** Sizes may differ by this share before the data are out of date. */
const TOLERANCE = 0.1;

interface Question {
  readonly policy: unknown;
  readonly requests: readonly AuditRequest[];
}

interface Answer {
  readonly refused?: string;
  readonly ignores?: boolean;
  readonly decisions?: readonly AuditDecision[];
}

const count = Number(process.argv[2] ?? 3000);
const profiles = SUPPORTED_MINORS.flatMap((minor) =>
  AUDIT_PROFILES.flatMap((profile) =>
    [true, false].map((requestReceived) =>
      auditPolicy({ profile, minor, requestReceived, secretLike: [{ group: 'a.b', resources: ['deployments'] }] }),
    ),
  ),
);
const requests = fc.sample(auditRequestArbitrary, { seed: SEED, numRuns: count });
const pick = (from: number): AuditRequest[] =>
  Array.from({ length: REQUESTS_EACH }, (_, index) => requests[(from + index * 7) % requests.length] as AuditRequest);
const questions: Question[] = [
  ...profiles.map((policy) => ({ policy, requests })),
  ...fc.sample(auditPolicyArbitrary(), { seed: SEED, numRuns: count }).map((policy, index) => ({ policy, requests: pick(index) })),
  ...fc.sample(writtenPolicyArbitrary, { seed: SEED, numRuns: count }).map((policy, index) => ({ policy, requests: pick(index) })),
];

const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
const output = execFileSync(TOOL, ['decide'], {
  input,
  encoding: 'utf8',
  maxBuffer: 1024 * 1024 * 1024,
  stdio: ['pipe', 'pipe', 'ignore'],
});
const answers = output
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);

let decisions = 0;
let disagreements = 0;
questions.forEach((question, index) => compare(question, answers[index] as Answer));
const loaded = answers.filter(({ refused }) => refused === undefined).length;
const outdated = outdatedSizes();
process.stdout.write(
  `${questions.length} policies (${answers.length - loaded} refused by the server), ${decisions} requests: ${disagreements} disagreements; ` +
    `${outdated.length} sizes out of date\n`,
);
process.exitCode = disagreements + outdated.length > 0 || decisions === 0 || loaded === answers.length ? 1 : 0;

function compare({ policy, requests: asked }: Question, answer: Answer): void {
  const { problems, policy: ours } = auditPolicyShape(policy, MINOR);
  const loads = ours !== undefined;
  // That the kind is missing is a problem to us, and none to the server.
  const ignores = loads && problems.some(({ field }) => field !== 'kind');
  if (loads !== (answer.refused === undefined) || ignores !== (answer.ignores ?? false)) {
    const told = problems.map(({ field, message }) => `${field}: ${message}`).join('; ') || 'nothing';
    disagree(
      `policy ${JSON.stringify(policy)}: the server ${answer.refused ?? (answer.ignores ? 'ignores something' : 'takes it')}; we say ${told}`,
    );
    return;
  }
  asked.forEach((request, index) => {
    if (!ours) {
      return;
    }
    decisions += 1;
    const [said, server] = [auditLevel(ours, request), answer.decisions?.[index]];
    if (!isDeepStrictEqual(said, server)) {
      disagree(`${JSON.stringify(request)} under ${JSON.stringify(policy)}: server ${JSON.stringify(server)}, we ${JSON.stringify(said)}`);
    }
  });
}

function disagree(line: string): void {
  disagreements += 1;
  if (disagreements <= 20) {
    process.stdout.write(`DISAGREES  ${line}\n`);
  }
}

/** Sizes in the data that are no longer what the server's types come to. */
function outdatedSizes(): string[] {
  const measured = JSON.parse(execFileSync(TOOL, ['sizes'], { encoding: 'utf8', input: '' })) as {
    metadata: number;
    bodies: Record<string, number>;
  };
  const ours = { metadata: AUDIT_SIZES.metadata, ...AUDIT_SIZES.bodies };
  const theirs: Record<string, number> = { metadata: measured.metadata, ...measured.bodies };
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter((name) => {
    const [said = 0, now = 0] = [ours[name as keyof typeof ours], theirs[name]];
    const outdatedNow = Math.abs(said - now) > TOLERANCE * Math.max(said, now);
    if (outdatedNow) {
      process.stdout.write(`OUT OF DATE  ${name}: ${said} bytes in the data, ${now} measured\n`);
    }
    return outdatedNow;
  });
}
