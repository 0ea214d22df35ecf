/**
 * Times `check` on 2,000 and on 20,000 objects, and measures what the largest inputs that it reads, kind ones and hostile ones,
 * take of memory. Each in a process of its own, as users run it, with the heap that Node has on a machine with 8 GB. Linux only.
 *
 *   npm run --silent bench:check      the last line is JSON: { "growth": time of the processor for ten times the objects, divided
 *                                     by ten, "objectsMb", "listMb", "hostileMb", "lineMb": most memory }
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stringify } from 'yaml';
import type { KubeObject } from '../src';
import { MAX_DOCUMENT_TOKENS, MAX_INPUT_BYTES, MAX_OBJECTS } from '../src';

const MEBIBYTE = 1024 * 1024;
const HEAP_MB = 2048;
const RUNS = 2;

/** Says at the end what the process has used. Of memory not `maxRSS`, which a process inherits from the one that starts it. */
const MEASURE = `
  import { readFileSync } from 'node:fs';
  process.on('exit', () => {
    const megabytes = Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
    process.stdout.write(JSON.stringify([process.cpuUsage().user / 1e6, megabytes]));
  });`;

interface Run {
  readonly status: number | null;
  readonly seconds: number;
  readonly megabytes: number;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-check-'));
try {
  const [few, many] = [2_000, 20_000].map((count) => best(`${count} objects in a stream`, objects(count).map(document), 1)) as [Run, Run];
  const list = run('10 MB that kubectl wrote, one List', [document({ apiVersion: 'v1', kind: 'List', items: objectsOf(10e6) })], 1);
  const hostile = [
    run('one document of the most tokens, flat', [`a: [${'1,'.repeat(MAX_DOCUMENT_TOKENS / 3 - 10)}]`], 2),
    run('one document of the most tokens, in lists of lists', ['- - - - -\n'.repeat(MAX_DOCUMENT_TOKENS / 10 - 10)], 2),
    run('one document of too many tokens', [`[${'[],'.repeat(MAX_DOCUMENT_TOKENS)}]`], 2),
    run('as many documents as are read', ['--- \n- a\n'.repeat(MAX_INPUT_BYTES / 9 - 10)], 2),
    run(
      'as many objects as are read, each with all that is wrong',
      Array.from({ length: MAX_OBJECTS / 2 }, () => hostilePod(1)),
      1,
    ),
    run('as many containers as are read, each with all that is wrong', [hostilePod(MAX_OBJECTS - 1)], 1),
  ];
  const line = run('one line of 100 MB', ['a'.repeat(100 * MEBIBYTE)], 2);
  const figures = {
    growth: Math.round((10 * many.seconds) / few.seconds) / 100,
    objectsMb: many.megabytes,
    listMb: list.megabytes,
    hostileMb: Math.max(...hostile.map(({ megabytes }) => megabytes)),
    lineMb: line.megabytes,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  fs.rmSync(folder, { recursive: true });
}

/** The quickest of some runs: what else the machine does only adds time. */
function best(what: string, parts: readonly string[], status: number): Run {
  const runs = Array.from({ length: RUNS }, () => run(what, parts, status));
  return runs.reduce((quickest, next) => (next.seconds < quickest.seconds ? next : quickest));
}

/** @throws if `check` does not end with this code */
function run(what: string, parts: readonly string[], status: number): Run {
  const file = path.join(folder, 'input.yaml');
  fs.writeFileSync(file, parts.join('---\n'));
  const flags = [`--max-old-space-size=${HEAP_MB}`, '--import', 'tsx', '--import', `data:text/javascript,${encodeURIComponent(MEASURE)}`];
  const args = [...flags, 'src/cli/main.ts', 'check', file, '--format', 'json', '--output', `${file}.json`];
  const child = spawnSync(process.execPath, args, { cwd: path.join(__dirname, '..'), encoding: 'utf8' });
  if (child.status !== status) {
    throw new Error(`${what}: check ended with ${child.status}, not ${status}: ${child.stderr}`);
  }
  const [seconds, megabytes] = JSON.parse(child.stdout) as [number, number];
  process.stdout.write(
    `${what}: ${(fs.statSync(file).size / MEBIBYTE).toFixed(1)} MB, ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB of memory\n`,
  );
  return { status, seconds, megabytes: Math.round(megabytes) };
}

/** Workloads with what belongs to them, in namespaces of 40 objects. */
function objects(count: number): KubeObject[] {
  return Array.from({ length: count / 4 }, (_, index) => workload(`web-${index}`, `team-${Math.floor(index / 10)}`)).flat();
}

/** So many of them that they are this long as YAML. */
function objectsOf(bytes: number): KubeObject[] {
  const sample = objects(400);
  return objects(4 * Math.ceil((bytes / document(sample).length) * 100));
}

/** As YAML without aliases: programs write none. */
function document(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false });
}

/** A Pod about which as many rules as possible have something to say. */
function hostilePod(containers: number): string {
  const container =
    '{name: a, image: a, securityContext: {privileged: true, runAsUser: 0, capabilities: {add: [A]}, procMount: A}, ports: [{hostPort: 1}]},';
  return `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: {hostPID: true, containers: [${container.repeat(containers)}]}}}}\n`;
}

function workload(name: string, namespace: string): KubeObject[] {
  const env = Array.from({ length: 6 }, (_, index) => ({ name: `SETTING_${index}`, value: `value of ${name} ${index}` }));
  const container = { name: 'main', image: 'registry.example.com/web:1.4.2', env, ports: [{ name: 'http', containerPort: 8080 }] };
  const template = { metadata: { labels: { app: name } }, spec: { serviceAccountName: name, containers: [container] } };
  const made = (apiVersion: string, kind: string, fields: object): KubeObject => ({
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      labels: { app: name },
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ apiVersion, kind, metadata: { name, namespace }, ...fields }),
      },
      creationTimestamp: '2026-11-24T08:00:00Z',
      resourceVersion: '123456',
      uid: `6f1c2a34-0000-4000-8000-${name}`,
    },
    ...fields,
  });
  return [
    made('apps/v1', 'Deployment', { spec: { selector: { matchLabels: { app: name } }, template } }),
    made('v1', 'Service', { spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 'http' }] } }),
    made('v1', 'ServiceAccount', {}),
    made('v1', 'ConfigMap', { data: { 'app.properties': 'colour=blue\nlimit=10\n' } }),
  ];
}
