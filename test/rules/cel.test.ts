import * as fc from 'fast-check';
import { Cidr } from '../../src/manifest';
import { lintCel } from '../../src/rules';
import { compileCel, toCel } from '../../src/rules/cel/environment';
import { Quantity } from '../../src/rules/cel/quantity';

const NONE = { object: {}, variables: {} };
const evaluate = (expression: string, object: unknown = {}) => compileCel(expression)({ ...NONE, object: toCel(object) });

describe('quantities', () => {
  const compare = (a: string, b: string) => Number(Quantity.parse(a).compareTo(Quantity.parse(b)));

  it.each([
    ['1', '1000m', 0],
    ['1.5Gi', '1536Mi', 0],
    ['128974848', '123Mi', 0],
    ['1e3', '1k', 0],
    ['0.1', '100m', 0],
    ['1n', '0', 1],
    ['-1', '0', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['1Ei', '1E', 1],
  ])('%s against %s', (a, b, expected) => expect(compare(a, b)).toBe(expected));

  it.each(['', '.', '1 Gi', 'Gi', '1GiB', '0x10', '1e', 'one', '1e9999'])('refuses %j', (text) =>
    expect(() => Quantity.parse(text)).toThrow(/is not a quantity/),
  );

  it('orders as numbers do, without their rounding', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 18n),
        fc.bigInt(0n, 10n ** 18n),
        (a, b) => compare(`${a}m`, `${b}m`) === (a < b ? -1 : a > b ? 1 : 0),
      ),
    );
  });
});

describe('ranges of addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['0.0.0.0/0', '169.254.169.254', true],
    ['0.0.0.0/0', 'fd00:ec2::254', false],
    ['fd00::/8', 'fd00:ec2::254', true],
    ['::/0', 'fd20:ce::254', true],
    ['fe80::/10', 'fd00::1', false],
  ])('%s contains %s: %s', (range, address, expected) => expect(evaluate(`cidr('${range}').containsIP('${address}')`)).toBe(expected));

  it.each(['10.0.0.0', '10.0.0.0/33', '999.0.0.0/8', '::/129', '10.0.0.0/8/8', 'x/8'])('refuses %s', (text) =>
    expect(() => Cidr.parse(text)).toThrow(/not a range/),
  );
});

describe('values', () => {
  it('has integers as the API server has them, and no nulls', () => {
    expect(evaluate('object.a == 1 && !has(object.b)', { a: 1, b: null })).toBe(true);
    expect(evaluate("object.?a.?b.orValue('none')", { a: {} })).toBe('none');
  });

  it('has no prototype', () => expect(() => evaluate('object.constructor')).toThrow());
});

describe('the subset', () => {
  it.each([
    "object.spec.?a.orValue('') == ''",
    'variables.containers.all(c, c.name.matches("x"))'.replace(/"/g, "'"),
    "object.x.matches('@sha256:[a-f0-9]{64}$')",
    'size(object.items) > 0',
    "object.?labels[?'a/b'].orValue('') in ['x']",
  ])('accepts %s', (expression) => expect(lintCel(expression)).toEqual([]));

  it.each([
    ['cel.bind(x, 1, x == 1)', /bind/],
    ["object.x.matches('(?i)a')", /not safe/],
    ["object.x.matches('[[:alpha:]]')", /not safe/],
    ["object.x.matches('(a+)+$')", /not safe/],
    ["object.x.matches('\\\\pL')", /not safe/],
    ["object.x.matches('a\\\\1')", /not safe/],
    ['object.x.matches(object.y)', /other than one literal/],
    ['has(object.x[0].y)', /has\(\) with an index|compile/],
    ["object.x.replace('a', 'b') == ''", /replace/],
    ['object.x.reverse() == 1', /reverse/],
    ['unknown == 1', /compile/],
    ["1 == '1'", /compile/],
    ['object.a &&', /compile/],
  ])('refuses %s', (expression, problem) => expect(lintCel(expression).join()).toMatch(problem));
});
