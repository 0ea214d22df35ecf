/**
 * A control plane on this machine to try things on, from the blueprint and its files for hosts; no root, no containers, no nodes:
 * pods are admitted and stay pending.
 *
 *   npm run cluster -- up [--minor 1.36] [--blueprint FILE] [--port 6443] [--plain]
 *   npm run cluster -- status
 *   npm run cluster -- down
 *
 * It goes on in the background; everything of it lies in `.cluster`. With --plain it is as kubeadm makes it by itself.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { SUPPORTED_MINORS } from '../src';
import { Cluster } from '../test/e2e/cluster';
import { CONTROL_PLANE } from '../test/e2e/cluster/programs';

const FOLDER = path.resolve('.cluster');
const COMMANDS = { up, down, status } as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minor: { type: 'string', default: '1.36' },
    blueprint: { type: 'string' },
    port: { type: 'string' },
    plain: { type: 'boolean', default: false },
  },
});
const [name = ''] = positionals;
const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1];
if (command === undefined || positionals.length > 1) {
  fail(
    `usage: npm run cluster -- ${Object.keys(COMMANDS).join('|')} [--minor ${SUPPORTED_MINORS.join('|')}] [--blueprint FILE] [--port N] [--plain]`,
  );
}
command().catch((error: unknown) => fail((error as Error).message));

async function up(): Promise<void> {
  const minor = SUPPORTED_MINORS.find((supported) => supported === values.minor);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (minor === undefined) fail(`--minor is ${values.minor}. Write one of ${SUPPORTED_MINORS.join(', ')}.`);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    fail(`--port is ${values.port}. Write a number up to 65535.`);
  if (fs.existsSync(FOLDER))
    fail(`${FOLDER} is there. npm run cluster -- status says of what cluster it is, npm run cluster -- down ends it.`);
  const cluster = await Cluster.start({
    minor,
    hardened: !values.plain,
    blueprint: values.blueprint,
    ports: port === undefined ? {} : { apiServer: port },
    folder: FOLDER,
    onStep: (step, seconds) => say(`${step}: ${seconds.toFixed(1)} s`),
  });
  await cluster.release();
  say(`Kubernetes ${minor} at ${cluster.server}, in the background. To use it, and to end it:

  export KUBECONFIG=${cluster.kubeconfig}
  ${cluster.programOf('kubectl')} apply --server-side -R -f ${path.relative('.', cluster.dist)}/manifests
  npm run cluster -- down`);
}

async function status(): Promise<void> {
  if (!fs.existsSync(FOLDER)) return say('There is no cluster. npm run cluster -- up starts one.');
  const cluster = Cluster.attach(FOLDER);
  const pids = CONTROL_PLANE.map((program) => ({ program, pid: cluster.pidOf(program) }));
  pids.forEach(({ program, pid }) => say(`${program.padEnd(24)} ${pid === undefined ? 'does not run' : `runs (${pid})`}`));
  if (pids.some(({ pid }) => pid === undefined)) fail('Not everything runs. npm run cluster -- down clears it away.');
  say(`Kubernetes ${cluster.minor} at ${cluster.server}: export KUBECONFIG=${cluster.kubeconfig}`);
}

async function down(): Promise<void> {
  if (!fs.existsSync(FOLDER)) return say('There is no cluster.');
  await Cluster.attach(FOLDER).stop();
  say(`The cluster is gone, and ${FOLDER} with it.`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
