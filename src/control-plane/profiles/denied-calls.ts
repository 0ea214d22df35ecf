/**
 * System calls that runtimes allow by default and the deny profile does not: each is a way to break out, or out of sight, that
 * ordinary programs do not use. Each with why.
 */
export const DENIED_CALLS: Readonly<Record<string, string>> = {
  ptrace: 'reads and changes other processes; for debuggers',
  process_vm_readv: 'reads the memory of other processes',
  process_vm_writev: 'changes the memory of other processes',
  modify_ldt: '16-bit segments, a frequent source of kernel flaws; for Wine',
  remap_file_pages: 'deprecated since Linux 3.16, and emulated',
  vmsplice: 'maps user pages into pipes, a frequent source of kernel flaws',
  name_to_handle_at: 'makes the handles with which open_by_handle_at leaves a container',
  fanotify_mark: 'of no use without fanotify_init, which is not allowed',
  memfd_secret: 'memory that not even the kernel shows to who looks for malware',
  socketcall: 'hides the family of a socket from the filter; for 32-bit programs',
};

/** Address families of sockets that the deny profile allows, by number. The runtimes allow all but AF_ALG and AF_VSOCK. */
export const SOCKET_FAMILIES: Readonly<Record<string, number>> = { AF_UNIX: 1, AF_INET: 2, AF_INET6: 10, AF_NETLINK: 16 };
