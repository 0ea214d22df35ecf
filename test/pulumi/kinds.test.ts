import * as fs from 'node:fs';
import * as path from 'node:path';
import { pulumiKinds } from '../../scripts/pulumi-kinds';
import { isOwnedByKubernetes } from '../../src/pulumi/kubernetes-owned';

const SOURCE = path.join(__dirname, '../../src');

it('the table of kinds is that of the installed @pulumi/kubernetes (npm run generate:pulumi-kinds)', () => {
  expect(fs.readFileSync(path.join(SOURCE, 'pulumi/kinds.gen.ts'), 'utf8')).toBe(pulumiKinds());
});

const named = (apiVersion: string, kind: string, name: string, namespace?: string) => ({ apiVersion, kind, metadata: { name, namespace } });
const RBAC = 'rbac.authorization.k8s.io/v1';

it.each([
  named('v1', 'Namespace', 'kube-system'),
  named('v1', 'ServiceAccount', 'default', 'shop'),
  named(RBAC, 'ClusterRole', 'system:node'),
  named(RBAC, 'ClusterRole', 'view'),
  named('scheduling.k8s.io/v1', 'PriorityClass', 'system-node-critical'),
])('Kubernetes owns $kind $metadata.name', (object) => {
  expect(isOwnedByKubernetes(object)).toBe(true);
});

it.each([
  named('v1', 'Namespace', 'kube-system-2'),
  named('v1', 'ServiceAccount', 'web', 'default'),
  named(RBAC, 'ClusterRole', 'viewer'),
  named('example.com/v1', 'Namespace', 'default'),
])('somebody else owns $apiVersion $kind $metadata.name', (object) => {
  expect(isOwnedByKubernetes(object)).toBe(false);
});
