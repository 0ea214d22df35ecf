/**
 * Compares how this project and kubectl read the same YAML, made at random from what readers of YAML disagree about: what `check`
 * accepts must mean the same to both. Refusing what kubectl takes is safe; taking another meaning from it is not.
 *
 *   npm run tools && npm run conformance:yaml -- [texts] [seed]
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { parseYaml, sortKeys } from '../src';
import { splitDocuments } from '../src/manifest/reading/split-documents';

const ROOT = path.join(__dirname, '..');
const KUBECTL = path.join(ROOT, 'tools/bin/kubectl-yaml');

/** Pieces about which YAML 1.1, YAML 1.2 and JSON differ, or readers do. */
const SCALARS =
  `yes No ON off y N true FALSE tRue null ~ 0 -0 00 08 017 0o17 0O7 0b11 0B1 0x1f 0X1F -0x1 1_000 0_0 _1 -_1 1_ 1e3 1E-2 .5 1. +.5
  1._5 1:30 190:20:30 2001-01-01 2001-12-14t21:59:43.10-05:00 .inf -.Inf .nan 12345678901234567890 1e400 << = - + . .. ... --- !!str !!int !!bool`.split(
    /\s+/,
  );
const PIECES = [
  '"yes"',
  "'no'",
  '"\\x41\\u0042\\e"',
  '"a\n    b"',
  'a\n    b',
  '|\n    x\n    y',
  '>-\n    x\n    y\n',
  '[a, yes]',
  '{a: on}',
  '{a, b}',
  '[yes: no]',
]
  .concat([
    '*a',
    '&a x',
    '&b {q: 1}',
    '*b',
    'a # c',
    'a#c',
    "'it''s'",
    '[]',
    '{}',
    '! yes',
    '!foo x',
    "!!int '3'",
    "!!bool 'on'",
    '- 1',
    '? x',
    '%x',
    'a: b',
  ])
  .concat([
    '!!set {a}',
    '!!binary aGk=',
    'a\tb',
    '\té',
    '|2-\n     x',
    '@x',
    '"<<"',
    'x\rhostPID: yes',
    '# \rhostPID: yes',
    '# \u0085a: 1',
    'x\u2028y: 1',
    '\ufeff',
  ]);
const KEYS = ['a', 'b', 'c', '<<', '"<<"', 'yes', '1', '~', '1.5', '? a', '"a"', 'on', '0x1', '&k a'];
const SEPARATORS = [
  ...Array.from({ length: 12 }, () => '---\n'),
  '--- # c\n',
  '---\r\n',
  '--- {}\n',
  '----\n',
  '...\n',
  '%YAML 1.1\n---\n',
  '\n',
  '# only a comment\n',
];
const SPECIAL = [
  '\r',
  '\n',
  '\u0085',
  '\u2028',
  '\t',
  '#',
  ' #',
  ':',
  ': ',
  '- ',
  '"',
  "'",
  '&a ',
  '*a',
  '!',
  '|',
  '>',
  '{',
  '}',
  '[',
  ']',
  ',',
  '?',
  '\n---\n',
  '<<: ',
  '\ufeff',
  '\\',
];

const scalar = fc.oneof(
  fc.constantFrom(...SCALARS),
  fc.constantFrom(...PIECES),
  fc.array(fc.constantFrom(...'01789_-+.eExobOXBafyn:~# tT<='), { minLength: 1, maxLength: 6 }).map((characters) => characters.join('')),
);
const field = fc.tuple(fc.constantFrom(...KEYS), scalar).map(([key, value]) => `${key}: ${value}\n`);
const block = fc
  .uniqueArray(field, { minLength: 1, maxLength: 4, selector: (text) => text.split(':')[0] })
  .map((fields) => fields.join(''));
const nested = fc
  .tuple(block, fc.constantFrom('  ', '- ', '    '))
  .map(([inner, indent]) => `n:\n${indent}${inner.trimEnd().replaceAll('\n', '\n  ')}\n`);
const merged = fc
  .tuple(field, fc.constantFrom('*a', '*b', '[*a, *b]', '[*b, *a]', '{a: 9}', 'x', '[1]'), field)
  .map(([before, source, after]) => `x: &a {a: 1, b: 2}\nw: &b\n  c: 1\n  a: 3\nz:\n  ${before}  <<: ${source}\n  ${after}`);
const stream = fc
  .array(fc.tuple(fc.oneof(block, nested, merged), fc.constantFrom(...SEPARATORS)), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([text, separator]) => text + separator).join(''));

/** Real manifests with a few characters in the wrong place. */
const snapshots = path.join(ROOT, 'test/snapshots');
const real = fc.constantFrom(...fs.readdirSync(snapshots).map((file) => fs.readFileSync(path.join(snapshots, file), 'utf8')));
const broken = fc
  .tuple(real, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...SPECIAL), fc.nat(3)), { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) =>
    changes.reduce((changed, [place, special, cut]) => {
      const at = place % changed.length;
      return changed.slice(0, at) + special + changed.slice(at + cut);
    }, text),
  );

interface KubectlAnswer {
  readonly documents: readonly unknown[];
  readonly error?: string;
}

function kubectl(texts: readonly string[]): KubectlAnswer[] {
  const { status, stdout, stderr } = spawnSync(KUBECTL, { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1024 ** 3 });
  if (status !== 0) {
    throw new Error(`${KUBECTL} failed: ${stderr}`);
  }
  return JSON.parse(stdout) as KubectlAnswer[];
}

/** The documents of a text, or undefined where some of it is refused. */
function ours(text: string): unknown[] | undefined {
  try {
    return [...splitDocuments(text)].flatMap(({ text: part, problem }) => {
      if (problem !== undefined) {
        throw new Error(problem);
      }
      const { value } = parseYaml(part, 'x', { dialect: 'kubectl' });
      return value === null ? [] : [value];
    });
  } catch {
    return undefined;
  }
}

/** A value so that what means the same is the same: keys in order, and one zero. */
function canonical(value: unknown): string {
  return JSON.stringify(sortKeys(value), (_key, item: unknown) => (item === 0 ? 0 : item));
}

const [count = '60000', seed = '20261124'] = process.argv.slice(2);
if (!fs.existsSync(KUBECTL)) {
  throw new Error(`There is no ${KUBECTL}: build it first, with npm run tools.`);
}
const texts = fc.sample(fc.oneof(stream, broken), { numRuns: Number(count), seed: Number(seed) });
const counts = { same: 0, refused: 0, refusedByKubectl: 0, different: 0 };
kubectl(texts).forEach(({ documents, error }, index) => {
  const text = texts[index] as string;
  const mine = ours(text);
  const outcome =
    mine === undefined
      ? 'refused'
      : error !== undefined
        ? 'refusedByKubectl'
        : canonical(mine) === canonical(documents)
          ? 'same'
          : 'different';
  counts[outcome] += 1;
  if (outcome === 'different') {
    process.stdout.write(`DIFFERENT  ${JSON.stringify(text)}\n  here     ${canonical(mine)}\n  kubectl  ${canonical(documents)}\n`);
  }
});
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exitCode = counts.different > 0 || counts.same < texts.length / 10 ? 1 : 0;
