import type { ControlId } from '../../controls';
import type { KINDS } from './tables/documents.gen';

/** A kind of configuration document that the tables know, by `apiVersion kind`. */
export type DocumentKindName = keyof typeof KINDS;

/** Who reads documents of a kind. */
export interface DocumentKind {
  /** As a sentence begins with it. */
  readonly program: string;
  /** What the program does with a field that it does not know: some go on without it, and without a word. */
  readonly unknownFields: 'refused' | 'ignored';
  /** Control that a document serves which is read as it was meant. */
  readonly control: ControlId;
}

const API_SERVER = { program: 'the API server', unknownFields: 'refused' } as const;
const KUBEADM: DocumentKind = { program: 'kubeadm', unknownFields: 'refused', control: 'UPG-04' };

/** Which of them refuse a misspelt field was seen with the programs of 1.35.4, 1.36.3 and 1.37.2. */
export const DOCUMENT_KINDS: Readonly<Record<DocumentKindName, DocumentKind>> = {
  'apiserver.config.k8s.io/v1 AdmissionConfiguration': { ...API_SERVER, control: 'POD-08' },
  'apiserver.config.k8s.io/v1 AuthenticationConfiguration': { ...API_SERVER, control: 'AUTH-01' },
  'apiserver.config.k8s.io/v1 AuthorizationConfiguration': { ...API_SERVER, control: 'AUTH-04' },
  'apiserver.config.k8s.io/v1 EncryptionConfiguration': { ...API_SERVER, control: 'NET-22' },
  'apiserver.config.k8s.io/v1 TracingConfiguration': { ...API_SERVER, control: 'UPG-04' },
  'apiserver.config.k8s.io/v1 ValidatingAdmissionPolicyConfiguration': { ...API_SERVER, control: 'AUTH-11' },
  'apiserver.k8s.io/v1beta1 EgressSelectorConfiguration': { ...API_SERVER, control: 'NET-14' },
  'audit.k8s.io/v1 Policy': { ...API_SERVER, unknownFields: 'ignored', control: 'LOG-01' },
  'eventratelimit.admission.k8s.io/v1alpha1 Configuration': { ...API_SERVER, unknownFields: 'ignored', control: 'NET-08' },
  'kind.x-k8s.io/v1alpha4 Cluster': { program: 'kind', unknownFields: 'refused', control: 'UPG-04' },
  'kubeadm.k8s.io/v1beta3 ClusterConfiguration': KUBEADM,
  'kubeadm.k8s.io/v1beta3 InitConfiguration': KUBEADM,
  'kubeadm.k8s.io/v1beta3 JoinConfiguration': KUBEADM,
  'kubeadm.k8s.io/v1beta4 ClusterConfiguration': KUBEADM,
  'kubeadm.k8s.io/v1beta4 InitConfiguration': KUBEADM,
  'kubeadm.k8s.io/v1beta4 JoinConfiguration': KUBEADM,
  'kubeadm.k8s.io/v1beta4 ResetConfiguration': KUBEADM,
  'kubeadm.k8s.io/v1beta4 UpgradeConfiguration': KUBEADM,
  'kubelet.config.k8s.io/v1beta1 KubeletConfiguration': { program: 'the kubelet', unknownFields: 'ignored', control: 'AUTH-03' },
  'kubeproxy.config.k8s.io/v1alpha1 KubeProxyConfiguration': { program: 'kube-proxy', unknownFields: 'ignored', control: 'NET-13' },
  'pod-security.admission.config.k8s.io/v1 PodSecurityConfiguration': { ...API_SERVER, control: 'POD-08' },
  'v1 Config': { program: 'the client', unknownFields: 'ignored', control: 'NET-18' },
  ImagePolicyWebhook: { ...API_SERVER, unknownFields: 'ignored', control: 'POD-06' },
};
