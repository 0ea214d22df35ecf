import { APP_ARMOR_LOCALHOST_PROFILE } from '../../settings';

/** Where the profile lies; Debian, Ubuntu and SUSE load everything in this folder at start. */
export const APP_ARMOR_PROFILE_FILE = `/etc/apparmor.d/${APP_ARMOR_LOCALHOST_PROFILE}`;

/**
 * AppArmor for hardened containers: no capability, no mount, no raw or packet socket, no way into processes outside; /proc and
 * /sys as good as read-only. Files are left to the read-only root and the volumes of the pod. Stricter than the profile of the
 * runtimes, which allows all capabilities and all sockets.
 */
export const APP_ARMOR_PROFILE = `# Profile of hardened containers. Generated: change the blueprint, not this file.
abi <abi/3.0>,

#include <tunables/global>

profile ${APP_ARMOR_LOCALHOST_PROFILE} flags=(attach_disconnected,mediate_deleted) {
  #include <abstractions/base>

  # No 'capability' and no 'mount' rule: there are none.
  network inet stream,
  network inet dgram,
  network inet6 stream,
  network inet6 dgram,
  network netlink raw,
  unix,

  file,

  # From the runtime and the host, and among the processes of containers.
  signal (receive) peer=unconfined,
  signal (receive) peer=runc,
  signal (receive) peer=crun,
  signal (send, receive) peer=${APP_ARMOR_LOCALHOST_PROFILE},
  ptrace (read, readby) peer=${APP_ARMOR_LOCALHOST_PROFILE},

  # A process may change what is its own in /proc, and nothing of the kernel.
  deny @{PROC}/[^1-9]** wklx,
  deny @{PROC}/{kallsyms,kcore,keys,kmsg,sysrq-trigger,timer_list} r,
  deny /sys/** wklx,
  deny /sys/{firmware,kernel/debug,kernel/security,kernel/tracing,devices/virtual/powercap}/** r,
}
`;

/** Loads the profile before the kubelet starts containers that name it; where the file has changed, again. */
export const APP_ARMOR_UNIT = `[Unit]
Description=AppArmor profile of hardened containers
ConditionSecurity=apparmor
After=apparmor.service local-fs.target
Before=kubelet.service k3s.service k3s-agent.service rke2-server.service rke2-agent.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/apparmor_parser --replace --write-cache ${APP_ARMOR_PROFILE_FILE}
ExecReload=/usr/sbin/apparmor_parser --replace --write-cache ${APP_ARMOR_PROFILE_FILE}

[Install]
WantedBy=multi-user.target
`;
