import * as fs from 'node:fs';
import * as path from 'node:path';
import { SUPPORTED_MINORS } from '../../../src/settings';
import { atMinor } from '../../../src/rules/node-files/tables/by-minor';
import type { ByMinor } from '../../../src/rules/node-files/tables/by-minor';
import { KINDS, TYPES, VALUES } from '../../../src/rules/node-files/tables/documents.gen';
import { TABLE_VERSIONS } from '../../../src/rules/node-files/tables/versions.gen';
import { fieldTables } from '../../../scripts/field-tables';
import type { PrintedFields } from '../../../scripts/field-tables';

const TOOLS = path.join(__dirname, '../../../tools/kubernetes');

/** Versions that the go.mod files pin, by minor of Kubernetes. */
function pinned(): Record<string, Record<string, string>> {
  return Object.fromEntries(
    fs
      .readdirSync(TOOLS)
      .filter((file) => file.endsWith('.mod'))
      .map((file) => {
        const text = fs.readFileSync(path.join(TOOLS, file), 'utf8');
        const modules = Object.fromEntries(
          Object.keys(TABLE_VERSIONS['1.36']).map((module) => [module, new RegExp(`${module} (v\\S+)`).exec(text)?.[1] ?? 'missing']),
        );
        return [/^v(\d+\.\d+)/.exec(modules['k8s.io/kubernetes'] ?? '')?.[1] ?? file, modules];
      }),
  );
}

it('were made from the versions that tools/kubernetes pins (npm run generate:fields)', () => {
  expect(pinned()).toEqual(TABLE_VERSIONS);
  expect(Object.keys(TABLE_VERSIONS)).toEqual(SUPPORTED_MINORS);
});

it('name no type that they do not explain', () => {
  const scalars = ['any', 'bool', 'bytes', 'duration', 'durationOrInt', 'int', 'intOrString', 'number', 'quantity', 'string', 'time'];
  const known = new Set([...scalars, ...Object.keys(TYPES), ...Object.keys(VALUES)]);
  const rows: ByMinor<string>[] = [...Object.values(KINDS), ...Object.values(TYPES).flatMap((fields) => Object.values(fields))];
  const named = SUPPORTED_MINORS.flatMap((minor) => rows.flatMap((row) => atMinor(row, minor) ?? []));
  const bare = [...new Set(named.map((type) => type.replace(/[{}]|\[\]/g, '')))];
  expect(bare.length).toBeGreaterThan(100);
  expect(bare.filter((type) => !known.has(type))).toEqual([]);
});

describe('a row', () => {
  const fields = (kubelet: PrintedFields['types'][string] | undefined): PrintedFields => ({
    modules: {},
    kinds: {},
    types: kubelet ? { 'kubelet.Configuration': kubelet } : {},
    enums: {},
    flags: { kubelet: { port: { type: 'int', deprecated: kubelet === undefined } } },
    gates: {},
    plugins: {},
  });
  const tables = (...minors: readonly [ReturnType<typeof fields>, ReturnType<typeof fields>, ReturnType<typeof fields>]): string =>
    Object.values(fieldTables({ '1.35': minors[0], '1.36': minors[1], '1.37': minors[2] })).join('\n');

  it('that is the same in every minor stands once', () => {
    const same = fields({ port: 'int' });
    expect(tables(same, same, same)).toContain('"kubelet.Configuration":{"port":"int"}');
  });

  it('that differs stands by minor, only where it is known', () => {
    expect(tables(fields({}), fields({ port: 'int' }), fields({ port: 'string' }))).toContain('{"port":{"1.36":"int","1.37":"string"}}');
  });

  it('of a type that a minor does not have is judged by the others', () => {
    const text = tables(fields(undefined), fields({ port: 'int' }), fields({ port: 'int' }));
    expect(text).toContain('"kubelet.Configuration":{"port":"int"}');
    expect(text).toContain('"port":{"1.35":"int deprecated","1.36":"int","1.37":"int"}');
  });
});
