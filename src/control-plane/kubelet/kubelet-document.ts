import { kubernetesTlsVersion, TLS12_CIPHERS } from '../../rules';
import type { ControlPlaneSpec } from '../control-plane-spec';
import { HOST_LAYOUTS } from '../host-layout';
import type { KubeletConfiguration } from './kubelet-configuration';
import { KUBELET_DEFAULTS } from './kubelet-defaults';
import { FIELDS_OF_DISTRIBUTION } from './kubelet-distributions';
import type { KubeletSettings } from './kubelet-section';

/**
 * The KubeletConfiguration that is ours to write: the whole one for kubeadm and kind, the fields of a drop-in file for k3s and
 * RKE2, those of `extraConfig` for Talos. Undefined when nobody answers for the kubelet.
 *
 * @throws if a field is set that the distribution sets by itself, or kernel settings are asked for that nobody writes
 */
export function kubeletDocument(spec: ControlPlaneSpec): KubeletConfiguration | undefined {
  const { cluster, kubelet, kernel } = spec;
  if (kubelet === undefined) {
    return undefined;
  }
  const owned: readonly string[] = FIELDS_OF_DISTRIBUTION[cluster.distribution] ?? [];
  refuseOwned(kubelet.settings, owned, cluster.distribution);
  const { servingCertificates } = kubelet;
  const fields = Object.entries({
    ...merged(kubelet.settings, HOST_LAYOUTS[cluster.distribution]?.clientCa),
    serverTLSBootstrap: servingCertificates === 'bootstrap' ? true : undefined,
    ...tlsFields(spec),
  });
  const document = Object.fromEntries(fields.filter(([field, value]) => value !== undefined && !owned.includes(field)).sort(byName));
  if (document['protectKernelDefaults'] === true && kernel === undefined) {
    throw new Error(
      'Kubelet: protectKernelDefaults is on and nobody writes the kernel settings that it asks for, so that no kubelet would start ' +
        '(control UPG-04). Add KernelSettings.',
    );
  }
  return { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...document };
}

/** The hardened fields with those that were given; what is reserved and what makes room is added to, not replaced. */
function merged(settings: KubeletSettings, clientCAFile: string | undefined): KubeletSettings {
  const { authentication, evictionHard, kubeReserved, systemReserved } = KUBELET_DEFAULTS;
  return {
    ...KUBELET_DEFAULTS,
    ...settings,
    authentication: { ...authentication, ...(clientCAFile === undefined ? {} : { x509: { clientCAFile } }), ...settings.authentication },
    evictionHard: { ...evictionHard, ...settings.evictionHard },
    kubeReserved: { ...kubeReserved, ...settings.kubeReserved },
    systemReserved: { ...systemReserved, ...settings.systemReserved },
  };
}

function tlsFields({ tls }: ControlPlaneSpec): Partial<KubeletConfiguration> {
  return tls === undefined
    ? {}
    : { tlsMinVersion: kubernetesTlsVersion(tls.minVersion), tlsCipherSuites: tls.minVersion === '1.2' ? [...TLS12_CIPHERS] : undefined };
}

function refuseOwned(settings: KubeletSettings, owned: readonly string[], distribution: string): void {
  const lost = Object.entries(settings).find(([field, value]) => value !== undefined && owned.includes(field));
  if (lost) {
    throw new Error(
      `Kubelet: ${lost[0]} cannot be set on ${distribution}, which sets it by itself (control AUTH-03). Remove it from the settings of ` +
        `the kubelet; where ${distribution} has a key of its own for it, use that.`,
    );
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
