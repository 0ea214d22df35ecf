import { GO_DURATION, goSeconds } from '../../../src/rules';

// As time.ParseDuration of Go reads them.
it.each([
  ['3s', 3],
  ['1h30m', 5400],
  ['4380h0m0s', 15_768_000],
  ['250ms', 0.25],
  ['1.5s', 1.5],
  ['.5s', 0.5],
  ['5.s', 5],
  ['2µs', 2e-6],
  ['2μs', 2e-6],
  ['0', 0],
  ['0s', 0],
  ['+5m', 300],
  ['-1m30s', -90],
])('reads %s', (text, seconds) => {
  expect(goSeconds(text)).toBeCloseTo(seconds, 12);
  expect(GO_DURATION.test(text)).toBe(true);
});

it.each(['', '5', '5 m', '1d', 's', '.s', '-', '1h-5m', '0h5', '5m\n', '٣s'])('takes %j for no duration', (text) => {
  expect(goSeconds(text)).toBeUndefined();
  expect(GO_DURATION.test(text)).toBe(false);
});
