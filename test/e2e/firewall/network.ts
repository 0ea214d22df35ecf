import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as path from 'node:path';
import type { Probe } from './probe';

/**
 * Three network namespaces: `host` has the firewall, `world` all addresses outside of it, and `pod` is a pod on the host, which
 * forwards for it.
 */
export type Namespace = 'host' | 'world' | 'pod';

/** Who tries to reach the host, with an address of each family. */
export const SOURCES = {
  'control-plane': ['10.0.10.11', 'fd00:10::11'],
  nodes: ['10.0.10.30', 'fd00:10::30'],
  pods: ['10.244.9.9', 'fd00:244:9::9'],
  admins: ['10.0.0.5', 'fd00:a::5'],
  'load-balancers': ['10.0.1.5', 'fd00:b::5'],
  stranger: ['203.0.113.9', '2001:db8:9::9'],
} as const;

export const HOST = ['10.0.10.20', 'fd00:10::20'] as const;
export const POD = ['10.244.0.2', 'fd00:244::2'] as const;
/** Metadata services that answer in `world`. */
export const METADATA = ['169.254.169.254', 'fd00:ec2::254'] as const;
/** The host's and the world's address on the link between them. */
export const LINK = { host: 'fe80::2', world: 'fe80::1' } as const;

const PROBE = path.join(__dirname, 'probe.ts');
const WITH_TSX = [process.execPath, '--import', 'tsx', PROBE];

/** Runs a program in a namespace, and gives what it prints. @throws with what it complains about */
export function run(namespace: Namespace, command: readonly string[], input?: string): string {
  return execFileSync('ip', ['netns', 'exec', namespace, ...command], { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Whether the program ends well in a namespace. */
export function succeeds(namespace: Namespace, command: readonly string[]): boolean {
  return spawnSync('ip', ['netns', 'exec', namespace, ...command]).status === 0;
}

/** Loads rules for nftables in the namespace of the host. */
export function load(rules: string): void {
  run('host', ['nft', '-f', '-'], rules);
}

/** @throws outside of the namespaces that `npm run test:firewall` makes, where something would stay */
export function makeNetwork(): void {
  const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8' });
  if (ip('-o', 'link').trim().split('\n').length > 1) {
    throw new Error('This network is not empty: it may be that of the machine. Run npm run test:firewall.');
  }
  const inside = (namespace: Namespace, line: string): string => ip('-n', namespace, ...line.split(' '));
  (['host', 'world', 'pod'] as const).forEach((name) => {
    ip('netns', 'add', name);
    inside(name, 'link set lo up');
  });
  ip('link', 'add', 'h0', 'netns', 'host', 'type', 'veth', 'peer', 'name', 'w0', 'netns', 'world');
  ip('link', 'add', 'h1', 'netns', 'host', 'type', 'veth', 'peer', 'name', 'p0', 'netns', 'pod');
  for (const [namespace, device] of [
    ['host', 'h0'],
    ['world', 'w0'],
    ['host', 'h1'],
    ['pod', 'p0'],
  ] as const) {
    run(namespace, ['sysctl', '-qw', `net.ipv6.conf.${device}.accept_dad=0`, `net.ipv6.conf.${device}.addr_gen_mode=1`]);
    inside(namespace, `link set ${device} up`);
  }
  run('host', ['sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1']);
  run('host', ['sysctl', '-qw', 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.h0.rp_filter=0', 'net.ipv4.conf.h1.rp_filter=0']);
  for (const address of [...HOST, LINK.host]) {
    inside('host', `addr add ${address}/${address.includes(':') ? 128 : 32} dev h0`);
  }
  for (const address of [...Object.values(SOURCES).flat(), ...METADATA, LINK.world]) {
    inside('world', `addr add ${address}/${address.includes(':') ? 128 : 32} dev w0`);
    if (address !== LINK.world) {
      inside('host', `route add ${address} dev h0`);
    }
  }
  inside('host', 'route add fe80::/64 dev h0');
  inside('world', 'route add fe80::/64 dev w0');
  HOST.forEach((address) => inside('world', `route add ${address} dev w0`));
  for (const [index, gateway] of ['169.254.1.1', 'fe80::11'].entries()) {
    const [pod, bits] = [POD[index] as string, index === 0 ? 32 : 128];
    inside('host', `addr add ${gateway}/${bits} dev h1`);
    inside('host', `route add ${pod} dev h1`);
    inside('world', `route add ${pod} via ${HOST[index]} dev w0`);
    inside('pod', `addr add ${pod}/${bits} dev p0`);
    inside('pod', `route add ${gateway} dev p0`);
    inside('pod', `${index === 0 ? '' : '-6 '}route add default via ${gateway} dev p0`.trim());
  }
}

/** Answers on these ports of all addresses of a namespace. */
export async function serve(
  namespace: Namespace,
  ports: { readonly tcp: readonly number[]; readonly udp: readonly number[] },
): Promise<ChildProcess> {
  const server = spawn('ip', ['netns', 'exec', namespace, ...WITH_TSX, 'serve', JSON.stringify(ports)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout.once('data', () => resolve());
    server.once('exit', (code) => reject(new Error(`the server in ${namespace} ended with ${code}`)));
  });
  return server;
}

/** Which of the probes, made from this namespace all at once, get an answer. */
export function reached(namespace: Namespace, probes: readonly Probe[]): string[] {
  return (JSON.parse(run(namespace, [...WITH_TSX, 'connect'], JSON.stringify(probes))) as string[]).sort();
}
