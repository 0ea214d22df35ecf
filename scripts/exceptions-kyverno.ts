import * as fs from 'node:fs';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { manifests, run } from './run-tool';

/** Policies by the names that the controls map, small ones of our own: Kyverno brings none. */
const POLICIES: readonly { readonly name: string; readonly kind: 'Pod' | 'Role'; readonly holds: string }[] = [
  {
    name: 'require-ro-rootfs',
    kind: 'Pod',
    holds: 'object.spec.containers.all(c, c.?securityContext.?readOnlyRootFilesystem.orValue(false))',
  },
  { name: 'disallow-host-path', kind: 'Pod', holds: 'object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))' },
  { name: 'disallow-host-namespaces', kind: 'Pod', holds: '!object.spec.?hostNetwork.orValue(false)' },
  { name: 'restrict-wildcard-verbs', kind: 'Role', holds: "object.rules.all(r, !('*' in r.verbs))" },
];

interface KyvernoReport {
  readonly results: readonly {
    readonly policy: string;
    readonly result: string;
    readonly resources: readonly { readonly kind: string; readonly name: string }[];
  }[];
}

/** What Kyverno finds by these policies: in the manifests, and in pods as controllers make them. */
export function kyvernoFindings(
  program: string,
  dist: string,
  policies: 'ValidatingPolicy' | 'ClusterPolicy',
  exceptions?: string,
): ReadonlySet<string> {
  const file = path.join(dist, `${policies}.yaml`);
  const render = policies === 'ValidatingPolicy' ? validatingPolicy : clusterPolicy;
  fs.writeFileSync(file, POLICIES.map((policy) => stringify(render(policy))).join('---\n'));
  const resources = [...manifests(dist), path.join(dist, 'pods.yaml')].flatMap((resource) => ['--resource', resource]);
  const excepted = exceptions === undefined ? [] : ['--exception', exceptions];
  const output = run(program, ['apply', file, ...resources, ...excepted, '--policy-report', '--output-format', 'json']);
  // Before the report it prints warnings.
  const report = JSON.parse(output.slice(output.indexOf('{"'))) as KyvernoReport;
  const failed = report.results.filter(({ result }) => result === 'fail');
  return new Set(failed.flatMap(({ policy, resources: found }) => found.map(({ kind, name }) => `${policy} ${kind}/${name}`)));
}

function validatingPolicy({ name, kind, holds }: (typeof POLICIES)[number]): object {
  const group = kind === 'Pod' ? '' : 'rbac.authorization.k8s.io';
  const rule = { apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: [`${kind.toLowerCase()}s`] };
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: { name },
    spec: { matchConstraints: { resourceRules: [rule] }, validations: [{ expression: holds, message: name }] },
  };
}

function clusterPolicy({ name, kind, holds }: (typeof POLICIES)[number]): object {
  const rule = {
    name,
    match: { any: [{ resources: { kinds: [kind] } }] },
    validate: { cel: { expressions: [{ expression: holds, message: name }] } },
  };
  return { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name }, spec: { rules: [rule] } };
}
