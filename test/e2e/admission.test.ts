import * as https from 'node:https';
import { CEL_RULES, isClusterScoped } from '../../src';
import type { KubeObject } from '../../src';
import { admit, asServed } from '../support/admission';
import type { AdmissionRequest } from '../support/admission';
import { expectations } from '../support/rule-verdicts';
import type { Cluster } from './cluster';
import { proof } from './proofs/proof';
import { ask, faultsOf, requestFor } from './support/admission-requests';
import { judgingCluster } from './support/judging-cluster';
import { manifestsOf } from './support/manifests-of';

/** Good examples that the API server itself refuses, before any policy is asked. */
const IMPOSSIBLE = [
  /cannot be set for a windows pod/, // a container of Linux beside one of Windows
  /ephemeral containers not allowed in pod template/,
  /data\[tls\.key\]: Required value/, // a certificate without its key, which is for an operator to make
];

let cluster: Cluster;
let policies: readonly KubeObject[];
let namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
const agent = new https.Agent({ keepAlive: true, maxSockets: 8 });

beforeAll(async () => {
  cluster = await judgingCluster();
  policies = manifestsOf(cluster).filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
  const { items } = JSON.parse((await cluster.kubectl(['get', 'namespaces', '-o', 'json'])).stdout) as { items: KubeObject[] };
  namespaces = Object.fromEntries(items.map(({ metadata }) => [metadata.name, metadata.labels as Record<string, string>]));
});
afterAll(async () => {
  agent.destroy();
  await cluster.stop();
});

interface Judgement {
  readonly denied: boolean;
  readonly faults: readonly string[];
}

/** What this project says of a request. */
function meant(request: AdmissionRequest): Judgement {
  const object = asServed(request.object as KubeObject);
  const { denied, warnings } = admit(policies, { ...request, object }, namespaces[object.metadata.namespace ?? '']);
  return { denied, faults: faultsOf(warnings) };
}

describe.each(CEL_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  proof(rule.controls, `${id}: the API server refuses every bad example and takes every good one`, async () => {
    const examples = expectations(rule).filter(({ object }) => isClusterScoped(object) || object.metadata.namespace !== undefined);
    const answers = await Promise.all(
      examples.map(async ({ what, fails, object }) => {
        const request = requestFor(object);
        const { deniedBy, warnings, invalid } = await ask(cluster, request, agent);
        const got: Judgement = { denied: deniedBy !== undefined, faults: warnings };
        return { what, fails, kind: object.kind, meant: meant(request), got, invalid };
      }),
    );
    const unasked = answers.filter(({ invalid }) => invalid !== undefined && !IMPOSSIBLE.some((pattern) => pattern.test(invalid)));
    expect(unasked.filter(({ fails }) => !fails)).toEqual([]);
    const asked = answers.filter(({ invalid }) => invalid === undefined);
    expect(asked.filter(({ meant, got }) => JSON.stringify(meant) !== JSON.stringify(got))).toEqual([]);

    // In every kind, one at least is refused for this rule's reason.
    const refused = asked.filter(({ fails, got }) => fails && got.denied && got.faults.includes(rule.message));
    const bad = answers.filter(({ fails }) => fails);
    expect([...new Set(refused.map(({ kind }) => kind))].sort()).toEqual([...new Set(bad.map(({ kind }) => kind))].sort());
  });
});
