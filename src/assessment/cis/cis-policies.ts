import type { CisCheck } from './cis-check';

/** Section 5. Those that kube-bench asks the cluster about; the others are for people. None is scored. */
const ASKED = ['5.1.1', '5.1.2', '5.1.3', '5.1.4', '5.1.5', '5.1.6', '5.2.2', '5.2.3', '5.2.4', '5.2.5', '5.2.6'];

const TITLES: Readonly<Record<string, string>> = {
  '5.1.1': 'cluster-admin for who needs it',
  '5.1.2': 'Secrets for who needs them',
  '5.1.3': 'roles without wildcards',
  '5.1.4': 'few may make pods',
  '5.1.5': 'nothing runs as the service account default',
  '5.1.6': 'tokens in pods that need them',
  '5.1.7': 'nobody in system:masters',
  '5.1.8': 'nobody has bind, impersonate or escalate',
  '5.1.9': 'few may make persistent volumes',
  '5.1.10': 'few may reach kubelets through the API server',
  '5.1.11': 'few may approve certificates',
  '5.1.12': 'few may change webhooks',
  '5.1.13': 'few may make tokens of service accounts',
  '5.2.1': 'something enforces the security of pods',
  '5.2.2': 'no privileged containers',
  '5.2.3': 'no processes of the host',
  '5.2.4': 'no IPC of the host',
  '5.2.5': 'no network of the host',
  '5.2.6': 'no way to more privileges',
  '5.2.7': 'no containers as root',
  '5.2.8': 'no raw packets',
  '5.2.9': 'no capabilities',
  '5.2.10': 'no HostProcess containers',
  '5.2.11': 'no paths of the host',
  '5.2.12': 'no ports of the host',
  '5.3.1': 'a network plugin that enforces policies',
  '5.3.2': 'a network policy in every namespace',
  '5.4.1': 'Secrets as files',
  '5.4.2': 'Secrets outside of the cluster',
  '5.5.1': 'images of known origin',
  '5.6.1': 'namespaces as borders',
  '5.6.2': 'seccomp for pods',
  '5.6.3': 'security contexts for pods',
  '5.6.4': 'nothing in the namespace default',
};

/** Checks of the cluster (target policies). Manifests are judged by our rules; what runs, by `verify`. */
export const CIS_POLICIES: readonly CisCheck[] = Object.entries(TITLES).map(([id, title]) => ({
  id,
  title,
  scored: false,
  on: 'cluster',
  look: { at: ASKED.includes(id) ? 'cluster' : 'nothing' },
}));
