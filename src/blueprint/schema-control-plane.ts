import { z } from 'zod';
import {
  CERTIFICATE_ALGORITHMS,
  DEFAULT_BACKUP,
  DEFAULT_CERTIFICATES,
  DEFAULT_COMPONENTS,
  DEFAULT_QUOTA_BYTES,
  DEFAULT_TLS,
  KUBE_PROXY_MODES,
  SERVING_CERTIFICATES,
  SNAPSHOT_HOURS,
} from '../control-plane';
import { Cidr } from '../manifest';
import { goSeconds, TLS_VERSIONS } from '../rules';
import type { NodesStackProps } from '../stacks';

const days = z.int().min(1);
const duration = z.string().refine((text) => (goSeconds(text) ?? -1) >= 0, 'is not a duration, such as 4380h0m0s');
const texts = z.array(z.string());
const range = z.string().refine(isRange, 'is not a range of addresses, such as 192.0.2.0/24');

const approver = z
  .strictObject({
    image: z.string().describe('Image of postfinance/kubelet-csr-approver, with tag and digest'),
    owner: z.string().regex(/\S/, 'must not be blank').describe('Who answers for it: a mail address or a team'),
    nodeRanges: z.array(range).min(1).describe('Ranges that the addresses of nodes are in'),
    nodeNames: z.string().optional().describe('Regular expression that names of nodes match; any DNS name unless given'),
    resolveNames: z.boolean().default(true).describe('Whether the name of a node must resolve to its addresses'),
  })
  .optional()
  .describe('Approves the certificates that kubelets ask for; by hand (`approve-kubelet-certificates`) unless given');

const byName = z.record(z.string(), z.string()).optional();
const kubelet = z
  .strictObject({
    servingCertificates: z
      .enum(SERVING_CERTIFICATES)
      .optional()
      .describe(
        'Where their serving certificates come from; `bootstrap` unless given, `self-signed` on kind, `distribution` on k3s and RKE2',
      ),
    approver,
    maxPods: z.int().optional().describe('Pods of a node at most'),
    podPidsLimit: z.int().optional().describe('Process ids of a pod at most; 4096 unless given'),
    systemReserved: byName.describe('Kept for the host, such as `memory: 1Gi`; 1000 process ids beside'),
    kubeReserved: byName.describe('Kept for kubelet and runtime; 1000 process ids beside'),
    evictionHard: byName.describe('What must stay free, such as `memory.available: 500Mi`; 10% of process ids beside'),
    evictionSoft: byName.describe('What should stay free for longer than `evictionSoftGracePeriod`'),
    evictionSoftGracePeriod: byName.describe('How long it may be missing, by signal'),
    imagePullCredentialsVerificationPolicy: z
      .enum(['NeverVerify', 'NeverVerifyPreloadedImages', 'NeverVerifyAllowlistedImages', 'AlwaysVerify'])
      .optional()
      .describe('Whose credentials are asked for an image that is on the node; `NeverVerifyPreloadedImages` unless given'),
    containerLogMaxSize: z.string().optional().describe('Size at which the log of a container is rotated; 50Mi unless given'),
    containerLogMaxFiles: z.int().optional().describe('Logs of a container that are kept; 5 unless given'),
  })
  .optional()
  .describe('Kubelets of all nodes');

const backup = z
  .strictObject({
    recipients: texts.min(1).describe('Public keys that snapshots are encrypted to: `age1…`, or SSH keys without comment'),
    everyHours: z.literal(SNAPSHOT_HOURS).default(DEFAULT_BACKUP.everyHours).describe('Hours between snapshots'),
    retentionDays: days.default(DEFAULT_BACKUP.retentionDays).describe('Days that they are kept on the node'),
    folder: z.string().default(DEFAULT_BACKUP.folder).describe('Folder on the control-plane nodes'),
  })
  .optional()
  .describe('Encrypted snapshots; none unless given');

/** `controlPlane` of a blueprint. */
export const CONTROL_PLANE_SCHEMA = z
  .strictObject({
    tls: z.enum(TLS_VERSIONS).default(DEFAULT_TLS.minVersion).describe('Oldest TLS version that components speak'),
    flags: z
      .strictObject({
        clusterSigningDuration: duration
          .default(DEFAULT_COMPONENTS.clusterSigningDuration)
          .describe('How long certificates are valid that are signed on request'),
        terminatedPodGcThreshold: z
          .int()
          .min(1)
          .default(DEFAULT_COMPONENTS.terminatedPodGcThreshold)
          .describe('Finished pods that are kept'),
        requestTimeout: duration.optional().describe('How long a request may take; 60s unless given'),
        goawayChance: z
          .number()
          .min(0)
          .max(0.02)
          .optional()
          .describe('Share of requests after which a client connects anew; never unless given'),
      })
      .optional()
      .describe('Flags of API server, controller manager and scheduler'),
    kubelet,
    kubeProxy: z
      .strictObject({
        mode: z
          .enum(KUBE_PROXY_MODES)
          .optional()
          .describe('How it writes its rules: `iptables` unless given, on Talos from 1.37 `nftables`, which needs Linux 5.13'),
        nodePortAddresses: texts.min(1).optional().describe('Ranges on which node ports answer; `primary` unless given'),
      })
      .optional()
      .describe('kube-proxy on all nodes'),
    etcd: z
      .strictObject({
        quotaBackendBytes: z.int().min(1).default(DEFAULT_QUOTA_BYTES).describe('Bytes that the store may grow to'),
        backup,
      })
      .optional()
      .describe('The store of the API server'),
    certificates: z
      .strictObject({
        algorithm: z.enum(CERTIFICATE_ALGORITHMS).default(DEFAULT_CERTIFICATES.algorithm).describe('Algorithm of the keys'),
        validityDays: days.default(DEFAULT_CERTIFICATES.validityDays).describe('Days that certificates are valid'),
        caValidityDays: days.default(DEFAULT_CERTIFICATES.caValidityDays).describe('Days that certificate authorities are valid'),
        renewBeforeDays: days.default(DEFAULT_CERTIFICATES.renewBeforeDays).describe('Days before their end on which nodes renew them'),
      })
      .optional()
      .describe('Certificates of the control plane, with kubeadm'),
    kernel: z
      .strictObject({
        without: texts.optional().describe('Settings of the host hardening that are left as the host has them'),
        sysctls: z.record(z.string(), z.string()).optional().describe('More settings, or other values, by key'),
      })
      .optional()
      .describe('The kernel of every node'),
    fileModes: z
      .strictObject({ certificates: z.enum(['0600', '0644']).default('0600').describe('Mode of certificates on the hosts') })
      .optional()
      .describe('Modes of what lies on the hosts'),
  })
  .describe('Nodes and programs of the control plane');

/** The props of the stack `nodes` that a blueprint asks for. */
export function nodesProps({ tls, kubelet: written = {}, ...rest }: z.output<typeof CONTROL_PLANE_SCHEMA>): NodesStackProps {
  const { servingCertificates, approver: approves, ...settings } = written;
  return { ...rest, tls: { minVersion: tls }, kubelet: { servingCertificates, settings }, approver: approves };
}

function isRange(text: string): boolean {
  try {
    return Cidr.parse(text).bits > 0;
  } catch {
    return false;
  }
}
