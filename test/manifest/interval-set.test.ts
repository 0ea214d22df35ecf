import * as fc from 'fast-check';
import { IntervalSet } from '../../src/manifest';
import type { Interval } from '../../src/manifest';

const SIZE = 16;
const number = fc.integer({ min: 0, max: SIZE });
const intervals = fc.array(
  fc.tuple(number, number).map(([start, end]) => ({ start, end })),
  { maxLength: 5 },
);

/** The numbers that the intervals hold, one by one. */
function members(all: readonly Interval<number>[]): number[] {
  return Array.from({ length: SIZE }, (_, value) => value).filter((value) => all.some(({ start, end }) => start <= value && value < end));
}

it('has the union, the intersection and the difference that its numbers have', () => {
  fc.assert(
    fc.property(intervals, intervals, number, number, (first, second, start, end) => {
      const [a, b] = [IntervalSet.of(first), IntervalSet.of(second)];
      const [inA, inB] = [new Set(members(first)), new Set(members(second))];
      expect(members(a.intervals)).toEqual([...inA]);
      expect(members(a.union(b).intervals)).toEqual([...new Set([...inA, ...inB])].sort((x, y) => x - y));
      expect(members(a.intersect(b).intervals)).toEqual([...inA].filter((value) => inB.has(value)));
      expect(members(a.minus(b).intervals)).toEqual([...inA].filter((value) => !inB.has(value)));
      expect(a.isEmpty).toBe(inA.size === 0);
      expect(a.covers({ start, end })).toBe(members([{ start, end }]).every((value) => inA.has(value)));
    }),
  );
});

it('has its intervals sorted and apart', () => {
  fc.assert(
    fc.property(intervals, (all) => {
      const bounds = IntervalSet.of(all).intervals.flatMap(({ start, end }) => [start, end]);
      expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b));
    }),
  );
});

it('takes big numbers', () => {
  const all = IntervalSet.of([{ start: 0n, end: 1n << 128n }]);
  expect(all.minus(IntervalSet.of([{ start: 1n, end: 2n }])).intervals).toEqual([
    { start: 0n, end: 1n },
    { start: 2n, end: 1n << 128n },
  ]);
});
