/**
 * Puts the fixtures of Pod Security in front of a real API server with our admission policies, as a Pod and inside each controller: what
 * must fail is refused, for the reason of a rule that stands for the check which the fixture is named after; of what must pass no rule of
 * the level has anything to say. Needs the programs of Kubernetes (`npm run tools -- --kubernetes`).
 *
 *   npm run conformance:admission -- <folder with {baseline,restricted}/v1.36/{pass,fail}>
 */
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as path from 'node:path';
import { parse } from 'yaml';
import { CEL_RULES, inController, POD_SECURITY_LEVELS, POD_SECURITY_RULES } from '../src';
import type { CelRule, KubeObject, PodSecurityLevel } from '../src';
import type { Cluster } from '../test/e2e/cluster';
import { ask } from '../test/e2e/support/admission-requests';
import { judgingCluster } from '../test/e2e/support/judging-cluster';
import { checkOfFixture, FIXTURE_KINDS } from './pod-security-fixtures';

const MINOR = '1.36';
/** Rules that policies carry, of each level. */
const ENFORCED: Readonly<Record<PodSecurityLevel, readonly CelRule[]>> = {
  baseline: POD_SECURITY_RULES.baseline.filter((rule) => CEL_RULES.includes(rule)),
  restricted: POD_SECURITY_RULES.restricted.filter((rule) => CEL_RULES.includes(rule)),
};
const agent = new https.Agent({ keepAlive: true, maxSockets: 8 });

interface Answer {
  readonly asked: boolean;
  /** What is wrong with it; undefined: it is right. */
  readonly problem?: string;
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined || !fs.existsSync(folder)) {
    throw new Error(`Usage: npm run conformance:admission -- <folder>${folder === undefined ? '' : ` (there is no ${folder})`}`);
  }
  const cluster = await judgingCluster(MINOR);
  try {
    const answers: Answer[] = [];
    for (const level of POD_SECURITY_LEVELS) {
      for (const side of ['pass', 'fail'] as const) {
        const place = path.join(folder, level, `v${MINOR}`, side);
        for (const file of fs.readdirSync(place).sort()) {
          const pod = parse(fs.readFileSync(path.join(place, file), 'utf8')) as KubeObject;
          answers.push(...(await Promise.all(FIXTURE_KINDS.map((kind) => judge(cluster, level, side, file, kind, pod)))));
        }
      }
    }
    const problems = answers.flatMap(({ problem }) => problem ?? []);
    problems.forEach((problem) => process.stdout.write(`DISAGREES  ${problem}\n`));
    const asked = answers.filter((answer) => answer.asked).length;
    process.stdout.write(`${asked} objects asked, ${answers.length - asked} that no API server takes, ${problems.length} disagreements\n`);
    process.exitCode = problems.length > 0 || asked === 0 ? 1 : 0;
  } finally {
    agent.destroy();
    await cluster.stop();
  }
}

async function judge(
  cluster: Cluster,
  level: PodSecurityLevel,
  side: 'pass' | 'fail',
  file: string,
  kind: string,
  pod: KubeObject,
): Promise<Answer> {
  const object = inShop(inController(pod, kind), kind);
  const { deniedBy, warnings, invalid } = await ask(cluster, { operation: 'CREATE', object }, agent);
  // Only the rules of restricted are enforced: what must not pass at baseline is refused by the one that asks for more.
  const rules = ENFORCED[side === 'pass' ? level : 'restricted'].filter(({ message }) => warnings.includes(message));
  const where = `${level}/${side}/${file} as ${kind}`;
  if (invalid !== undefined) {
    return { asked: false };
  }
  if (side === 'pass') {
    return rules.length === 0 ? { asked: true } : { asked: true, problem: `${where}: refused by ${rules.map(({ id }) => id).join(', ')}` };
  }
  const right = deniedBy !== undefined && rules.some((rule) => standsFor(rule, file));
  return right ? { asked: true } : { asked: true, problem: `${where}: refused by ${rules.map(({ id }) => id).join(', ') || 'none'}` };
}

function inShop(object: KubeObject, kind: string): KubeObject {
  const copy: KubeObject = { ...structuredClone(object), metadata: { ...object.metadata, name: 'fixture', namespace: 'shop' } };
  const spec = copy['spec'] as { template?: { spec: object }; jobTemplate?: { spec: { template: { spec: object } } } };
  if (kind === 'Job' || kind === 'CronJob') {
    Object.assign((spec.jobTemplate?.spec ?? spec).template?.spec ?? {}, { restartPolicy: 'Never' });
  }
  return copy;
}

/** What is named after `capabilities_baseline` is refused by the rule for `capabilities_restricted`, which includes it. */
function standsFor({ cel }: CelRule, file: string): boolean {
  const name = checkOfFixture(file);
  return (cel.podSecurity ?? []).some((check) => [name, name.replace('_baseline', '_restricted')].includes(check.toLowerCase()));
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
