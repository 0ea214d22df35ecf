/**
 * Holds the rules against the fixtures of Pod Security itself: at level restricted, every pod that must fail is refused by
 * at least one of our Pod Security rules, and every pod that must pass by none, as a Pod and inside each controller.
 *
 *   npm run conformance:pod-security [-- <folder with restricted/v1.36/{pass,fail}>]
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { inController, PlatformSettings, POD_SECURITY_RULES, SUPPORTED_MINORS } from '../src';
import type { KubeObject, KubernetesMinor } from '../src';

const [folder = path.join(__dirname, '..', '..', 'shared', 'fixtures', 'pod-security')] = process.argv.slice(2);
const KINDS = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'];

if (!fs.existsSync(folder)) {
  throw new Error(`The fixtures of Pod Security are not there: ${folder}`);
}
let judged = 0;
const wrong: string[] = [];
for (const minor of SUPPORTED_MINORS) {
  for (const side of ['pass', 'fail'] as const) {
    const fixtures = path.join(folder, 'restricted', `v${minor}`, side);
    for (const file of fs.readdirSync(fixtures).sort()) {
      const pod = parse(fs.readFileSync(path.join(fixtures, file), 'utf8')) as KubeObject;
      KINDS.forEach((kind) => judge(`v${minor}/${side}/${file} as ${kind}`, side, pod, kind, minor));
    }
  }
}
wrong.forEach((line) => process.stdout.write(`WRONG  ${line}\n`));
process.stdout.write(`${judged} verdicts, ${wrong.length} wrong\n`);
process.exitCode = wrong.length > 0 || judged === 0 ? 1 : 0;

function judge(name: string, side: 'pass' | 'fail', pod: KubeObject, kind: string, minor: KubernetesMinor): void {
  const artifacts = { manifests: [{ object: inController(pod, kind), origin: {} }], nodeFiles: [] };
  const settings = PlatformSettings.from({ minor });
  const refusedBy = POD_SECURITY_RULES.filter((rule) => rule.check({ artifacts, settings }).length > 0).map((rule) => rule.id);
  judged += 1;
  if ((side === 'pass') !== (refusedBy.length === 0)) {
    wrong.push(`${name}: ${refusedBy.length > 0 ? `refused by ${refusedBy.join(', ')}` : 'not refused'}`);
  }
}
