import type { EngineEvent, OutputMap, Stack } from '@pulumi/pulumi/automation';
import { Cluster } from '../cluster';
import { OVERRIDES, Project } from './project';

const PLANTED = 'planted-4e1b2d';

let cluster: Cluster;
let project: Project;
let before: string;

beforeAll(async () => {
  cluster = await Cluster.start();
  before = await kubeSystem();
  project = new Project({ program: 'boutique.cjs', kubeconfig: cluster.kubeconfig });
}, 120_000);
afterAll(async () => {
  project.remove();
  await cluster.stop();
}, 60_000);

/** Everything in kube-system by kind and name, and the labels of the namespace. */
async function kubeSystem(): Promise<string> {
  const kinds = 'serviceaccounts,configmaps,networkpolicies,resourcequotas,limitranges,roles,rolebindings';
  const listed = await cluster.kubectl(['get', kinds, '-n', 'kube-system', '-o', 'name']);
  const { stdout } = await cluster.kubectl([
    'get',
    'namespace/kube-system',
    'serviceaccount/default',
    '-n',
    'kube-system',
    '-o',
    'jsonpath={..metadata.labels}{..automountServiceAccountToken}',
  ]);
  return `${listed.stdout}${stdout}`;
}

/** Runs a step and says how long it took. */
async function timed<T>(what: string, step: () => Promise<T>): Promise<T> {
  const start = Date.now();
  try {
    return await step();
  } finally {
    process.stdout.write(`pulumi: ${what}, ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  }
}

const stackOf = (config: Readonly<Record<string, string>> = {}): Promise<Stack> =>
  project.stack('dev', { overrides: JSON.stringify(OVERRIDES), ...config });

describe('the baseline and Online Boutique', () => {
  it('go up from nothing in one run', async () => {
    const stack = await stackOf({ 'test:unused': 'x' });
    await stack.setConfig('test:token', { value: PLANTED, secret: true });
    const { summary, outputs } = await timed('up from nothing', () => stack.up({ suppressProgress: true }));
    expect(summary.result).toBe('succeeded');
    expect(summary.resourceChanges?.['create']).toBeGreaterThan(120);
    expect((outputs as OutputMap & { posture: { value: object } }).posture.value).toMatchObject({
      cluster: 'shop-prod',
      kubernetes: '1.36',
    });
    const { stdout } = await cluster.kubectl(['get', 'deployments', '-n', 'online-boutique', '-o', 'name']);
    expect(stdout.trim().split('\n')).toHaveLength(10);
  }, 300_000);

  it('have nothing to change after that', async () => {
    const stack = await stackOf();
    const { changeSummary } = await timed('preview of no change', () => stack.preview({ expectNoChanges: true }));
    expect(Object.keys(changeSummary)).toEqual(['same']);
  }, 120_000);

  it('are under enforcement: a pod with privileges is refused', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'x', securityContext: { privileged: true } }] },
    };
    const { status, stderr } = await cluster.kubectl(['create', '-n', 'online-boutique', '-f', '-'], { input: JSON.stringify(pod) });
    expect([status, stderr]).toEqual([1, expect.stringContaining('violates PodSecurity')]);
  });

  it('are changed by one object when one count of replicas is', async () => {
    const stack = await stackOf({ 'test:replicas': '3' });
    const { summary } = await timed('up of one change', () => stack.up({ suppressProgress: true }));
    expect(summary.resourceChanges).toMatchObject({ update: 1 });
    expect(Object.keys(summary.resourceChanges ?? {}).sort()).toEqual(['same', 'update']);
    const { stdout } = await cluster.kubectl(['get', 'deployment/frontend', '-n', 'online-boutique', '-o', 'jsonpath={.spec.replicas}']);
    expect(stdout).toBe('3');
  }, 120_000);

  it('are not destroyed while they are protected, nor any part of them', async () => {
    const stack = await stackOf({ 'test:replicas': '3' });
    const count = async () => (await cluster.kubectl(['get', 'networkpolicies,deployments,namespaces', '-A', '-o', 'name'])).stdout;
    const there = await count();
    await expect(timed('destroy, refused', () => stack.destroy({ suppressProgress: true }))).rejects.toThrow(/protect/);
    expect(await count()).toBe(there);
  }, 120_000);

  it('go, when the stack is ephemeral, in reverse order, and leave kube-system as it was', async () => {
    const stack = await stackOf({ 'test:replicas': '3', ephemeral: 'true' });
    await timed('up that takes the protection away', () => stack.up({ suppressProgress: true }));
    const deleted: string[] = [];
    const onEvent = ({ resOutputsEvent }: EngineEvent): void => {
      if (resOutputsEvent?.metadata.op === 'delete') deleted.push(resOutputsEvent.metadata.urn.split('$').pop() as string);
    };
    const { summary } = await timed('destroy', () => stack.destroy({ suppressProgress: true, onEvent }));
    expect(summary.result).toBe('succeeded');
    const lastOf = (kind: string) => deleted.findLastIndex((name) => name.includes(`:${kind}::`));
    const firstOf = (kind: string) => deleted.findIndex((name) => name.includes(`:${kind}::`));
    expect(lastOf('ValidatingAdmissionPolicyBinding')).toBeLessThan(firstOf('Deployment'));
    expect(lastOf('Deployment')).toBeLessThan(firstOf('NetworkPolicy'));
    expect(lastOf('NetworkPolicy')).toBeLessThan(firstOf('Namespace'));
    expect(await kubeSystem()).toBe(before);
    expect((await cluster.kubectl(['get', 'namespaces', '-o', 'name'])).stdout.trim().split('\n').sort()).toEqual(
      ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => `namespace/${name}`),
    );
  }, 300_000);

  it('leave no secret in state or logs', () => {
    expect(project.everything()).toContain('shop-prod');
    expect(project.everything()).not.toContain(PLANTED);
  });
});
