import * as fc from 'fast-check';
import { LabelIndex, LabelSelector } from '../../src/manifest';

const labels = (record: Record<string, string>) => new Map(Object.entries(record));
const WEB = labels({ app: 'web', tier: 'front', constructor: 'yes' });
const one = (operator: string, key = 'app', ...values: string[]) => ({ matchExpressions: [{ key, operator, values }] });

it.each([
  [{}, ''],
  [undefined, ''],
  [null, ''],
  [{ matchLabels: { app: 'web', tier: 'front' } }, 'app=web,tier=front'],
  [{ matchLabels: { constructor: 'yes' } }, 'constructor=yes'],
  [one('In', 'app', 'api', 'web'), 'app in (api,web)'],
  [one('NotIn', 'app', 'api'), 'app notin (api)'],
  [one('NotIn', 'zone', 'a'), 'zone notin (a)'],
  [one('Exists'), 'app'],
  [one('DoesNotExist', 'toString'), '!toString'],
  [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, 'app'],
])('%j selects, and reads %s', (selector, text) => {
  expect(LabelSelector.parse(selector).matches(WEB)).toBe(true);
  expect(LabelSelector.parse(selector).toString()).toBe(text);
});

it.each([
  [{ matchLabels: { app: 'api' } }],
  [{ matchLabels: { app: 'web', zone: 'a' } }],
  [{ matchLabels: { toString: 'yes' } }],
  [one('In', 'app', 'api')],
  [one('In', 'zone', 'a')],
  [one('NotIn', 'app', 'api', 'web')],
  [one('Exists', 'toString')],
  [one('DoesNotExist')],
  [{ matchLabels: { app: 'web' }, ...one('NotIn', 'app', 'web') }],
])('%j does not', (selector) => expect(LabelSelector.parse(selector).matches(WEB)).toBe(false));

it.each([
  [{ matchLabels: { app: 1 } }],
  [one('In')],
  [one('NotIn')],
  [one('Exists', 'app', 'web')],
  [one('DoesNotExist', 'zone', 'a')],
  [one('Like', 'app', 'web')],
  [{ matchExpressions: [null] }],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: 'api' }] }],
])('%j, which the API server refuses, selects nothing', (selector) => {
  expect(LabelSelector.parse(selector).matches(WEB)).toBe(false);
  expect(LabelSelector.parse(selector).isEmpty).toBe(false);
});

it('takes the plain labels of a Service', () => {
  expect(LabelSelector.ofLabels({ app: 'web' }).matches(WEB)).toBe(true);
  expect(LabelSelector.ofLabels({ app: 'api' }).matches(WEB)).toBe(false);
  expect([LabelSelector.ofLabels(undefined).isEmpty, LabelSelector.ofLabels({ app: 'web' }).isEmpty]).toEqual([true, false]);
});

it('is found in an index as by asking everything', () => {
  const key = fc.constantFrom('app', 'tier', 'constructor');
  const value = fc.constantFrom('a', 'b', 'c');
  const things = fc.array(fc.dictionary(key, value).map((record) => ({ labels: labels(record) })));
  const expression = fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
    values: fc.array(value, { maxLength: 3 }),
  });
  const selectors = fc.record({
    matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
    matchExpressions: fc.array(expression, { maxLength: 2 }),
  });
  fc.assert(
    fc.property(things, selectors, (items, written) => {
      const selector = LabelSelector.parse(written);
      const index = new LabelIndex(items);
      const selected = new Set(items.filter((item) => selector.matches(item.labels)));
      const found = index.select(selector);
      expect([new Set(found), found.length]).toEqual([selected, selected.size]);
      expect(index.some(selector)).toBe(selected.size > 0);
    }),
  );
});
