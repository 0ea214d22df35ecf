import type { SeccompLocalhostProfile } from '../../settings';
import { DENIED_CALLS, SOCKET_FAMILIES } from './denied-calls';
import { RUNTIME_DEFAULT } from './runtime-default.gen';
import type { RuntimeDefaultRule } from './runtime-default-rule';
import type { SeccompDocument, SeccompSyscall } from './seccomp-document';

/**
 * Architectures that one profile can be for: those that Kubernetes is released for. Those of IBM Z are apart: `clone` takes its
 * arguments in another order there, and libseccomp takes no profile for both byte orders. A call that a kernel does not have
 * is left out by the runtime; an architecture that it does not know (RISC-V in runc 1.1) stops the container.
 */
export const SECCOMP_ARCHITECTURES = {
  common: {
    native: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_PPC64LE'],
    compatible: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32', 'SCMP_ARCH_ARM'],
  },
  s390x: { native: ['SCMP_ARCH_S390X'], compatible: ['SCMP_ARCH_S390'] },
} as const;
export type SeccompArchitectures = keyof typeof SECCOMP_ARCHITECTURES;

/** EPERM, as runtimes answer. */
const EPERM = 1;

/**
 * The profile of a name. `deny` is the runtimes' default for a container without capabilities, less `DENIED_CALLS`, with
 * sockets of `SOCKET_FAMILIES` only, and for native calls only: a call in the 32-bit form ends its thread. `audit` lets
 * everything through and logs what `deny` would refuse; it is for finding that out, and confines nothing.
 */
export function seccompProfile(profile: SeccompLocalhostProfile, architectures: SeccompArchitectures = 'common'): SeccompDocument {
  const { native, compatible } = SECCOMP_ARCHITECTURES[architectures];
  const allowed = allowedCalls(architectures);
  return profile === 'deny'
    ? { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: EPERM, architectures: native, syscalls: allowed }
    : { defaultAction: 'SCMP_ACT_LOG', architectures: [...native, ...compatible], syscalls: allowed.map(withoutRefusal) };
}

function allowedCalls(architectures: SeccompArchitectures): SeccompSyscall[] {
  const rules = RUNTIME_DEFAULT.filter((rule) => isFor(rule, architectures))
    .map(({ names, action, errnoRet, args }): SeccompSyscall => ({
      names: names.filter((name) => !Object.hasOwn(DENIED_CALLS, name) && name !== 'socket'),
      action: action ?? 'SCMP_ACT_ALLOW',
      ...(errnoRet === undefined ? {} : { errnoRet }),
      ...(args === undefined ? {} : { args }),
    }))
    .filter(({ names }) => names.length > 0);
  const sockets = Object.values(SOCKET_FAMILIES).map((value): SeccompSyscall => ({
    names: ['socket'],
    action: 'SCMP_ACT_ALLOW',
    args: [{ index: 0, value, op: 'SCMP_CMP_EQ' }],
  }));
  return [...rules, ...sockets];
}

function isFor({ onlyOn, notOn }: RuntimeDefaultRule, architectures: SeccompArchitectures): boolean {
  return architectures === 's390x'
    ? (onlyOn?.includes('s390x') ?? true) && !notOn?.includes('s390x')
    : (onlyOn?.some((architecture) => !architecture.startsWith('s390')) ?? true);
}

/** `clone3` is refused as if the kernel did not have it, so that `clone` is used; a profile that refuses nothing lets it through. */
function withoutRefusal({ names, args }: SeccompSyscall): SeccompSyscall {
  return { names, action: 'SCMP_ACT_ALLOW', ...(args === undefined ? {} : { args }) };
}
