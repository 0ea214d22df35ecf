import { SUPPORTED_MINORS } from '../../settings';
import type { KubernetesMinor, PlatformSettings } from '../../settings';

/** A variable that rules share: a CEL expression, which may use the object and the variables before it. */
export interface CelVariable {
  readonly name: string;
  readonly expression: string;
}

/**
 * The shared variables, in the order in which the API server must see them. What depends on the platform is a literal.
 *
 * `dyn(object)` keeps the API server's type checker quiet when one policy matches several kinds; below `spec` all is
 * read with `.?`, and nothing depends on what the API server fills in, so the answer is the same before and after it.
 */
export function celVariables(settings: PlatformSettings): readonly CelVariable[] {
  return [
    {
      name: 'pod',
      expression:
        "object.kind == 'Pod' ? dyn(object) : object.kind == 'CronJob' ? dyn(object).spec.jobTemplate.spec.template : dyn(object).spec.template",
    },
    { name: 'podSpec', expression: 'variables.pod.spec' },
    { name: 'annotations', expression: 'variables.pod.?metadata.?annotations.orValue({})' },
    { name: 'appContainers', expression: 'variables.podSpec.?containers.orValue([])' },
    { name: 'boundedContainers', expression: 'variables.appContainers + variables.podSpec.?initContainers.orValue([])' },
    { name: 'containers', expression: 'variables.boundedContainers + variables.podSpec.?ephemeralContainers.orValue([])' },
    { name: 'volumes', expression: 'variables.podSpec.?volumes.orValue([])' },
    { name: 'windows', expression: "variables.podSpec.?os.?name.orValue('') == 'windows'" },
    { name: 'roleRules', expression: 'has(object.rules) && object.rules != null ? dyn(object).rules : []' },
    { name: 'userNamespaces', expression: String(settings.nodes.userNamespaces) },
    { name: 'registries', expression: listLiteral(settings.registries ?? []) },
    { name: 'safeSysctls', expression: listLiteral(safeSysctls(settings.minor)) },
    { name: 'podSecurityVersion', expression: stringLiteral(`v${settings.minor}`) },
  ];
}

/**
 * Sysctls that Pod Security calls safe, by the minor that did; what came before 1.35 is under that.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
const SAFE_SYSCTLS: Readonly<Record<KubernetesMinor, readonly string[]>> = {
  '1.35': [
    'kernel.shm_rmid_forced',
    'net.ipv4.ip_local_port_range',
    'net.ipv4.ip_unprivileged_port_start',
    'net.ipv4.tcp_syncookies',
    'net.ipv4.ping_group_range',
    'net.ipv4.ip_local_reserved_ports',
    'net.ipv4.tcp_keepalive_time',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
    'net.ipv4.tcp_rmem',
    'net.ipv4.tcp_wmem',
  ],
  '1.36': [],
  '1.37': ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'],
};

/** Those that are safe at a minor. */
function safeSysctls(minor: KubernetesMinor): string[] {
  return SUPPORTED_MINORS.slice(0, SUPPORTED_MINORS.indexOf(minor) + 1).flatMap((supported) => SAFE_SYSCTLS[supported]);
}

/** A list of strings as a CEL literal. */
export function listLiteral(values: readonly string[]): string {
  return `[${values.map(stringLiteral).join(', ')}]`;
}

/** A string as a CEL literal. */
export function stringLiteral(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}
