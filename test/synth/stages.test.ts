import * as fc from 'fast-check';
import { identityOf, planStages, STAGES } from '../../src';
import type { KubeObject, Manifest } from '../../src';

const manifest = (object: object): Manifest => ({
  object: object as KubeObject,
  origin: { path: `path/${(object as KubeObject).metadata.name}` },
});
const named = (apiVersion: string, kind: string, name: string, namespace?: string, rest: object = {}) =>
  manifest({ apiVersion, kind, metadata: { name, namespace }, ...rest });

const NAMESPACE = named('v1', 'Namespace', 'shop');
const ACCOUNT = named('v1', 'ServiceAccount', 'web', 'shop');
const CONFIG = named('v1', 'ConfigMap', 'web', 'shop');
const WEB = named('apps/v1', 'Deployment', 'web', 'shop', {
  spec: { template: { spec: { serviceAccountName: 'web', volumes: [{ name: 'c', configMap: { name: 'web' } }] } } },
});
const CRD = named('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', undefined, {
  spec: { group: 'example.com', names: { kind: 'Widget' } },
});
const WIDGET = named('example.com/v1', 'Widget', 'one', 'shop');
const POLICY = named('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'p');
const BINDING = named('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'b', undefined, { spec: { policyName: 'p' } });

const stagesOf = (...manifests: Manifest[]) => planStages(manifests).map(({ manifest: { object }, stage }) => [object.kind, stage]);

it('orders by kind: foundation, tenancy, workloads, enforcement', () => {
  expect(stagesOf(BINDING, WEB, ACCOUNT, CONFIG, POLICY, NAMESPACE)).toEqual([
    ['ValidatingAdmissionPolicy', 'foundation'],
    ['Namespace', 'foundation'],
    ['ServiceAccount', 'tenancy'],
    ['ConfigMap', 'tenancy'],
    ['Deployment', 'workloads'],
    ['ValidatingAdmissionPolicyBinding', 'enforcement'],
  ]);
});

it('never applies a definition and what it defines at once', () => {
  expect(stagesOf(WIDGET, CRD)).toEqual([
    ['CustomResourceDefinition', 'foundation'],
    ['Widget', 'workloads'],
  ]);
});

it('pulls an object behind what it names', () => {
  const claim = named('v1', 'PersistentVolumeClaim', 'data', 'shop');
  const pod = named('v1', 'Pod', 'web', 'shop', { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] } });
  expect(stagesOf(pod, claim).map(([kind]) => kind)).toEqual(['PersistentVolumeClaim', 'Pod']);
});

it('puts the service of an API in front of the API', () => {
  const api = named('apiregistration.k8s.io/v1', 'APIService', 'v1.metrics.example.com', undefined, {
    spec: { service: { namespace: 'shop', name: 'metrics' } },
  });
  expect(stagesOf(api, named('v1', 'Service', 'metrics', 'shop')).map(([kind]) => kind)).toEqual(['Service', 'APIService']);
});

it('refuses two objects of one identity, whatever their versions, and names both places', () => {
  const again = { ...named('apps/v1beta1', 'Deployment', 'web', 'shop'), origin: { path: 'other/web', source: 'src/x.ts:3' } };
  expect(() => planStages([WEB, again])).toThrow('Deployment shop/web is defined twice: by path/web and by other/web (src/x.ts:3).');
});

const object = fc.record({
  kind: fc.constantFrom(
    'Namespace',
    'ServiceAccount',
    'Role',
    'RoleBinding',
    'Deployment',
    'ConfigMap',
    'Widget',
    'CustomResourceDefinition',
    'ValidatingAdmissionPolicyBinding',
  ),
  name: fc.constantFrom('a', 'b', 'c'),
  namespace: fc.constantFrom('a', 'b'),
  ref: fc.constantFrom('a', 'b', 'c'),
});
const API: Record<string, string> = {
  Namespace: 'v1',
  ServiceAccount: 'v1',
  ConfigMap: 'v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Deployment: 'apps/v1',
  Widget: 'example.com/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  ValidatingAdmissionPolicyBinding: 'admissionregistration.k8s.io/v1',
};

it('keeps every object once, and each after all that it needs, whatever the order it is given in', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 25 }), fc.integer(), (drafts, seed) => {
      const all = drafts.map(({ kind, name, namespace, ref }) =>
        named(API[kind] as string, kind, name, kind === 'Namespace' || kind === 'CustomResourceDefinition' ? undefined : namespace, {
          ...(kind === 'CustomResourceDefinition' ? { spec: { group: 'example.com', names: { kind: 'Widget' } } } : {}),
          ...(kind === 'Deployment' ? { spec: { template: { spec: { serviceAccountName: ref } } } } : {}),
          ...(kind === 'RoleBinding' ? { roleRef: { kind: 'Role', name: ref } } : {}),
        }),
      );
      const unique = [...new Map(all.map((item) => [identityOf(item.object), item])).values()];
      const shuffled = [...unique].sort((a, b) => Math.sin(seed + unique.indexOf(a)) - Math.sin(seed + unique.indexOf(b)));
      const planned = planStages(shuffled);
      expect(new Set(planned.map((item) => item.manifest))).toEqual(new Set(unique));
      planned.forEach((item, index) => {
        for (const need of item.needs) {
          expect(planned.indexOf(need)).toBeLessThan(index);
          expect(STAGES.indexOf(need.stage)).toBeLessThanOrEqual(STAGES.indexOf(item.stage));
        }
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});
