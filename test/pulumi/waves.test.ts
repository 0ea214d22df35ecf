import { planStages } from '../../src';
import type { KubeObject } from '../../src';
import { wavesOf } from '../../src/pulumi/waves';

const RBAC = 'rbac.authorization.k8s.io/v1';
const object = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});
const ROLE = object(RBAC, 'Role', 'r');
const BINDING = object(RBAC, 'RoleBinding', 'b', { roleRef: { kind: 'Role', name: 'r' } });
const CLAIM = object('v1', 'PersistentVolumeClaim', 'data');
const POD = object('v1', 'Pod', 'web', { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] } });

const waves = (...objects: KubeObject[]) =>
  wavesOf(planStages(objects.map((item) => ({ object: item, origin: {} })))).map(({ label, items }) => [
    label,
    ...items.map(({ manifest }) => manifest.object.kind),
  ]);

it('puts what needs others of its stage into a wave after them', () => {
  expect(waves(BINDING, ROLE, POD)).toEqual([
    ['tenancy', 'Role'],
    ['tenancy-2', 'RoleBinding'],
    ['workloads', 'Pod'],
  ]);
});

it('keeps workloads in one wave, since each may wait for another until it is ready', () => {
  expect(waves(POD, CLAIM)).toEqual([['workloads', 'PersistentVolumeClaim', 'Pod']]);
});

it('has no empty wave: not of a stage without objects, nor where what is needed is not among them', () => {
  expect(wavesOf(planStages([BINDING, ROLE].map((item) => ({ object: item, origin: {} }))).slice(1)).map(({ label }) => label)).toEqual([
    'tenancy-2',
  ]);
  expect(wavesOf([])).toEqual([]);
});
