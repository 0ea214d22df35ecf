import { PORT_TABLE } from '../src';
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
