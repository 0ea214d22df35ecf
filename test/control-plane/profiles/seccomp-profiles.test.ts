import { DENIED_CALLS, RUNTIME_DEFAULT, SECCOMP_ARCHITECTURES, seccompProfile, SOCKET_FAMILIES } from '../../../src/control-plane';
import type { SeccompDocument } from '../../../src/control-plane';

const deny = seccompProfile('deny');
const audit = seccompProfile('audit');
/** Every way in which a profile names a call. */
const rulesOf = ({ syscalls }: SeccompDocument, name: string) => syscalls.filter(({ names }) => names.includes(name));
const allowed = ({ syscalls }: SeccompDocument) =>
  new Set(syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW').flatMap(({ names }) => names));

describe('deny', () => {
  it('refuses with EPERM what is not on its list', () => expect([deny.defaultAction, deny.defaultErrnoRet]).toEqual(['SCMP_ACT_ERRNO', 1]));

  it('allows nothing that the runtimes do not', () => {
    const byDefault = new Set(RUNTIME_DEFAULT.flatMap(({ names }) => names));
    expect([...allowed(deny)].filter((name) => !byDefault.has(name))).toEqual([]);
  });

  it.each(Object.entries(DENIED_CALLS))('does not allow %s, which the runtimes do: %s', (name) => {
    expect(RUNTIME_DEFAULT.some(({ names }) => names.includes(name))).toBe(true);
    expect(rulesOf(deny, name)).toEqual([]);
  });

  it.each([
    'mount',
    'setns',
    'unshare',
    'bpf',
    'keyctl',
    'add_key',
    'io_uring_setup',
    'userfaultfd',
    'kexec_load',
    'init_module',
    'perf_event_open',
    'reboot',
  ])('does not allow %s, which the runtimes do not either', (name) => expect(rulesOf(deny, name)).toEqual([]));

  it.each([
    'execve',
    'openat',
    'read',
    'write',
    'futex',
    'mmap',
    'epoll_wait',
    'accept4',
    'clone',
    'exit_group',
    'getrandom',
    'rt_sigreturn',
  ])('allows %s, without which nothing runs', (name) => expect(allowed(deny)).toContain(name));

  it('allows new processes, and no new namespaces', () => {
    expect(rulesOf(deny, 'clone')).toEqual([
      { names: ['clone'], action: 'SCMP_ACT_ALLOW', args: [{ index: 0, value: 0x7e020000, op: 'SCMP_CMP_MASKED_EQ' }] },
    ]);
    expect(rulesOf(deny, 'clone3')).toEqual([{ names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 }]);
  });

  it('allows sockets of these families', () => {
    expect(rulesOf(deny, 'socket').map(({ args }) => args)).toEqual(
      Object.values(SOCKET_FAMILIES).map((value) => [{ index: 0, value, op: 'SCMP_CMP_EQ' }]),
    );
  });

  it('is for native calls', () => expect(deny.architectures).toEqual(SECCOMP_ARCHITECTURES.common.native));
});

describe('audit', () => {
  it('lets everything through, and logs exactly what deny refuses', () => {
    expect(audit.defaultAction).toBe('SCMP_ACT_LOG');
    expect(audit.syscalls.filter(({ action }) => action !== 'SCMP_ACT_ALLOW')).toEqual([]);
    expect(new Set([...allowed(deny), 'clone3'])).toEqual(allowed(audit));
  });

  it('is for 32-bit calls too, which would end the process otherwise', () => expect(audit.architectures).toContain('SCMP_ARCH_X86'));
});

it('looks at the flags of clone where IBM Z has them, in a profile for that alone', () => {
  expect(rulesOf(seccompProfile('deny', 's390x'), 'clone').map(({ args }) => args?.[0]?.index)).toEqual([1]);
  expect(allowed(seccompProfile('deny', 's390x'))).toContain('s390_pci_mmio_read');
  expect(allowed(seccompProfile('deny', 's390x'))).not.toContain('arch_prctl');
  expect(allowed(deny)).not.toContain('s390_pci_mmio_read');
});

// What runc and crun read; Docker's own fields would be dropped by containerd.
it.each([deny, audit, seccompProfile('deny', 's390x')])(
  'is a document of the OCI runtime specification',
  ({ defaultErrnoRet, ...document }) => {
    expect(Object.keys(document)).toEqual(['defaultAction', 'architectures', 'syscalls']);
    document.syscalls.forEach((rule) => {
      expect(Object.keys(rule).filter((key) => !['names', 'action', 'args', 'errnoRet'].includes(key))).toEqual([]);
      expect(rule.names.length).toBeGreaterThan(0);
    });
    expect([undefined, 1]).toContain(defaultErrnoRet);
  },
);
