/**
 * Holds the rules against the fixtures of Pod Security itself, at both levels and every supported minor, as a Pod and inside
 * each controller: a pod that must fail is refused by the rule that stands for the check it is named after, a pod that must
 * pass by none of the level's rules.
 *
 *   npm run conformance:pod-security -- <folder with {baseline,restricted}/v1.36/{pass,fail}>
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { inController, PlatformSettings, POD_SECURITY_LEVELS, POD_SECURITY_RULES, SUPPORTED_MINORS } from '../src';
import type { CelRule, KubeObject, PodSecurityLevel } from '../src';
import { checkOfFixture, FIXTURE_KINDS } from './pod-security-fixtures';

const [folder = path.join(__dirname, '..', '..', 'shared', 'fixtures', 'pod-security')] = process.argv.slice(2);

if (!fs.existsSync(folder)) {
  throw new Error(`The fixtures of Pod Security are not there: ${folder}`);
}
let fixtures = 0;
let disagreements = 0;
for (const level of POD_SECURITY_LEVELS) {
  for (const minor of SUPPORTED_MINORS) {
    for (const side of ['pass', 'fail'] as const) {
      judgeFolder(level, path.join(level, `v${minor}`, side), side, PlatformSettings.from({ minor }));
    }
  }
}
process.stdout.write(`${fixtures} fixtures, ${disagreements} disagreements\n`);
process.exitCode = disagreements > 0 || fixtures === 0 ? 1 : 0;

function judgeFolder(level: PodSecurityLevel, place: string, side: 'pass' | 'fail', settings: PlatformSettings): void {
  const files = fs.readdirSync(path.join(folder, place)).sort();
  let wrongHere = 0;
  for (const file of files) {
    const pod = parse(fs.readFileSync(path.join(folder, place, file), 'utf8')) as KubeObject;
    const wrong = FIXTURE_KINDS.flatMap((kind) => {
      const refusedBy = refusals(inController(pod, kind), POD_SECURITY_RULES[level], settings);
      const right = side === 'pass' ? refusedBy.length === 0 : refusedBy.some((rule) => standsFor(rule, file));
      return right ? [] : [`${kind}: refused by ${refusedBy.map(({ id }) => id).join(', ') || 'none'}`];
    });
    wrong.forEach((line) => process.stdout.write(`DISAGREES  ${path.join(place, file)} as ${line}\n`));
    wrongHere += wrong.length > 0 ? 1 : 0;
  }
  fixtures += files.length;
  disagreements += wrongHere;
  process.stdout.write(`${place}: ${files.length} fixtures as ${FIXTURE_KINDS.length} kinds, ${wrongHere} disagreements\n`);
}

function refusals(object: KubeObject, rules: readonly CelRule[], settings: PlatformSettings): CelRule[] {
  const artifacts = { manifests: [{ object, origin: {} }], nodeFiles: [] };
  return rules.filter((rule) => rule.check({ artifacts, settings, waivers: [] }).length > 0);
}

function standsFor({ cel }: CelRule, file: string): boolean {
  const name = checkOfFixture(file);
  return (cel.podSecurity ?? []).some((check) => check.toLowerCase() === name);
}
