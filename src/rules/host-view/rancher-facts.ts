import { listOf, textOf } from '../../manifest';
import type { WireObject } from '../../manifest';
import { PROGRAMS } from '../node-files';
import type { GivenFlag, Program } from '../node-files';
import { source } from './fact-parts';
import type { FactReader } from './fact-parts';
import type { HostDocument, HostFacts } from './host-document';
import { RANCHER_KIND } from './read-documents';

/** k3s and RKE2: one file of keys, which are the flags of their own program. */
export const RANCHER_FACTS: Readonly<Record<string, FactReader>> = { [`/${RANCHER_KIND}`]: rancher };

/** Programs that k3s and RKE2 start on every server. */
const SERVER_PROGRAMS: readonly Program[] = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** k3s and RKE2: every program by its own key; `key+` adds to what another file says. */
function rancher({ file, value }: HostDocument): HostFacts {
  const of = (key: string): unknown[] => [...oneOrMore(value[key]), ...oneOrMore(value[`${key}+`])];
  const flags = PROGRAMS.flatMap((program) => {
    const given = [...of(`${program}-arg`), ...ownKeys(program, value)];
    const started = given.length > 0 || (SERVER_PROGRAMS.includes(program) && file.role !== 'worker');
    const made = source(program, file, given);
    return started ? [program === 'etcd' ? { ...made, flags: made.flags.map(listAsText) } : made] : [];
  });
  const mounts = of('kube-apiserver-extra-mount').flatMap((mount) => {
    const [hostPath = '', mountPath = hostPath, mode] = (textOf(mount) ?? '').split(':');
    return [{ file, hostPath, mountPath, readOnly: mode === 'ro', made: true }];
  });
  return { flags, mounts };
}

/** Arguments of etcd become a file of YAML, where a list is a list: `[a,b]`. */
function listAsText({ name, value }: GivenFlag): GivenFlag {
  return { name, value: value.replace(/^\[(.*)\]$/, '$1') };
}

/** Keys that stand for flags. @see https://docs.rke2.io/reference/server_config https://docs.k3s.io/cli/server */
function ownKeys(program: Program, value: WireObject): string[] {
  const cis = value['profile'] === 'cis';
  switch (program) {
    case 'kube-apiserver':
      return [
        ...named(value, 'audit-policy-file', 'audit-policy-file'),
        ...named(value, 'pod-security-admission-config-file', 'admission-control-config-file'),
        ...(cis ? ['service-account-extend-token-expiration=false'] : []),
      ];
    case 'kubelet':
      return cis || value['protect-kernel-defaults'] === true ? ['protect-kernel-defaults=true'] : [];
    default:
      return [];
  }
}

function named(value: WireObject, key: string, flag: string): string[] {
  const text = textOf(value[key]);
  return text === undefined ? [] : [`${flag}=${text}`];
}

function oneOrMore(value: unknown): readonly unknown[] {
  return typeof value === 'string' ? [value] : listOf(value);
}
