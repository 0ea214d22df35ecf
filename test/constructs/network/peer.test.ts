import { FlowPort, Peer } from '../../../src/constructs/network';
import { Cidr, METADATA_ADDRESSES } from '../../../src/manifest';
import { PlatformSettings } from '../../../src/settings';
import type { PlatformSettingsProps } from '../../../src/settings';

const kube = (peer: Peer, settings: PlatformSettingsProps = {}) => peer._toKube(PlatformSettings.from(settings));
const ports = (peer: Peer, settings: PlatformSettingsProps = {}) => peer._ports(PlatformSettings.from(settings)).map(String);

describe('pods', () => {
  test('namespace and labels are one entry, so both have to hold', () => {
    expect(kube(Peer.pods({ namespace: 'data', podLabels: { app: 'db', tier: 'back' } }))).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } },
        podSelector: { matchLabels: { app: 'db', tier: 'back' } },
      },
    ]);
  });

  test('without a namespace the selector stays in the namespace of the policy', () => {
    expect(kube(Peer.pods({ podLabels: { app: 'db' } }))).toEqual([{ podSelector: { matchLabels: { app: 'db' } } }]);
  });

  test('no label at all is refused', () => {
    expect(() => Peer.pods({ namespace: 'data', podLabels: {} })).toThrow("'podLabels' is empty, which would select every pod");
  });

  test('a namespace that cannot exist is refused', () => {
    expect(() => Peer.pods({ namespace: 'Data', podLabels: { app: 'db' } })).toThrow("namespace 'Data' is not a DNS label");
  });

  test('labels that change later do not change the peer', () => {
    const podLabels: Record<string, string> = { app: 'db' };
    const peer = Peer.pods({ podLabels });
    delete podLabels['app'];
    expect(kube(peer)).toEqual([{ podSelector: { matchLabels: { app: 'db' } } }]);
  });
});

describe('cidr', () => {
  test.each(['203.0.113.0/24', '203.0.113.7/32', '128.0.0.0/2', '2001:db8::/32', '2001:db8::1/128', 'fd12:3456::/48'])(
    '%s is a range',
    (cidr) => {
      expect(kube(Peer.cidr(cidr))).toMatchObject([{ ipBlock: { cidr } }]);
    },
  );

  test.each(['203.0.113.0', '999.2.3.4/24', '203.0.113.0/33', '2001:db8::/129', 'example.com/24', '203.0.113.0/24/1', '010.0.0.0/8', ''])(
    '%p is no range',
    (cidr) => {
      expect(() => Peer.cidr(cidr)).toThrow('is not a range of addresses in CIDR form');
    },
  );

  test.each([
    ['203.0.113.7/24', '203.0.113.0/24'],
    ['2001:db8::1/64', '2001:db8::/64'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['2001:db8:0:0::/64', '2001:db8::/64'],
    ['203.0.113.0/024', '203.0.113.0/24'],
  ])('%s has to be written as %s', (cidr, canonical) => {
    expect(() => Peer.cidr(cidr)).toThrow(`Write '${canonical}'`);
  });

  test.each(['0.0.0.0/0', '::/0'])('%s is refused in favour of Peer.internet', (cidr) => {
    expect(() => Peer.cidr(cidr)).toThrow('Use Peer.internet()');
  });

  test('IPv4 in the IPv6 form is refused', () => {
    expect(() => Peer.cidr('::ffff:203.0.113.0/120')).toThrow('Give it in the IPv4 form');
  });

  test('a range with a network interface is refused', () => {
    expect(() => Peer.cidr('fe80::%eth0/64')).toThrow('names a network interface');
  });

  test('except takes smaller ranges within the range', () => {
    expect(kube(Peer.cidr('203.0.113.0/24', { except: ['203.0.113.128/25'] }))).toEqual([
      { ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] } },
    ]);
  });

  test.each(['198.51.100.0/24', '2001:db8::/32', '203.0.113.0/24', '203.0.0.0/16'])('except %s of 203.0.113.0/24 is refused', (except) => {
    expect(() => Peer.cidr('203.0.113.0/24', { except: [except] })).toThrow('is not a smaller range within 203.0.113.0/24');
  });

  test('metadata addresses in the range are excepted', () => {
    expect(kube(Peer.cidr('100.64.0.0/10'))).toEqual([{ ipBlock: { cidr: '100.64.0.0/10', except: ['100.100.100.200/32'] } }]);
    expect(kube(Peer.cidr('fd00:ec2::/32'))).toEqual([
      { ipBlock: { cidr: 'fd00:ec2::/32', except: ['fd00:ec2::254/128', 'fd00:ec2::23/128'] } },
    ]);
  });

  test('a metadata address that the user has excepted is not named twice', () => {
    expect(kube(Peer.cidr('100.64.0.0/10', { except: ['100.100.0.0/16'] }))).toEqual([
      { ipBlock: { cidr: '100.64.0.0/10', except: ['100.100.0.0/16'] } },
    ]);
  });

  test('a metadata address on its own stays as written, for the rule to judge', () => {
    expect(kube(Peer.cidr('169.254.170.23/32'))).toEqual([{ ipBlock: { cidr: '169.254.170.23/32' } }]);
  });
});

describe('internet', () => {
  const blocks = (peer: Peer) => kube(peer).map(({ ipBlock }) => ipBlock as { cidr: string; except?: string[] });
  const reaches = (peer: Peer, address: string) =>
    blocks(peer).some(
      ({ cidr, except = [] }) => Cidr.parse(cidr).containsIP(address) && !except.some((hole) => Cidr.parse(hole).containsIP(address)),
    );

  test.each(['198.51.100.10', '8.8.8.8', '1.1.1.1', '223.255.255.255', '2606:4700::1111', '2001:4860:4860::8888'])(
    '%s is on it',
    (address) => {
      expect(reaches(Peer.internet(), address)).toBe(true);
    },
  );

  test.each(METADATA_ADDRESSES.map(({ address }) => address))('the metadata address %s is not', (address) => {
    expect(reaches(Peer.internet(), address)).toBe(false);
  });

  test.each([
    '10.0.0.1',
    '10.96.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '0.0.0.0',
    '169.254.20.10',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    'fd00::1',
    'fc00::1',
    'fe80::1',
    '::1',
    '::',
    'ff02::1',
    '64:ff9b::a9fe:a9fe',
    '::ffff:a9fe:a9fe',
  ])('%s of pods, Services, nodes or neighbours is not', (address) => {
    expect(reaches(Peer.internet(), address)).toBe(false);
  });

  test('public addresses of the own cluster can be taken out, of both families', () => {
    const peer = Peer.internet({ except: ['198.51.100.0/24', '2600:1f14::/36'] });
    expect([reaches(peer, '198.51.100.10'), reaches(peer, '2600:1f14::1'), reaches(peer, '198.51.101.10')]).toEqual([false, false, true]);
  });

  test('the port is 443 unless another is given', () => {
    expect(ports(Peer.internet())).toEqual(['TCP 443']);
    expect(ports(Peer.internet({ ports: [FlowPort.tcp(5432)] }))).toEqual(['TCP 5432']);
  });
});

describe('API server', () => {
  const apiServer = { endpoints: ['192.0.2.10', '2001:db8::10'], port: 6443 };

  test('is each of its endpoints, on its port', () => {
    expect(kube(Peer.apiServer(), { apiServer })).toEqual([
      { ipBlock: { cidr: '192.0.2.10/32' } },
      { ipBlock: { cidr: '2001:db8::10/128' } },
    ]);
    expect(ports(Peer.apiServer(), { apiServer })).toEqual(['TCP 6443']);
  });

  test.each([{}, { apiServer: { endpoints: [], port: 6443 } }])('unknown endpoints are refused with the remedy', (settings) => {
    expect(() => kube(Peer.apiServer(), settings)).toThrow("Add `apiServer: { endpoints: ['192.0.2.10'], port: 6443 }` to the settings");
    expect(() => ports(Peer.apiServer(), settings)).toThrow('Add `apiServer');
  });

  test('a host name as endpoint is refused', () => {
    expect(() => kube(Peer.apiServer(), { apiServer: { endpoints: ['api.example.com'], port: 6443 } })).toThrow(
      "'api.example.com' is not an IP address",
    );
  });
});

describe.each([
  ['ingress', () => Peer.ingress()],
  ['monitoring', () => Peer.monitoring()],
] as const)('%s', (field, peer) => {
  test('is the pods that the settings name', () => {
    expect(kube(peer(), { [field]: { namespace: 'platform', podLabels: { app: 'x' } } })).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'platform' } }, podSelector: { matchLabels: { app: 'x' } } },
    ]);
  });

  test('unknown pods are refused with the remedy', () => {
    expect(() => kube(peer())).toThrow(`Add \`${field}: { namespace:`);
  });

  test('settings without a label are refused', () => {
    expect(() => kube(peer(), { [field]: { namespace: 'platform', podLabels: {} } })).toThrow(`settings.${field}: 'podLabels' is empty`);
  });
});

describe('DNS', () => {
  test('is the DNS pods and the cache on the node, over UDP and TCP', () => {
    const dns = { namespace: 'openshift-dns', podLabels: { dns: 'default' }, port: 5353, cidrs: ['169.254.20.10/32'] };
    expect(kube(Peer.dns(), { dns })).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } },
        podSelector: { matchLabels: { dns: 'default' } },
      },
      { ipBlock: { cidr: '169.254.20.10/32' } },
    ]);
    expect(ports(Peer.dns(), { dns })).toEqual(['UDP 5353', 'TCP 5353']);
  });
});
