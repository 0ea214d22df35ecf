/** What a unit may not do that reads and writes files of the host and talks to the node itself (systemd.exec(5)). */
const CONFINED = [
  'LockPersonality=true',
  'MemoryDenyWriteExecute=true',
  'NoNewPrivileges=true',
  'PrivateDevices=true',
  'PrivateTmp=true',
  'ProtectClock=true',
  'ProtectControlGroups=true',
  'ProtectHome=true',
  'ProtectHostname=true',
  'ProtectKernelLogs=true',
  'ProtectKernelModules=true',
  'ProtectKernelTunables=true',
  'ProtectSystem=strict',
  'RestrictNamespaces=true',
  'RestrictRealtime=true',
  'RestrictSUIDSGID=true',
  'SystemCallArchitectures=native',
];

/** Text of a service that runs a command once, may write nowhere but below `writes`, and gains nothing. */
export function oneshotService(description: string, command: string, writes: readonly string[], more: readonly string[] = []): string {
  return [
    '[Unit]',
    `Description=${description}`,
    'After=kubelet.service',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${command}`,
    `ReadWritePaths=${writes.join(' ')}`,
    ...more,
    ...CONFINED,
    '',
  ].join('\n');
}

/** Text of a timer for the service of the same name. A run that was missed is made up for after the boot. */
export function timer(description: string, calendar: string, randomDelay: string): string {
  return [
    '[Unit]',
    `Description=${description}`,
    '',
    '[Timer]',
    `OnCalendar=${calendar}`,
    `RandomizedDelaySec=${randomDelay}`,
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}
