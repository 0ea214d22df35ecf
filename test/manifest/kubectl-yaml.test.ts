import { parseYaml } from '../../src/manifest';

const value = (text: string) => parseYaml(text, 'web.yaml', { dialect: 'kubectl' }).value;

// The answers are those of sigs.k8s.io/yaml v1.6.0, which kubectl reads with; `npm run conformance:yaml` compares the two on text made at random.
it.each<[string, unknown]>([
  ['yes', true],
  ['On', true],
  ['y', true],
  ['NO', false],
  ['off', false],
  ['tRue', 'tRue'],
  ['"yes"', 'yes'],
  ['~', null],
  ['', null],
  ['0644', 420],
  ['0o644', 420],
  ['0b11', 3],
  ['0X1f', 31],
  ['-0x1f', -31],
  ['08', 8],
  ['0_0', 0],
  ['1_000', 1000],
  ['_1', '_1'],
  ['1:30', '1:30'],
  ['1e3', 1000],
  ['.5', 0.5],
  ['1e400', '1e400'],
  ['2001-01-01', '2001-01-01'],
  ["!!bool 'on'", true],
  ['!!str yes', 'yes'],
  ['! yes', 'yes'],
])('reads %s as kubectl does', (text, meaning) => {
  expect(value(`field: ${text}`)).toEqual({ field: meaning });
});

it('reads keys as text, whatever they look like', () => {
  expect(value('yes: a\n1: b\n1.5: c')).toEqual({ true: 'a', 1: 'b', 1.5: 'c' });
});

it('merges as kubectl does: what is merged wins over what stands before it, the first of several sources over the others', () => {
  expect(value('x: &x { a: 1, b: 1 }\nz: { <<: *x, a: 2 }')).toMatchObject({ z: { a: 2, b: 1 } });
  expect(value('x: &x { a: 1 }\nz: { a: 2, <<: *x }')).toMatchObject({ z: { a: 1 } });
  expect(value('x: &x { a: 1 }\nz: { <<: [*x, { a: 2, b: 2 }] }')).toMatchObject({ z: { a: 1, b: 2 } });
  expect(value('z: { "<<": { a: 1 } }')).toEqual({ z: { '<<': { a: 1 } } });
});

it('keeps a key that JavaScript gives a meaning of its own as the key that it is', () => {
  const read = value('__proto__: { admin: true }\nconstructor: x') as object;
  expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});

// Hostile, or not understood by all readers in the same way.
it.each([
  ['a key twice', 'a: 1\nb: 2\na: 3', /^web\.yaml:3:1 the key 'a' is there twice/],
  ['a tag', 'a: !!js/function x', /^web\.yaml:1:4 Unresolved tag/],
  ['a tag that makes something else than data', 'a: !!set { x }', /^web\.yaml:1:10 the tag tag:yaml\.org,2002:set is not read/],
  ['binary data in a tag', 'a: !!binary aGVsbG8=', /the tag tag:yaml\.org,2002:binary is not read/],
  ['a number that JSON does not know', 'a: .inf', /kubectl refuses it/],
  ['an alias without anchor', 'a: *x', /^web\.yaml:1:4 the alias \*x has no anchor/],
  ['an alias into itself', 'a: &a\n  b: *a', /^web\.yaml:2:6 the alias \*a stands for what it is written in/],
  ['a key that is a list', '? [a]\n: b', /^web\.yaml:1:3 a key must be plain text/],
  ['a key that is null', '~: b', /a key must be plain text/],
  ['a merge of no block', 'a: { <<: 1 }', /'<<' takes a block/],
  [
    'a return without a new line, which only some take for a line break',
    '# \rhostNetwork: true',
    /^web\.yaml:1:3 the character \\u000d is a line break/,
  ],
  ['a line break of YAML 1.1', '# \u0085hostNetwork: true', /\\u0085/],
  ['two documents', 'a: 1\n...\nb: 2', /more than one document/],
])('refuses %s', (_what, text, message) => {
  expect(() => value(text)).toThrow(message);
});

it('stops where aliases grow exponentially, whether they are nested or merged', () => {
  const levels = Array.from({ length: 30 }, (_, level) => level + 1);
  const nested = levels.map((level) => `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`).join('\n');
  const merged = levels
    .map((level) => `a${level}: &a${level} { x${level}: 1, <<: [*a${level - 1}, *a${level - 1}], y: *a${level - 1} }`)
    .join('\n');
  expect(() => value(`a0: &a0 [x]\n${nested}`)).toThrow(/aliases stand for more than 100000 values/);
  expect(() => value(`a0: &a0 { x: 1 }\n${merged}`)).toThrow(/aliases stand for more than 100000 values/);
});

it('stops at text, or aliases, that nest too deep', () => {
  const levels = Array.from({ length: 300 }, (_, level) => level + 1);
  expect(() => value('['.repeat(100_000))).toThrow(/nests deeper than 200 levels/);
  expect(() => value(levels.map((level) => `${'  '.repeat(level)}a:`).join('\n'))).toThrow(/nests deeper than 200 levels/);
  expect(() => value(`a0: &a0 [x]\n${levels.map((level) => `a${level}: &a${level} [*a${level - 1}]`).join('\n')}`)).toThrow(
    /aliases nest deeper than 200 levels/,
  );
});

it('tells at most twenty mistakes of a text that has more', () => {
  const text = Array.from({ length: 100 }, () => 'a: b: c').join('\n');
  expect(() => value(text)).toThrow(/^(.*\n){19}.*$/);
});

// In braces and brackets kubectl's reader takes every '?' for the mark of a key, and YAML 1.2 only one with a space behind it.
it.each(['{?"a": 1}', '{?a: 1}', '[?a]', '{a: ?b}', '[[?"a"]]', 'a: {b: [c, ?d]}'])('refuses %s, which readers differ on', (text) => {
  expect(() => parseYaml(text, 'a.yaml', { dialect: 'kubectl' })).toThrow(/begins with '\?'.*Quote it/);
});

it.each([
  ['?a: 1', { '?a': 1 }],
  ['{"?a": 1}', { '?a': 1 }],
  ['- ?a', ['?a']],
  ['{a?: b?}', { 'a?': 'b?' }],
])('reads %s', (text, expected) => expect(parseYaml(text, 'a.yaml', { dialect: 'kubectl' }).value).toEqual(expected));
