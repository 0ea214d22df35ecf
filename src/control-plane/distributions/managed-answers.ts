import type { ControlId } from '../../controls';
import type { MANAGED_DISTRIBUTIONS } from '../../settings';

export type ManagedDistribution = (typeof MANAGED_DISTRIBUTIONS)[number];

/**
 * How a control is answered where a provider runs the control plane:
 * - `inherited`: the provider answers it, and nothing can be set;
 * - `setting`: a setting of the cluster or its node pools answers it, in the file of settings or named there as yours to give;
 * - `manifests`: objects of this project answer it, as they do everywhere;
 * - `operator`: somebody must do it;
 * - `impossible`: nobody can; `what` says why, and what comes nearest.
 */
export type ManagedAnswerKind = 'inherited' | 'setting' | 'manifests' | 'operator' | 'impossible';

/** The answer to one control. */
export interface ManagedAnswer {
  readonly answer: ManagedAnswerKind;
  readonly what: string;
}

/** Answers to one control: the same on all three, or each its own. */
type Row = ManagedAnswer | Readonly<Record<ManagedDistribution, ManagedAnswer>>;

const inherited = (what: string): ManagedAnswer => ({ answer: 'inherited', what });
const setting = (what: string): ManagedAnswer => ({ answer: 'setting', what });
const manifests = (what: string): ManagedAnswer => ({ answer: 'manifests', what });
const operator = (what: string): ManagedAnswer => ({ answer: 'operator', what });
const impossible = (what: string): ManagedAnswer => ({ answer: 'impossible', what });
const each = (eks: ManagedAnswer, gke: ManagedAnswer, aks: ManagedAnswer): Row => ({ eks, gke, aks });

const NO_FILES = 'flags and files of the API server are the provider’s';

/**
 * Every control that a part of the control plane answers on other distributions (a test holds it whole). Sources: the hardening guides of the
 * three, and kube-bench's benchmarks for them (eks-1, gke-1.9, aks-1).
 */
const ROWS: Readonly<Partial<Record<ControlId, Row>>> = {
  'POD-06': each(
    impossible(`${NO_FILES}, so that ImagePolicyWebhook cannot be switched on; an admission webhook in the cluster can do the same`),
    setting('binaryAuthorization lets in only what the policy of the project allows'),
    impossible(`${NO_FILES}, so that ImagePolicyWebhook cannot be switched on; an admission webhook in the cluster can do the same`),
  ),
  'POD-07': manifests('rules for registries and digests; kubelets check credentials for images that are there from 1.35'),
  'POD-08': manifests(`labels of namespaces and admission policies; there is no default for the whole cluster, since ${NO_FILES}`),
  'POD-16': each(
    setting('seccompDefault of the kubelet'),
    manifests('hardened workloads name a profile; the default of the kubelet cannot be set'),
    setting('seccompDefault of the kubelet'),
  ),
  'POD-17': manifests('the runtime’s own profile; one of ours needs an agent that loads it on the nodes'),
  'POD-20': manifests('tokens are projected with audience and life; whether old ones are extended is the provider’s choice'),
  'NET-06': manifests('services are checked at admission; DenyServiceExternalIPs cannot be switched on'),
  'NET-08': manifests('quotas and limits of each namespace; EventRateLimit cannot be switched on'),
  'NET-09': setting('process ids of a pod'),
  'NET-10': each(setting('evictionHard of the kubelet'), inherited('bounds of the node image'), inherited('bounds of the node image')),
  'NET-11': setting('the API server in private networks only; security groups from the port table, where `firewall` is set'),
  'NET-12': setting('no public endpoint'),
  'NET-13': inherited('the control plane serves TLS only; kubelets have no read-only port'),
  'NET-14': inherited('certificates of the control plane and of kubelets are signed by the provider’s authority'),
  'NET-16': inherited('etcd is in the network of the provider'),
  'NET-17': inherited('etcd is the provider’s'),
  'NET-18': inherited('there are no files of the control plane; kubeconfigs hold no key, but ask the cloud for a token'),
  'NET-19': setting('node pools by exposure, with security groups from the port table; NodeRestriction is on'),
  'NET-20': inherited('TLS 1.2 or newer between the parts of the control plane'),
  'NET-22': each(
    setting('every object is encrypted with a key of AWS; encryptionConfig names one of yours'),
    setting('disks are encrypted; databaseEncryption names a key of yours'),
    setting('disks are encrypted; securityProfile.azureKeyVaultKms names a key of yours'),
  ),
  'NET-23': setting('the key of the cloud’s key service'),
  'NET-24': operator('after a change of the key, write every Secret back: kubectl get secrets -A -o json | kubectl replace -f -'),
  'NET-26': each(
    setting('IMDSv2 with one hop: no pod gets there but those on the host network'),
    setting('the metadata server of GKE, which shows pods nothing of the node'),
    manifests('network policies; the restriction of IMDS is a preview'),
  ),
  'AUTH-01': each(
    setting('access entries and nothing else; no rights for who made the cluster; an OIDC provider can be associated'),
    setting('Google IAM; no client certificates'),
    setting('Microsoft Entra; no local accounts'),
  ),
  'AUTH-02': each(
    inherited('anonymous requests reach health paths'),
    setting('anonymous requests reach health paths; groups of everybody are given nothing'),
    inherited('anonymous requests are the provider’s matter'),
  ),
  'AUTH-03': inherited('kubelets ask the API server who calls'),
  'AUTH-04': inherited('RBAC, beside the authorizer of the cloud'),
  'AUTH-05': manifests('roles of this project; controllers have service accounts of their own'),
  'AUTH-09': each(
    setting('handlers of the kubelet for profiling, flags and logs of the host are off'),
    manifests('RBAC; the kubelet’s handlers cannot be set'),
    manifests('RBAC; the kubelet’s handlers cannot be set'),
  ),
  'AUTH-11': manifests(`RBAC; a policy that no request can change needs a file, and ${NO_FILES}`),
  'LOG-01': impossible(`the audit policy is the provider’s: ${NO_FILES}`),
  'LOG-02': each(
    setting('types of control-plane logs, and how long they are kept'),
    setting('logs of the API server; Data Access logs of the project'),
    setting('categories of a diagnostic setting'),
  ),
  'LOG-03': impossible('the provider’s policy decides; none of the three is known to log the bodies of Secrets'),
  'LOG-04': setting('the log service of the cloud, from which a SIEM takes them'),
  'LOG-07': operator('a profile needs an agent that places it on the nodes, such as the Security Profiles Operator'),
  'LOG-11': impossible('the provider’s policy decides what is recorded'),
  'LOG-13': impossible('delivery is best effort'),
  'LOG-18': impossible('the provider’s policy decides what is recorded'),
  'UPG-03': impossible('how many finished pods are kept is the provider’s choice'),
  'UPG-04': operator('kube-bench with the benchmark of the provider; kernel and file modes are those of the node image'),
};

/** How each of them is answered by each provider. */
export const MANAGED_ANSWERS: Readonly<Partial<Record<ControlId, Readonly<Record<ManagedDistribution, ManagedAnswer>>>>> =
  Object.fromEntries(Object.entries(ROWS).map(([id, row]) => [id, 'answer' in row ? { eks: row, gke: row, aks: row } : row]));
