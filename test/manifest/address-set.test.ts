import * as fc from 'fast-check';
import { AddressSet, Cidr } from '../../src/manifest';

const covers = (blocks: readonly (readonly [string, ...string[]])[], range: string): boolean => {
  const wanted = Cidr.parse(range);
  const parsed = blocks.map(([cidr, ...except]) => ({ range: Cidr.parse(cidr), except: except.map((hole) => Cidr.parse(hole)) }));
  return AddressSet.of(parsed).covers(wanted);
};

it.each<[readonly (readonly [string, ...string[]])[], string, boolean]>([
  [[['0.0.0.0/1'], ['128.0.0.0/1']], '0.0.0.0/0', true],
  [[['0.0.0.0/1'], ['128.0.0.0/2']], '0.0.0.0/0', false],
  [[['::/1'], ['8000::/1']], '::/0', true],
  [[['::/0']], '0.0.0.0/0', false],
  [[['10.0.0.0/8', '10.1.0.0/16']], '10.2.0.0/16', true],
  [[['10.0.0.0/8', '10.1.0.0/16']], '10.1.2.0/24', false],
  [[['10.0.0.0/8', '10.1.0.0/16']], '10.0.0.0/8', false],
  [[['10.0.0.0/8', '10.1.0.0/16'], ['10.1.0.0/16']], '10.0.0.0/8', true],
  [[['10.0.0.0/8', '192.168.0.0/16']], '10.0.0.0/8', true],
  [[['fd00::/8', 'fd00:ec2::254/128']], 'fd00:ec2::254/128', false],
  [[['fd00::/8', 'fd00:ec2::254/128']], 'fd00:ec2::253/128', true],
  [[['::ffff:10.0.0.0/104']], '::ffff:a01:203/128', true],
  [[], '10.0.0.0/32', false],
])('%j covers %s: %s', (blocks, range, expected) => expect(covers(blocks, range)).toBe(expected));

it('holds what one of the blocks holds, address by address', () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 })).map(([host, bits]) => {
    const network = host - (host % 2 ** (32 - bits));
    return `10.0.0.${network}/${bits}`;
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(range, range), { maxLength: 4 }), range, (blocks, wanted) => {
      const addresses = Array.from({ length: 16 }, (_, host) => `10.0.0.${host}`);
      const inside = (address: string): boolean =>
        blocks.some(
          ([cidr, hole]) =>
            Cidr.parse(cidr).containsIP(address) &&
            !(Cidr.parse(cidr).containsCidr(Cidr.parse(hole)) && Cidr.parse(hole).containsIP(address)),
        );
      const expected = addresses.filter((address) => Cidr.parse(wanted).containsIP(address)).every(inside);
      expect(covers(blocks, wanted)).toBe(expected);
    }),
  );
});

it.each([
  [['10.0.0.0/8'], ['10.1.2.3/32'], true],
  [['10.0.0.0/9'], ['10.128.0.0/9'], false],
  [['10.0.0.0/8', 'fd00::/8'], ['fd00::1/128'], true],
  [['10.0.0.0/8'], ['::/0'], false],
  [[], ['0.0.0.0/0'], false],
])('%j and %j have an address in common: %s', (some, others, expected) => {
  const setOf = (ranges: readonly string[]): AddressSet => AddressSet.ofRanges(ranges.map((range) => Cidr.parse(range)));
  expect(setOf(some).overlaps(setOf(others))).toBe(expected);
});
