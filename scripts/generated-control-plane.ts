import { DENIED_CALLS, PORT_TABLE, SOCKET_FAMILIES } from '../src';
import type { PortRow } from '../src';

/** The port table, for `docs/firewall.md`. */
export function portTable(): string {
  const lines = PORT_TABLE.map((row) =>
    [
      `${row.name}`,
      `${portsOf(row)}${row.protocol}${row.family === undefined ? '' : `, ${row.family === 'ipv4' ? 'IPv4' : 'IPv6'}`}`,
      row.on.length > 1 ? 'every node' : row.on.join(', '),
      row.from.join(', '),
      when(row),
      row.why,
      row.control,
      row.source.startsWith('http') ? `[source](${row.source})` : row.source,
    ].join(' | '),
  );
  return [
    '| what | port | on | from | when | why | control | source |',
    '|---|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

function portsOf({ port, endPort }: PortRow): string {
  return port === undefined ? '' : `${port}${endPort === undefined ? '' : `–${endPort}`}/`;
}

function when({ distributions, plugins, transport, option, portSetting }: PortRow): string {
  return [
    portSetting === undefined ? undefined : `or \`${portSetting === 'sshPort' ? portSetting : 'apiServer.port'}\``,
    distributions?.join(', '),
    plugins?.join(', '),
    transport && `\`transports\` has ${transport}`,
    option && (option === 'nodePorts' ? '`nodePorts`' : '`dns.cidrs` of the settings'),
  ]
    .filter((text) => text !== undefined)
    .join('; ');
}

/** What the deny profile takes away from the default of the runtimes, for `docs/confinement-profiles.md`. */
export function deniedCalls(): string {
  const families = Object.keys(SOCKET_FAMILIES).map((family) => `\`${family}\``);
  const rows = [
    ...Object.entries(DENIED_CALLS).map(([name, why]) => [`\`${name}\``, why]),
    ['`socket` of all families but ' + families.join(', '), 'what services do not speak'],
  ];
  return ['| not allowed | why |', '|---|---|', ...rows.map(([name, why]) => `| ${name} | ${why} |`)].join('\n');
}
