import * as path from 'node:path';
import type { NodeFile } from '../../manifest';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { Flag, HostParts } from '../host-parts';
import { readOnStart } from '../read-on-start';
import { webhookKubeconfig } from '../webhook-kubeconfig';
import type { AuditLog, AuditSection, AuditWebhook } from './audit-section';

/** Where systemd reads what must be there when the host has started. */
const TMPFILES = '/etc/tmpfiles.d/kubernetes-audit.conf';

/** What the audit section asks of a host: the policy, the folder of the log, the flags, and the kubeconfig of the webhook. */
export function auditHostParts({ audit }: ControlPlaneSpec, layout: HostLayout): HostParts {
  if (!audit) {
    return {};
  }
  const policy = readOnStart(folderOf(layout), 'policy', audit.policy);
  const kubeconfig =
    audit.webhook &&
    readOnStart(folderOf(layout), 'webhook', webhookKubeconfig(audit.webhook.server, folderOf(layout), audit.webhook.clientCertificate));
  return {
    files: [policy, tmpfiles(audit, layout), ...(kubeconfig ? [kubeconfig] : [])],
    flags: {
      'kube-apiserver': [
        { name: 'audit-policy-file', value: policy.path },
        ...logFlags(audit.log, layout.auditLog),
        ...(audit.webhook && kubeconfig ? webhookFlags(audit.webhook, kubeconfig.path) : []),
      ],
    },
    // The folder, for rotation renames the file.
    mounts: [{ name: 'audit-log', path: path.posix.dirname(layout.auditLog), readOnly: false, type: 'DirectoryOrCreate' }],
  };
}

function folderOf({ hardening }: HostLayout): string {
  return `${hardening}/audit`;
}

/**
 * The folder and the first file of the log. The API server would make both for root alone, and keeps mode and owner of what is
 * there, on rotation too.
 */
function tmpfiles({ log: { readerGroup } }: AuditSection, { auditLog }: HostLayout): NodeFile {
  const [folderMode, fileMode, group] = readerGroup === undefined ? ['0700', '0600', 'root'] : ['0750', '0640', readerGroup];
  const content = [
    '# Folder and file of the audit log (systemd-tmpfiles --create).',
    `d ${path.posix.dirname(auditLog)} ${folderMode} root ${group} -`,
    `f ${auditLog} ${fileMode} root ${group} -`,
    '',
  ].join('\n');
  return { role: 'control-plane', path: TMPFILES, mode: '0644', owner: 'root:root', content };
}

/** Every flag that bounds the log, whatever the default of the minor: until 1.35 nothing was removed. */
function logFlags(log: AuditLog, file: string): Flag[] {
  return [
    { name: 'audit-log-path', value: file },
    { name: 'audit-log-maxage', value: String(log.maxAgeDays) },
    { name: 'audit-log-maxbackup', value: String(log.maxBackups) },
    { name: 'audit-log-maxsize', value: String(log.maxSizeMb) },
    { name: 'audit-log-compress', value: String(log.compress) },
    { name: 'audit-log-mode', value: log.mode },
    { name: 'audit-log-truncate-enabled', value: String(log.truncate) },
  ];
}

/** In batches, so that no request waits for another system. */
function webhookFlags({ bufferSize }: AuditWebhook, kubeconfig: string): Flag[] {
  return [
    { name: 'audit-webhook-config-file', value: kubeconfig },
    { name: 'audit-webhook-mode', value: 'batch' },
    { name: 'audit-webhook-initial-backoff', value: '10s' },
    { name: 'audit-webhook-batch-buffer-size', value: String(bufferSize) },
    { name: 'audit-webhook-truncate-enabled', value: 'true' },
  ];
}
