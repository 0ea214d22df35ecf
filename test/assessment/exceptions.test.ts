import * as fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { annotateExceptions, assess, exceptionFiles, waiversInForce } from '../../src/assessment';
import { inController, VALID_POD } from '../../src/rules';
import { PlatformSettings } from '../../src/settings';
import { Waiver } from '../../src/waivers';
import type { WaiverInForce } from '../../src/assessment';
import type { KubeObject, Manifest } from '../../src/manifest';
import type { WaiverProps } from '../../src/settings';
import { expectYaml } from '../support/snapshot';

const WAIVER: WaiverProps = {
  control: 'POD-12',
  target: 'Deployment/shop/agent',
  reason: 'reads logs',
  owner: 'shop@example.com',
  expires: '2027-03-31',
};
const HOST_PATH = { volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }], serviceAccountName: 'agent' };

function workload(name: string, spec: object, metadata: object = {}): KubeObject {
  const pod = { ...VALID_POD, spec: { ...(VALID_POD['spec'] as object), ...spec } };
  return { ...inController(pod, 'Deployment'), metadata: { name, namespace: 'shop', ...metadata } };
}

function inForce(object: KubeObject, waivers: readonly WaiverProps[], asOf = '2027-01-01'): WaiverInForce[] {
  const assessment = assess({ manifests: [{ object, origin: {} }], nodeFiles: [] }, PlatformSettings.from({ waivers, asOf }));
  expect(assessment.problems).toEqual([]);
  return waiversInForce(assessment, asOf);
}

const AGENT = workload('agent', HOST_PATH);
const files = (waivers: readonly WaiverInForce[]) =>
  Object.fromEntries(exceptionFiles(waivers, () => '2-workloads/shop.Deployment.agent.yaml'));
const annotationsOf = (object: KubeObject, waivers: readonly WaiverInForce[]) =>
  annotateExceptions([{ object, origin: {} }], waivers)[0]?.object.metadata.annotations;

it('tells Kubescape kind, namespace and name, the controls, the reason and the end', () => {
  expect(JSON.parse(files(inForce(AGENT, [WAIVER]))['kubescape.json'] as string)).toEqual([
    {
      name: 'pod-12.deployment.shop.agent',
      policyType: 'postureExceptionPolicy',
      actions: ['alertOnly'],
      reason: 'POD-12 waived until 2027-03-31: reads logs (shop@example.com)',
      expirationDate: '2027-04-01T00:00:00Z',
      resources: [{ designatorType: 'Attributes', attributes: { kind: 'Deployment', namespace: 'shop', name: 'agent' } }],
      posturePolicies: [{ controlID: 'C-0045' }, { controlID: 'C-0048' }, { controlID: 'C-0074' }],
    },
  ]);
});

it('writes names for Kubescape, which reads regular expressions, so that nothing else matches', () => {
  const dotted = workload('agent.v1', HOST_PATH);
  const [policy] = JSON.parse(files(inForce(dotted, [{ ...WAIVER, target: 'shop/agent.v1' }]))['kubescape.json'] as string) as [
    { resources: [{ attributes: { name: string } }] },
  ];
  const name = new RegExp(`^${policy.resources[0].attributes.name}$`);
  expect(['agent.v1', 'agentxv1', 'agent.v12'].map((candidate) => name.test(candidate))).toEqual([true, false, false]);
});

it('tells Trivy the file that holds the object, for each check', () => {
  expect(files(inForce(AGENT, [WAIVER]))['trivyignore.yaml']).toBe(`misconfigurations:
  - id: KSV-0006
    paths:
      - "**/2-workloads/shop.Deployment.agent.yaml"
    expired_at: 2027-04-01
    statement: "POD-12 waived until 2027-03-31: reads logs (shop@example.com)"
  - id: KSV-0023
    paths:
      - "**/2-workloads/shop.Deployment.agent.yaml"
    expired_at: 2027-04-01
    statement: "POD-12 waived until 2027-03-31: reads logs (shop@example.com)"
  - id: KSV-0121
    paths:
      - "**/2-workloads/shop.Deployment.agent.yaml"
    expired_at: 2027-04-01
    statement: "POD-12 waived until 2027-03-31: reads logs (shop@example.com)"
`);
});

it('writes paths for Trivy, which reads patterns, so that nothing else matches', () => {
  const text = exceptionFiles(inForce(AGENT, [WAIVER]), () => 'a*b?[c]{d}.yaml').get('trivyignore.yaml') as string;
  expect((parse(text) as { misconfigurations: { paths: string[] }[] }).misconfigurations[0]?.paths).toEqual([
    '**/a\\*b\\?\\[c\\]\\{d\\}.yaml',
  ]);
});

it('tells Kyverno the object and its pods: for policies in CEL by service account, for the older ones by labels', () => {
  const waivers = inForce(AGENT, [WAIVER]);
  const [annotated] = annotateExceptions([{ object: AGENT, origin: {} }], waivers);
  const exception = parse(files(waivers)['kyverno.yaml'] as string) as object;
  expectYaml('waiver-exceptions', [{ kind: 'Deployment', metadata: annotated?.object.metadata }, exception]);
  expect(files(inForce(AGENT, [WAIVER]))['kyverno-cluster-policies.yaml']).toBe(`apiVersion: kyverno.io/v2
kind: PolicyException
metadata:
  name: pod-12.deployment.shop.agent
  namespace: kyverno
  annotations:
    policies.kyverno.io/description: "POD-12 waived until 2027-03-31: reads logs (shop@example.com)"
spec:
  match:
    any:
      - resources:
          kinds:
            - Deployment
          names:
            - agent
          namespaces:
            - shop
      - resources:
          kinds:
            - Pod
            - ReplicaSet
            - Job
          selector:
            matchLabels:
              app: web
          namespaces:
            - shop
  exceptions:
    - policyName: disallow-container-sock-mounts
      ruleNames:
        - "*"
    - policyName: disallow-host-path
      ruleNames:
        - "*"
`);
});

it('tells kube-linter, kube-score, Polaris and Checkov by annotations of the object', () => {
  const writable = workload('agent', {
    containers: [{ ...containerOf(AGENT), securityContext: { ...containerOf(AGENT)['securityContext'], readOnlyRootFilesystem: false } }],
  });
  expect(annotationsOf(writable, inForce(writable, [{ ...WAIVER, control: 'POD-04', container: 'main' }]))).toEqual({
    'checkov.io/skip-CKV_K8S_22': 'CKV_K8S_22=POD-04 waived until 2027-03-31',
    'ignore-check.kube-linter.io/no-read-only-root-fs': 'POD-04 waived until 2027-03-31',
    'kube-score/ignore': 'container-security-context-readonlyrootfilesystem',
    'polaris.fairwinds.com/notReadOnlyRootFilesystem-exempt': 'true',
  });
});

it('annotates the waived object only, and not its pods: a waiver rolls nothing out', () => {
  const manifests = [AGENT, workload('agent-admin', HOST_PATH)].map((object): Manifest => ({ object, origin: {} }));
  const [annotated, neighbour] = annotateExceptions(manifests, inForce(AGENT, [WAIVER]));
  expect(neighbour).toBe(manifests[1]);
  expect(annotated?.object['spec']).toBe(AGENT['spec']);
});

it('keeps the annotations that are there, and adds to the list of kube-score', () => {
  const own = { 'example.com/team': 'shop', 'kube-score/ignore': 'pod-probes, container-image-tag' };
  const object = workload('agent', { containers: [{ ...containerOf(AGENT), image: 'registry.example.com/web:1' }] }, { annotations: own });
  const waivers = inForce(object, [{ ...WAIVER, control: 'POD-07', container: 'main' }]);
  expect(annotationsOf(object, waivers)).toMatchObject({
    'example.com/team': 'shop',
    'kube-score/ignore': 'pod-probes,container-image-tag,container-image-pull-policy',
  });
});

it('changes nothing when it annotates twice', () => {
  const waivers = inForce(AGENT, [WAIVER]);
  const once = annotateExceptions([{ object: AGENT, origin: {} }], waivers);
  expect(annotateExceptions(once, waivers)).toEqual(once);
});

it('tells of both controls that an accepted finding serves', () => {
  const object = workload('agent', { hostNetwork: true, hostUsers: undefined });
  expect(annotationsOf(object, inForce(object, [{ ...WAIVER, control: 'POD-10' }]))).toMatchObject({
    'ignore-check.kube-linter.io/host-pid': 'POD-10 waived until 2027-03-31',
    'ignore-check.kube-linter.io/host-network': 'POD-10 waived until 2027-03-31',
  });
});

it('tells of a cluster-scoped object without a namespace', () => {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:all' },
    rules: [{ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }],
  };
  const made = files(inForce(role, [{ ...WAIVER, control: 'AUTH-05', target: 'ClusterRole/system:all' }]));
  expect(JSON.parse(made['kubescape.json'] as string)).toMatchObject([
    { name: 'auth-05.clusterrole.system-all', resources: [{ attributes: { kind: 'ClusterRole', name: 'system:all' } }] },
  ]);
  expect(made['kyverno.yaml']).toContain(
    'object.metadata.?namespace.orValue("") == "" && object.kind == "ClusterRole" && object.metadata.name == "system:all"',
  );
  expect(made['kyverno-cluster-policies.yaml']).not.toContain('namespaces');
});

it('makes nothing for a control that no tool has a check for, and nothing without a waiver in force', () => {
  const own = { ...AGENT, ...workload('agent', { hostUsers: undefined }) };
  const settings = PlatformSettings.from({
    asOf: '2027-01-01',
    nodes: { userNamespaces: true },
    waivers: [{ ...WAIVER, control: 'POD-03' }],
  });
  const waivers = waiversInForce(assess({ manifests: [{ object: own, origin: {} }], nodeFiles: [] }, settings), '2027-01-01');
  expect(waivers).toHaveLength(1);
  expect(files(waivers)).toEqual({});
  expect(annotateExceptions([{ object: own, origin: {} }], waivers)).toEqual([{ object: own, origin: {} }]);
  expect(files([])).toEqual({});
});

it.each([
  ['2027-12-31', '2028-01-01'],
  ['2028-02-28', '2028-02-29'],
  ['2028-02-29', '2028-03-01'],
])('ends an exception when its last day, %s, is over', (expires, end) => {
  const made = files(inForce(AGENT, [{ ...WAIVER, expires }]));
  expect(JSON.parse(made['kubescape.json'] as string)).toMatchObject([{ expirationDate: `${end}T00:00:00Z` }]);
  expect(parse(made['trivyignore.yaml'] as string)).toMatchObject({ misconfigurations: [{ expired_at: end }, {}, {}] });
});

it('stays well-formed, says the reason on one line and annotates the same, whatever the reason and the owner are', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a: b', '- x\n---\nkind: Secret', '"*/', "'", '{{ x }}', '&a *a', '!!js', '#'),
  );
  const assessed = inForce(AGENT, [WAIVER]);
  const plain = annotationsOf(AGENT, assessed);
  fc.assert(
    fc.property(hostile, hostile, (reason, owner) => {
      fc.pre(reason.trim() !== '' && owner.trim() !== '');
      const waivers = assessed.map((inForce) => ({ ...inForce, waiver: Waiver.from({ ...WAIVER, reason, owner }) }));
      const made = files(waivers);
      const [policy] = JSON.parse(made['kubescape.json'] as string) as [{ reason: string }];
      expect(policy.reason).toMatch(/^POD-12 waived until 2027-03-31: [^\n\r]*$/);
      const { misconfigurations } = parse(made['trivyignore.yaml'] as string) as { misconfigurations: { statement: string }[] };
      expect(misconfigurations.map(({ statement }) => statement)).toEqual(Array(3).fill(policy.reason));
      for (const file of ['kyverno.yaml', 'kyverno-cluster-policies.yaml']) {
        expect(parseAllDocuments(made[file] as string).map((document) => document.toJS() as KubeObject)).toMatchObject([
          { kind: 'PolicyException', metadata: { annotations: { 'policies.kyverno.io/description': policy.reason } } },
        ]);
      }
      expect(annotationsOf(AGENT, waivers)).toEqual(plain);
    }),
  );
});

function containerOf(object: KubeObject): Record<string, object> {
  return (object['spec'] as { template: { spec: { containers: [Record<string, object>] } } }).template.spec.containers[0];
}
