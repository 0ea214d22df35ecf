import { dnsLabelProblem } from '../../../src/manifest';
import { CONTROLS } from '../../../src/controls';
import { DEFAULT_TRANSPORTS, IP_PROTOCOLS, NETWORK_PLUGINS, PORT_TABLE, transportsOf } from '../../../src/control-plane';

describe.each(PORT_TABLE.map((row) => [`${row.name} ${row.port ?? ''}/${row.protocol} on ${row.on.join(', ')}`, row] as const))(
  '%s',
  (_name, row) => {
    it('says what listens there, why it is open, which control asks, and who says so', () => {
      expect(dnsLabelProblem(row.name)).toBeUndefined();
      expect(CONTROLS.map(({ id }) => id)).toContain(row.control);
      expect([row.why, row.source].every((text) => text.length > 3)).toBe(true);
      expect(row.from.length).toBeGreaterThan(0);
    });

    it('has ports exactly if its protocol has', () => expect(row.port !== undefined).toBe(IP_PROTOCOLS[row.protocol].ports));
  },
);

it.each([10_248, 10_249, 10_255, 10_257, 10_259, 2381, 8080])(
  'does not open %d, which answers on the loopback only, or is gone',
  (port) => {
    expect(PORT_TABLE.filter(({ port: first = 0, endPort = first }) => first <= port && port <= endPort)).toEqual([]);
  },
);

it('opens nothing but DHCP to everyone', () => {
  expect(PORT_TABLE.filter(({ from }) => from.includes('anyone')).map(({ name }) => name)).toEqual(['dhcp']);
});

it('opens etcd to the control plane alone', () => {
  expect(PORT_TABLE.filter(({ name }) => name === 'etcd')).toMatchObject([
    { on: ['control-plane'], from: ['control-plane'], port: 2379, endPort: 2380 },
  ]);
});

it.each(NETWORK_PLUGINS)('knows the ports of what %s speaks by default', (plugin) => {
  expect(transportsOf(plugin)).toEqual(expect.arrayContaining([...DEFAULT_TRANSPORTS[plugin]]));
});
