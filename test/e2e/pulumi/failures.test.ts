import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation';
import { Cluster } from '../cluster';
import { until } from '../cluster/processes';
import { OVERRIDES, Project } from './project';

let cluster: Cluster;
let project: Project;

beforeAll(async () => {
  cluster = await Cluster.start();
  project = new Project({ program: 'boutique.cjs', kubeconfig: cluster.kubeconfig });
}, 120_000);
afterAll(async () => {
  project.remove();
  await cluster.stop();
}, 60_000);

const stackOf = (name: string, config: Readonly<Record<string, string>> = {}, of = project): Promise<Stack> =>
  of.stack(name, { overrides: JSON.stringify(OVERRIDES), ephemeral: 'true', ...config });

/** How many objects of the application and of what surrounds it there are. */
async function applied(): Promise<number> {
  const { stdout } = await cluster.kubectl(['get', 'deployments,networkpolicies,rolebindings', '-n', 'online-boutique', '-o', 'name']);
  return stdout.trim().split('\n').filter(Boolean).length;
}

describe('what is wrong is said once, without a stack of calls, and nothing is applied', () => {
  async function refusal(stack: Stack): Promise<string> {
    const error: unknown = await stack.up({ suppressProgress: true }).catch((thrown: unknown) => thrown);
    const { message } = error as Error;
    expect(message).toMatch(/code: -?\d+/);
    expect(message).not.toMatch(/\n\s+at .*\.(ts|js|cjs):\d+/);
    const { deployment } = await stack.exportStack();
    const resources = ((deployment as { resources?: { type: string }[] } | undefined)?.resources ?? []).map(({ type }) => type);
    expect(resources.filter((type) => type !== 'pulumi:pulumi:Stack')).toEqual([]);
    expect(await applied()).toBe(0);
    return message;
  }

  it('no cluster', async () => {
    const file = path.join(project.folder, 'nobody.kubeconfig');
    fs.writeFileSync(file, fs.readFileSync(cluster.kubeconfig, 'utf8').replace(/server: .*/, 'server: https://127.0.0.1:1'));
    const elsewhere = new Project({ program: 'boutique.cjs', kubeconfig: file });
    try {
      expect(await refusal(await stackOf('dev', {}, elsewhere))).toMatch(
        /✗ the current context of the kubeconfig: no cluster answers: .*refused[^✗]*Nothing was applied/s,
      );
    } finally {
      elsewhere.remove();
    }
  }, 120_000);

  it.each([
    [
      'a context that is not there',
      { context: 'prd' },
      /✗ the context 'prd' of the kubeconfig: no cluster answers: error: context "prd" does not exist/,
    ],
    ['a key that is not known', { contxt: 'x' }, /✗ cdk8s-hardened:contxt is no key of the configuration\. Did you mean 'context'\?/],
    [
      'another minor than that of the blueprint',
      { overrides: JSON.stringify({ ...OVERRIDES, cluster: { kubernetes: '1.35' } }) },
      /✗ the current context of the kubeconfig is a cluster of Kubernetes 1\.36, and the blueprint of shop-prod is for 1\.35/,
    ],
    ['a mistake in the blueprint', { overrides: JSON.stringify({ tenant: [] }) }, /✗ Pulumi\.\S+\.yaml, cdk8s-hardened:overrides tenant/],
  ])(
    '%s',
    async (what, config, message) => {
      const name = what.replaceAll(' ', '-');
      expect(await refusal(await stackOf(name, config as unknown as Record<string, string>))).toMatch(message);
    },
    120_000,
  );

  it('no passphrase', async () => {
    await stackOf('secrets');
    const { PULUMI_CONFIG_PASSPHRASE: _none, ...env } = project.env;
    const { status, said } = await pulumi(['up', '--yes', '--non-interactive', '--stack', 'organization/cdk8s-hardened/secrets'], env)
      .ended;
    expect([status, said]).toEqual([expect.any(Number), expect.stringMatching(/PULUMI_CONFIG_PASSPHRASE/)]);
    expect(status).not.toBe(0);
    expect(said).not.toMatch(/\n\s+at /);
    expect(await applied()).toBe(0);
  }, 60_000);
});

describe('a run that is killed half-way', () => {
  /** Runs up, and lets `kill` end something when a part of the application is there. */
  async function upAndKill(kill: (group: number) => Promise<void>): Promise<{ status: number | null; said: string }> {
    const run = pulumi(['up', '--yes', '--skip-preview', '--non-interactive', '--stack', 'organization/cdk8s-hardened/dev'], project.env);
    await until('a part is applied', async () => (await applied()) > 12, 120_000);
    await kill(run.group);
    const outcome = await run.ended;
    expect(outcome.status).not.toBe(0);
    return outcome;
  }

  async function converges(stack: Stack): Promise<void> {
    const { summary } = await stack.up({ suppressProgress: true });
    expect(summary.result).toBe('succeeded');
    await stack.preview({ expectNoChanges: true });
    const { stdout } = await cluster.kubectl(['get', 'deployments', '-n', 'online-boutique', '-o', 'name']);
    expect(stdout.trim().split('\n')).toHaveLength(10);
  }

  it('with the command line: the next one converges, taking over what the state does not know of', async () => {
    await stackOf('dev');
    await upAndKill((group) => Promise.resolve(void process.kill(-group, 'SIGKILL')));
    const stack = await stackOf('dev', { adopt: 'true' });
    await stack.cancel(); // the lock of the one that was killed
    await converges(stack);
    await stack.destroy({ suppressProgress: true });
    expect(await applied()).toBe(0);
  }, 400_000);

  it('with the API server: the next one converges', async () => {
    await stackOf('dev');
    const { said } = await upAndKill(() => cluster.kill('kube-apiserver'));
    expect(said).toMatch(/ECONNREFUSED|socket hang up|ECONNRESET/);
    await cluster.restart('kube-apiserver');
    await converges(await stackOf('dev', { adopt: 'true' }));
  }, 400_000);
});

/** Runs the command line in a process group of its own. */
function pulumi(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn('pulumi', args, {
    cwd: project.folder,
    env: { HOME: project.folder, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  [child.stdout, child.stderr].forEach((stream) => stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8'))));
  const ended = new Promise<{ status: number | null; said: string }>((resolve) =>
    child.once('close', (status) => resolve({ status, said })),
  );
  return { group: child.pid as number, ended };
}
