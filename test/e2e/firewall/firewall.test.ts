import type { ChildProcess } from 'node:child_process';
import { hostOpenings, nftables, NODE_ROLES, PORT_TABLE, transportsOf } from '../../../src/control-plane';
import type { FirewallSpec, HostFirewallProps, HostOpening, NetworkPlugin, NodeRole } from '../../../src/control-plane';
import type { Distribution } from '../../../src/settings';
import { firewallSpec } from '../../control-plane/firewall/cluster';
import { HOST, LINK, load, makeNetwork, METADATA, POD, reached, run, serve, SOURCES, succeeds } from './network';
import type { Probe } from './probe';

/** Ports that answer on a node or beside it and are in nobody's table. */
const NEVER = [25, 80, 111, 443, 2381, 4001, 8080, 9090, 10_248, 10_249, 10_255, 10_257, 10_258, 10_259, 29_999, 32_768];
const ends = PORT_TABLE.flatMap(({ port, endPort = port }) => (port === undefined ? [] : [port, endPort as number]));
/** Every port of the table, its neighbours, and those. */
const PORTS = [...new Set([...ends, ...ends.flatMap((port) => [port - 1, port + 1]), ...NEVER, 31_000])].filter((port) => port < 65_536);

const FAMILIES = ['ipv4', 'ipv6'] as const;
type Source = keyof typeof SOURCES;

/** What each source is to the port table. */
const CLASSES: Readonly<Record<Source, readonly string[]>> = {
  'control-plane': ['control-plane', 'nodes'],
  nodes: ['nodes'],
  pods: ['pods', 'metrics'],
  admins: ['admins'],
  'load-balancers': ['load-balancers'],
  stranger: [],
};

const probes: readonly Probe[] = (Object.keys(SOURCES) as Source[]).flatMap((source) =>
  FAMILIES.flatMap((family, index) =>
    (['tcp', 'udp'] as const).flatMap((protocol) =>
      PORTS.map((port) => ({
        id: `${source} ${family} ${protocol} ${port}`,
        protocol,
        from: SOURCES[source][index] as string,
        to: HOST[index] as string,
        port,
      })),
    ),
  ),
);

/** The same, as the port table says. */
function expected(openings: readonly HostOpening[]): string[] {
  const isOpen = (source: Source, family: string, protocol: string, port: number): boolean =>
    openings.some(
      ({ port: first = 0, endPort: last = first, ...row }) =>
        row.protocol === protocol &&
        (row.family ?? family) === family &&
        first <= port &&
        port <= last &&
        row.from.some((name) => name === 'anyone' || CLASSES[source].includes(name)),
    );
  return probes
    .map(({ id }) => id)
    .filter((id) => {
      const [source, family, protocol, port] = id.split(' ') as [Source, string, string, string];
      return isOpen(source, family, protocol, Number(port));
    })
    .sort();
}

let servers: ChildProcess[] = [];

beforeAll(async () => {
  makeNetwork();
  servers = await Promise.all([
    serve('host', { tcp: PORTS, udp: PORTS }),
    serve('world', { tcp: [80, 7070], udp: [] }),
    serve('pod', { tcp: [8080], udp: [8080] }),
  ]);
}, 60_000);
afterAll(() => servers.forEach((server) => server.kill()));
beforeEach(() => run('host', ['nft', 'flush', 'ruleset']));

const ALL_CILIUM: HostFirewallProps = { transports: transportsOf('cilium'), nodePorts: true };

it('without a firewall everything is reached: what is closed below is closed by it', () => {
  expect(reached('world', probes)).toHaveLength(probes.length);
}, 60_000);

describe.each<[Distribution, NetworkPlugin, HostFirewallProps]>([
  ['kubeadm', 'cilium', ALL_CILIUM],
  ['kubeadm', 'calico', { transports: transportsOf('calico') }],
  ['rke2', 'canal', { nodePorts: true }],
  ['k3s', 'flannel', { extraPorts: [{ name: 'web', port: 443, from: ['anyone'], on: ['worker'], why: 'ingress on the host network' }] }],
])('%s with %s', (distribution, plugin, props) => {
  it.each(NODE_ROLES)(
    '%s: exactly the port table passes, from each source, over TCP and UDP, IPv4 and IPv6',
    (role) => {
      const spec = firewallSpec(props, { distribution, plugin }, { dns: { cidrs: ['169.254.20.10/32'] } });
      load(nftables(spec, role));
      const open = expected(hostOpenings(spec, role));
      expect(open.length).toBeGreaterThan(20);
      expect(reached('world', probes)).toEqual(open);
    },
    60_000,
  );
});

it('opens etcd to the control plane only, SSH to administrators only, and to a stranger nothing but DHCP', () => {
  load(nftables(firewallSpec(ALL_CILIUM), 'control-plane'));
  const open = reached('world', probes);
  const to = (port: number) => [...new Set(open.filter((id) => id.endsWith(` tcp ${port}`)).map((id) => id.split(' ')[0]))];
  expect([to(2379), to(2380), to(22), to(10_250), to(10_257), to(31_000)]).toEqual([
    ['control-plane'],
    ['control-plane'],
    ['admins'],
    ['control-plane', 'pods'],
    [],
    [],
  ]);
  expect(open.filter((id) => id.startsWith('stranger'))).toEqual(['stranger ipv4 udp 68']);
}, 60_000);

it('lets answers of a DHCPv6 server in from the link, and nothing else from there', () => {
  load(nftables(firewallSpec(), 'worker'));
  const fromLink = PORTS.flatMap((port) =>
    (['tcp', 'udp'] as const).map((protocol) => ({
      id: `${protocol} ${port}`,
      protocol,
      from: `${LINK.world}%w0`,
      to: `${LINK.host}%w0`,
      port,
    })),
  );
  expect(reached('world', fromLink)).toEqual(['udp 546']);
}, 60_000);

it('answers to ping and to neighbour discovery', () => {
  load(nftables(firewallSpec(), 'worker'));
  run('world', ['ip', 'neigh', 'flush', 'dev', 'w0']);
  for (const [index, host] of HOST.entries()) {
    expect(succeeds('world', ['ping', '-c', '1', '-W', '2', '-I', SOURCES.stranger[index] as string, host])).toBe(true);
  }
});

describe('loading', () => {
  it('twice gives the same as once, and leaves the tables of others alone', () => {
    load('table ip kube-proxy { chain services { counter accept; }; }');
    load(nftables(firewallSpec(), 'worker'));
    const once = run('host', ['nft', '-s', 'list', 'ruleset']);
    load(nftables(firewallSpec(), 'worker'));
    expect(run('host', ['nft', '-s', 'list', 'ruleset'])).toBe(once);
    expect(once).toContain('table ip kube-proxy');
    expect(once.match(/table inet host_firewall/g)).toHaveLength(1);
  });

  const FAMILY_CHANGES = {
    both: {},
    'IPv4 only': {
      hosts: { controlPlane: ['10.0.10.11'], nodes: ['10.0.10.0/24'], admins: ['10.0.0.0/28'], loadBalancers: ['10.0.1.0/28'] },
      network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'] },
    },
    'IPv6 only': {
      hosts: { controlPlane: ['fd00:10::11'], nodes: ['fd00:10::/64'], admins: ['fd00:a::/64'], loadBalancers: ['fd00:b::/64'] },
      network: { pods: ['fd00:244::/48'], services: ['fd00:96::/112'] },
    },
  };
  const extraPorts: HostFirewallProps['extraPorts'] = [
    {
      name: 'keepalived',
      protocol: 'vrrp',
      from: ['control-plane'],
      on: ['control-plane'],
      why: 'the address that control-plane nodes share',
    },
    { name: 'web', port: 80, endPort: 443, from: ['anyone'], why: 'ingress on the host network' },
  ];

  it.each(['kubeadm', 'kind', 'k3s', 'rke2'] as const)('nft takes every rule set of %s', (distribution) => {
    let count = 0;
    for (const plugin of ['cilium', 'calico', 'canal', 'flannel', 'other'] as const) {
      for (const change of Object.values(FAMILY_CHANGES)) {
        for (const props of [{}, { nodePorts: true, transports: transportsOf(plugin), extraPorts }]) {
          for (const role of NODE_ROLES) {
            run('host', ['nft', '-c', '-f', '-'], nftables(firewallSpec(props, { distribution, plugin, ...change }), role));
            count += 1;
          }
        }
      }
    }
    expect(count).toBe(60);
  });
});

describe('NodePorts, rewritten to the port of a pod before any other rule sees them', () => {
  const PROXY = `table inet kube-proxy {
    chain services {
      type nat hook prerouting priority dstnat;
      meta nfproto ipv4 tcp dport 30080 fib daddr type local dnat ip to ${POD[0]}:8080
      meta nfproto ipv6 tcp dport 30080 fib daddr type local dnat ip6 to [${POD[1]}]:8080
      meta nfproto ipv4 udp dport 30080 fib daddr type local dnat ip to ${POD[0]}:8080
    }
  }`;
  const toNodePort = probes
    .filter(({ port, id }) => port === 31_000 && !id.includes('ipv6 udp'))
    .map((probe) => ({ ...probe, port: 30_080 }));
  const who = (role: NodeRole, spec: FirewallSpec | undefined): string[] => {
    load(PROXY + (spec ? nftables(spec, role).replace(/^#.*\n/, '\n') : ''));
    return [...new Set(reached('world', toNodePort).map((id) => id.split(' ')[0] as string))];
  };

  it('are reached by everybody without a firewall', () => {
    expect(who('worker', undefined)).toEqual(Object.keys(SOURCES).sort());
  });

  it('are closed to everybody unless asked for', () => {
    expect(who('worker', firewallSpec())).toEqual([]);
  });

  it('are opened to load balancers alone, on workers alone', () => {
    expect(who('worker', firewallSpec({ nodePorts: true }))).toEqual(['load-balancers']);
    expect(who('control-plane', firewallSpec({ nodePorts: true }))).toEqual([]);
  });

  it('do not stop the answers to connections whose source port, masqueraded or chosen, lies in their range', () => {
    load(nftables(firewallSpec(), 'worker'));
    load(`table inet kube-proxy {
      chain outgoing {
        type nat hook postrouting priority srcnat;
        oifname "h0" ip saddr ${POD[0]} meta l4proto tcp masquerade to :30100
        oifname "h0" ip6 saddr ${POD[1]} meta l4proto tcp masquerade to :30100
      }
    }`);
    const outside = SOURCES.stranger;
    const fromPod = outside.map((to, index): Probe => ({
      id: `pod ${index}`,
      protocol: 'tcp',
      from: POD[index] as string,
      to,
      port: 7070,
    }));
    const fromHost = outside.map((to, index): Probe => ({
      id: `host ${index}`,
      protocol: 'tcp',
      from: HOST[index] as string,
      fromPort: 30_200,
      to,
      port: 7070,
    }));
    expect(reached('pod', fromPod)).toEqual(['pod 0', 'pod 1']);
    expect(reached('host', fromHost)).toEqual(['host 0', 'host 1']);
  });
});

it('keeps pods from metadata services, and not the host itself', () => {
  const ask = (namespace: 'pod' | 'host', from: readonly string[]): string[] =>
    reached(
      namespace,
      METADATA.map((to, index): Probe => ({ id: to, protocol: 'tcp', from: from[index] as string, to, port: 80 })),
    );
  expect(ask('pod', POD)).toEqual([...METADATA]);
  load(nftables(firewallSpec(), 'worker'));
  expect(ask('pod', POD)).toEqual([]);
  expect(ask('host', HOST)).toEqual([...METADATA]);
});

it('lets pods reach Services whose addresses the host has, as kube-proxy makes it in IPVS mode', () => {
  const services = ['10.96.0.10', 'fd00:96::10'];
  services.forEach((address) => {
    run('host', ['ip', 'addr', 'add', address, 'dev', 'lo']);
    run('world', ['ip', 'route', 'replace', address, 'via', HOST[address.includes(':') ? 1 : 0], 'dev', 'w0']);
  });
  load(nftables(firewallSpec(), 'worker'));
  const toServices = probes
    .filter(({ port, protocol }) => port === 443 && protocol === 'tcp')
    .map((probe) => ({ ...probe, to: services[HOST.indexOf(probe.to as never)] as string }));
  expect(reached('world', toServices)).toEqual(['pods ipv4 tcp 443', 'pods ipv6 tcp 443']);
});

it('lets pods’ traffic to the proxy of Cilium, which marks it', () => {
  load(nftables(firewallSpec(), 'worker'));
  load(
    'table inet cilium { chain proxy { type filter hook prerouting priority raw; ip saddr 10.244.0.0/16 tcp dport 9090 meta mark set 0x12340200; }; }',
  );
  expect(
    reached(
      'world',
      probes.filter(({ port }) => port === 9090),
    ),
  ).toEqual(['pods ipv4 tcp 9090']);
});

it.each([
  [4, 'ipip', { transports: ['ipip'] }],
  [112, 'vrrp', { extraPorts: [{ name: 'keepalived', protocol: 'vrrp', from: ['nodes'], why: 'a shared address' }] }],
] as const)('lets in protocol %d (%s), which has no ports, from nodes alone', (protocol, _name, props) => {
  load(nftables(firewallSpec(props, { plugin: 'calico' }), 'worker'));
  const sources = Object.values(SOURCES).map(([address]) => address);
  const script = `
import socket, subprocess, sys
receiver = socket.socket(socket.AF_INET, socket.SOCK_RAW, ${protocol})
receiver.settimeout(1)
sender = "import socket\\nfor a in ${JSON.stringify(sources).replaceAll('"', "'")}:\\n s = socket.socket(socket.AF_INET, socket.SOCK_RAW, ${protocol}); s.bind((a, 0)); s.sendto(b'?' * 20, ('${HOST[0]}', 0))"
subprocess.run(["ip", "netns", "exec", "world", "python3", "-c", sender], check=True)
try:
    while True: print(receiver.recvfrom(99)[1][0])
except TimeoutError: pass
`;
  expect(run('host', ['python3', '-c', script]).trim().split('\n').sort()).toEqual([SOURCES['control-plane'][0], SOURCES.nodes[0]]);
});

it('logs what it refuses, with a limit, and counts it', () => {
  load(nftables(firewallSpec(), 'worker'));
  reached(
    'world',
    probes.filter(({ id }) => id.startsWith('stranger') && id.endsWith(' 443')),
  );
  expect(run('host', ['nft', 'list', 'chain', 'inet', 'host_firewall', 'refused'])).toMatch(
    /limit rate 5\/second[^]*counter packets [1-9]/,
  );
});
