import type { ControlId } from '../../controls';
import { SECCOMP_LOCALHOST_PROFILES } from '../../settings';
import type { SeccompLocalhostProfile } from '../../settings';
import { admissionPluginConfigurations } from '../admission';
import type { AdmissionPlugin } from '../admission';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { FlaggedProgram, HostParts } from '../host-parts';
import { kernelSysctls } from '../kernel';
import { kubeletDocument } from '../kubelet';
import { seccompProfile } from '../profiles';
import { flagsOfTalos, SYSCTLS_OF_TALOS, USER_NAMESPACES } from './talos-versions';
import type { TalosVersion } from './talos-versions';
import { enabledAdmissionPlugins, writtenFlags } from './written-flags';

/** Where things lie on a Talos host. Files are few: it takes documents. */
export const TALOS_PLACES: HostLayout = {
  hardening: '/var/etc/kubernetes-hardening',
  auditLog: '/var/log/audit/kube/kube-apiserver.log',
  pki: '/system/secrets/kubernetes/kube-apiserver',
  clientCa: '/etc/kubernetes/pki/ca.crt',
};

/** @throws for what asks for a file with a key, or a key service, on the host: Talos has no place for one */
export function refuseForTalos({ admission, audit, authorization, encryption }: ControlPlaneSpec): void {
  const impossible: readonly (readonly [unknown, string, ControlId, string])[] = [
    [admission?.imagePolicy, 'the webhook for images', 'POD-06', 'Use an admission webhook in the cluster.'],
    [audit?.webhook, 'the audit webhook', 'LOG-04', 'Ship the file with an agent that mounts /var/log/audit.'],
    [authorization?.form === 'file' && authorization.webhook, 'the authorization webhook', 'AUTH-04', 'Remove it.'],
    [encryption?.provider === 'kms', 'the key service', 'NET-23', 'Use secretbox, whose key talosctl makes.'],
    [encryption?.provider === 'aescbc', 'aescbc', 'NET-22', 'Use secretbox, whose key talosctl makes.'],
  ];
  const found = impossible.find(([present]) => Boolean(present));
  if (found !== undefined) {
    const [, what, control, remedy] = found;
    throw new Error(
      `Talos: ${what} cannot be set: it needs a key, or a program, on the host, and a host of Talos takes neither (control ${control}). ${remedy}`,
    );
  }
}

/** The value under its key, or nothing where it is empty. */
export function ifAny(key: string, value: object): object {
  return Object.keys(value).length > 0 ? { [key]: value } : {};
}

/** Flags of a program as a map. A flag that comes twice is a list. */
export function extraArgs(
  parts: Required<HostParts>,
  program: FlaggedProgram,
  version: TalosVersion,
): Readonly<Record<string, string | string[]>> {
  const args: Record<string, string | string[]> = {};
  for (const { name, value } of writtenFlags(parts, program, flagsOfTalos(version, program))) {
    args[name] = name in args ? [args[name] ?? [], value].flat() : value;
  }
  // Talos adds to its own list, where other distributions have theirs replaced.
  const plugins = program === 'kube-apiserver' ? enabledAdmissionPlugins(parts).filter((plugin) => plugin !== 'NodeRestriction') : [];
  return plugins.length > 0 ? { ...args, 'enable-admission-plugins': plugins.join(',') } : args;
}

/** Plugins with what configures them, but for policies from files, which there is no folder for. */
export function admissionPlugins({ admission }: ControlPlaneSpec): readonly AdmissionPlugin[] {
  return admission === undefined
    ? []
    : admissionPluginConfigurations({ ...admission, staticPolicies: [] }, { staticPolicies: '' }).map(withoutTwice);
}

/** Talos has kube-system exempt, and lists of a patch are added to its own: a namespace that is there twice stops the API server. */
function withoutTwice(plugin: AdmissionPlugin): AdmissionPlugin {
  if (plugin.name !== 'PodSecurity') {
    return plugin;
  }
  const { configuration } = plugin;
  const namespaces = configuration.exemptions.namespaces.filter((namespace) => namespace !== 'kube-system');
  return { ...plugin, configuration: { ...configuration, exemptions: { ...configuration.exemptions, namespaces } } };
}

/**
 * The kubelet's fields without those that say what document it is. What Talos reserves for the host it reserves only where nothing
 * is reserved here.
 */
export function kubeletConfig(spec: ControlPlaneSpec): Readonly<Record<string, unknown>> | undefined {
  const document = kubeletDocument(spec);
  if (document === undefined) {
    return undefined;
  }
  const { apiVersion: _apiVersion, kind: _kind, systemReserved, ...fields } = document;
  return { ...fields, ...(spec.kubelet?.settings.systemReserved === undefined ? {} : { systemReserved }) };
}

/** Settings of the kernel that Talos does not have by itself, and all that were asked for by name. */
export function talosSysctls(spec: ControlPlaneSpec): Readonly<Record<string, string>> {
  const asked = Object.keys(spec.kernel?.sysctls ?? {});
  return {
    ...Object.fromEntries(Object.entries(kernelSysctls(spec)).filter(([key]) => asked.includes(key) || !SYSCTLS_OF_TALOS.includes(key))),
    ...(spec.cluster.nodes?.userNamespaces ? USER_NAMESPACES : {}),
  };
}

/** The seccomp profiles by the name that pods give them, below Talos' folder `profiles`. */
export function seccompProfiles({ confinement }: ControlPlaneSpec): readonly { readonly name: string; readonly value: object }[] {
  return confinement === undefined
    ? []
    : (Object.keys(SECCOMP_LOCALHOST_PROFILES) as SeccompLocalhostProfile[]).map((profile) => ({
        name: SECCOMP_LOCALHOST_PROFILES[profile].replace(/^profiles\//, ''),
        value: seccompProfile(profile, 'common'),
      }));
}
