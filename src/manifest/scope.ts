import { groupOf } from './manifest';
import type { KubeObject } from './manifest';

const CLUSTER_SCOPED = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'StorageClass',
  'PriorityClass',
  'RuntimeClass',
  'IngressClass',
  'GatewayClass',
  'VolumeAttributesClass',
  'DeviceClass',
  'CSIDriver',
  'CSINode',
  'VolumeAttachment',
  'CertificateSigningRequest',
  'CustomResourceDefinition',
  'APIService',
  'FlowSchema',
  'PriorityLevelConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'IPAddress',
  'ServiceCIDR',
  'ResourceSlice',
  'StorageVersionMigration',
]);

/** Whether the API group belongs to Kubernetes itself, so that its kinds are known here. */
export function isNativeGroup(apiVersion: string): boolean {
  const group = groupOf({ apiVersion });
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Whether a built-in kind lives outside namespaces. A custom resource's scope is not known here: false. */
export function isClusterScoped(object: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
  return isNativeGroup(object.apiVersion) && CLUSTER_SCOPED.has(object.kind);
}
