import type { NodeFile } from '../../manifest';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { oneshotService, timer } from '../systemd';
import { APPROVE_COMMAND, approveCertificatesScript } from './approve-certificates-script';
import { needsRenewal } from './certificates-section';
import { RENEW_COMMAND, renewCertificatesScript } from './renew-certificates-script';

const UNIT = '/etc/systemd/system/renew-kubernetes-certificates';

/**
 * With kubeadm: renewal on every control-plane node when certificates end before the next upgrade would renew them. Wherever
 * kubelets ask for their serving certificates: the command that approves them, on the machine of the operator.
 */
export function certificatesHostParts({ certificates, kubelet, cluster }: ControlPlaneSpec, { pki }: HostLayout): HostParts {
  const file = (role: 'control-plane' | 'operator', path: string, mode: string, content: string): NodeFile => ({
    role,
    path,
    mode,
    owner: 'root:root',
    content,
  });
  const renewal =
    certificates !== undefined && cluster.distribution === 'kubeadm' && needsRenewal(certificates)
      ? [
          file('control-plane', RENEW_COMMAND, '0700', renewCertificatesScript(certificates, pki)),
          // It stops containers through the socket of the runtime, so what it may do is not what its unit allows; it only writes here.
          file(
            'control-plane',
            `${UNIT}.service`,
            '0644',
            oneshotService('Renewal of the certificates of the control plane', RENEW_COMMAND, ['/etc/kubernetes', '/var/lib/kubelet']),
          ),
          // Spread over most of a day: control-plane nodes must not restart their API servers at one time.
          file(
            'control-plane',
            `${UNIT}.timer`,
            '0644',
            timer('Daily look at the certificates of the control plane', '*-*-* 02:00:00', '20h'),
          ),
        ]
      : [];
  const approval =
    kubelet?.servingCertificates === 'bootstrap'
      ? [file('operator', APPROVE_COMMAND, '0755', approveCertificatesScript(cluster.hosts.nodes))]
      : [];
  return { files: [...renewal, ...approval] };
}
