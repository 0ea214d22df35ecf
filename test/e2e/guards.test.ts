import type { AdmissionRequest } from '../support/admission';
import { passedByGuards, refusedByGuards } from '../support/guard-requests';
import type { NamedRequest } from '../support/guard-requests';
import { sharedCluster } from './cluster/shared-cluster';
import { proof } from './proofs/proof';
import { ask } from './support/admission-requests';
import { manifestsOf } from './support/manifests-of';

/** What the guards hold. */
const CONTROLS = ['NET-02', 'NET-03', 'NET-07', 'NET-08', 'POD-08', 'POD-19'];

const cluster = sharedCluster();
const objects = manifestsOf(cluster).filter(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace) === 'data');

/** What the requests are about and the baseline has not made. */
beforeAll(async () => {
  const others = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'foreign' } },
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'mine', namespace: 'data' }, spec: { hard: { pods: '5' } } },
  ];
  for (const object of others) {
    expect(await cluster.kubectl(['apply', '--server-side', '-f', '-'], { input: JSON.stringify(object) })).toMatchObject({ status: 0 });
  }
});
afterAll(() => cluster.kubectl(['delete', 'namespace/foreign', 'quota/mine', '--namespace=data', '--wait=false']));

/** What becomes of these requests of somebody with every right: passed, or refused by a policy of which it is asked. */
async function answers(requests: readonly NamedRequest[], who: Partial<AdmissionRequest>, policies = /./): Promise<unknown> {
  const told = await Promise.all(requests.map(async ([what, request]) => [what, await ask(cluster, { ...request, ...who })] as const));
  return Object.fromEntries(
    told.map(([what, { deniedBy, invalid }]) => [
      what,
      deniedBy !== undefined && policies.test(deniedBy) ? 'refused' : (invalid ?? 'passed'),
    ]),
  );
}

function all(requests: readonly NamedRequest[], answer: string): unknown {
  return Object.fromEntries(requests.map(([what]) => [what, answer]));
}

const refused = refusedByGuards(objects);
const passed = passedByGuards(objects);

proof(CONTROLS, 'nobody changes what isolates a namespace of a tenant, not even with every right', async () => {
  expect(await answers(refused, {})).toEqual(all(refused, 'refused'));
});

// The rules hold for them too: those refuse weaker Pod Security.
proof(CONTROLS, 'the guards let those through who are exempt', async () => {
  expect(await answers(refused, { groups: ['oidc:platform'] }, /^cdk8s-hardened-guard-/)).toEqual(all(refused, 'passed'));
});

proof(CONTROLS, 'what does not isolate is left to those who have the rights', async () => {
  expect(await answers(passed, {})).toEqual(all(passed, 'passed'));
});

proof('POD-08', 'the way out: the exempt end enforcement in a namespace; whoever has the right takes a binding away', async () => {
  const label = ['label', 'namespace', 'data', 'cdk8s-hardened/enforcement=audit', '--overwrite', '--dry-run=server'];
  expect(await cluster.kubectl(label, { as: { user: 'ann', groups: ['oidc:oncall'] } })).toMatchObject({ status: 0 });
  const unbind = ['delete', 'validatingadmissionpolicybinding', 'cdk8s-hardened-pods-deny', '--dry-run=server'];
  expect(await cluster.kubectl(unbind, { as: { user: 'bob', groups: ['oidc:platform'] } })).toMatchObject({ status: 0 });
  expect((await cluster.kubectl(unbind, { as: { user: 'eve', groups: ['oidc:data-leads'] } })).stderr).toContain('Forbidden');
});
