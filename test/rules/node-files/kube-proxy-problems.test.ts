import fc from 'fast-check';
import { kubeProxyProblems } from '../../../src/rules';
import { SUPPORTED_MINORS } from '../../../src/settings';
import { kubeProxyDocument } from '../../../src/control-plane';
import { spec } from '../../control-plane/cluster';

const VALID = kubeProxyDocument(spec()) as object;

it.each(SUPPORTED_MINORS)('finds nothing in what is made here for %s', (minor) => {
  expect(kubeProxyProblems(VALID, minor)).toEqual([]);
});

it.each([
  ['metricsBindAddress', { metricsBindAddress: '0.0.0.0:10249' }, 'NET-13'],
  ['enableProfiling', { enableProfiling: true }, 'UPG-04'],
  ['mode', { mode: 'nftable' }, 'UPG-01'],
  ['mode', { mode: 'ipvs' }, 'UPG-01'],
  ['nodePortAddresses', { nodePortAddresses: ['0.0.0.0/0'] }, 'NET-06'],
  ['nodePortAddresses', { nodePortAddresses: undefined }, 'NET-06'],
  ['iptables.localhostNodePorts', { iptables: { localhostNodePorts: true } }, 'NET-06'],
  ['iptables.localhostNodePorts', { iptables: {} }, 'NET-06'],
  ['metricBindAddress', { metricBindAddress: '127.0.0.1:10249' }, 'NET-13'],
  ['featureGates.NFTablesProxyMode', { featureGates: { NFTablesProxyMode: true } }, 'UPG-01'],
])('%s: %j is a finding of %s', (field, change, control) => {
  const problems = kubeProxyProblems(JSON.parse(JSON.stringify({ ...VALID, ...change })), '1.36');
  expect(problems.map((problem) => `${problem.field} ${problem.control}`)).toContain(`${field} ${control}`);
});

it('asks nothing of iptables in the mode nftables, which opens no node ports on localhost', () => {
  const { iptables: _iptables, ...rest } = VALID as { iptables: object };
  expect(kubeProxyProblems({ ...rest, mode: 'nftables' }, '1.36')).toEqual([]);
});

it('never throws, whatever the document is', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => void kubeProxyProblems(value, '1.37')),
    { numRuns: 200 },
  );
});
