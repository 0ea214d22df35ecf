import { FlowPort } from '../../../src/constructs/network';

test('a port says its protocol', () => {
  expect([FlowPort.tcp(8080), FlowPort.udp(53), FlowPort.tcpRange(9000, 9010)].map(String)).toEqual([
    'TCP 8080',
    'UDP 53',
    'TCP 9000-9010',
  ]);
});

test.each([0, -1, 65536, 1.5, NaN])('%p is refused as a port', (port) => {
  expect(() => FlowPort.tcp(port)).toThrow(`${port} is not a port: give a whole number from 1 to 65535`);
  expect(() => FlowPort.udp(port)).toThrow('is not a port');
  expect(() => FlowPort.tcpRange(port, 70)).toThrow('is not a port');
});

test('the ends of the number range are ports', () => {
  expect([FlowPort.tcp(1).port, FlowPort.tcp(65535).port]).toEqual([1, 65535]);
});

test.each([
  [80, 80],
  [81, 80],
])('from %p to %p is no range', (first, last) => {
  expect(() => FlowPort.tcpRange(first, last)).toThrow(`For one port use FlowPort.tcp(${first})`);
});
