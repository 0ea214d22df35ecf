import type { Flag } from '../host-parts';
import type { EtcdSection } from './etcd-section';

/**
 * Hardening flags of etcd. Certificates and addresses are the distribution's: kubeadm gives etcd a CA of its own, one certificate
 * for clients and one for peers. None begins with `experimental-`: those are gone in etcd 3.7, which Kubernetes 1.37 brings.
 */
export function etcdFlags({ quotaBackendBytes }: EtcdSection): Flag[] {
  return [
    { name: 'auto-tls', value: 'false' }, // CIS 2.3
    { name: 'client-cert-auth', value: 'true' }, // CIS 2.2
    { name: 'peer-auto-tls', value: 'false' }, // CIS 2.6
    { name: 'peer-client-cert-auth', value: 'true' }, // CIS 2.5
    { name: 'quota-backend-bytes', value: String(quotaBackendBytes) },
  ];
}
