import { SUPPORTED_MINORS } from '../src';
import type { KubernetesMinor } from '../src';

/** What `tools/kubernetes/fields` prints. */
export interface PrintedFields {
  readonly modules: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly flags: Readonly<Record<string, Readonly<Record<string, { readonly type: string; readonly deprecated?: boolean }>>>>;
  readonly gates: Readonly<
    Record<string, Readonly<Record<string, { readonly stage: string; readonly default?: boolean; readonly locked?: boolean }>>>
  >;
  readonly plugins: Readonly<Record<string, boolean>>;
}

type Printed = Readonly<Record<KubernetesMinor, PrintedFields>>;
type Value = string | readonly string[];

/** The source of the tables under `src/rules/node-files/tables`, by file. */
export function fieldTables(printed: Printed): Record<string, string> {
  const all = (pick: (fields: PrintedFields) => Readonly<Record<string, Value>>): object => merged(SUPPORTED_MINORS, printed, pick);
  const nested = (pick: (fields: PrintedFields) => Readonly<Record<string, Readonly<Record<string, Value>>>>): object =>
    mergedIn(printed, pick);
  return {
    'versions.gen.ts': source('/** Modules that the tables were read from. */', {
      TABLE_VERSIONS: Object.fromEntries(SUPPORTED_MINORS.map((minor) => [minor, printed[minor].modules])),
    }),
    'documents.gen.ts': source(DOCUMENTS, {
      KINDS: all(({ kinds }) => kinds),
      TYPES: nested(({ types }) => types),
      VALUES: all(({ enums }) => enums),
    }),
    'flags.gen.ts': source(FLAGS, {
      FLAGS: nested(({ flags }) =>
        mapped(flags, (table) => mapped(table, ({ type, deprecated }) => words(type, deprecated && 'deprecated'))),
      ),
    }),
    'feature-gates.gen.ts': source(GATES, {
      GATES: nested(({ gates }) =>
        mapped(gates, (table) => mapped(table, (gate) => words(gate.stage, gate.default ? 'on' : 'off', gate.locked && 'locked'))),
      ),
    }),
    'admission-plugins.gen.ts': source(PLUGINS, {
      ADMISSION_PLUGINS: all(({ plugins }) => mapped(plugins, (on) => (on ? 'on' : 'off'))),
    }),
  };
}

const DOCUMENTS = `/**
 * Kinds of configuration documents by \`apiVersion kind\`, their types with the type of each field, and the values of those
 * that are one of a few texts. A type is the name of another, \`string\`, \`bool\`, \`int\`, \`number\`, \`duration\`, \`quantity\`,
 * \`time\`, \`bytes\`, \`intOrString\`, \`durationOrInt\` or \`any\`; \`x[]\` is a list and \`{x}\` a map. What not every minor knows
 * stands by minor.
 */`;
const FLAGS = '/** Flags of each program, with their type. */';
const GATES = `/**
 * Feature gates: how far the feature is, whether it is on, and whether that is locked. \`kubernetes\` are those of all of
 * Kubernetes' own programs but kubeadm. (The scheduler lacks one that it has no use for.)
 */`;
const PLUGINS = '/** Admission plugins of the API server: whether they are on without being asked for. */';

const HEADER = '// Made by `npm run generate:fields` from the types and flags of Kubernetes, etcd and kind. Do not edit.';

function source(comment: string, tables: Readonly<Record<string, object>>): string {
  const exported = Object.entries(tables).map(([name, table]) => `export const ${name} = ${JSON.stringify(table)} as const;`);
  return [HEADER, '', comment, ...exported, ''].join('\n');
}

/** Tables of tables. What a table lacks altogether in a minor says nothing of its rows. */
function mergedIn(printed: Printed, pick: (fields: PrintedFields) => Readonly<Record<string, Readonly<Record<string, Value>>>>): object {
  return Object.fromEntries(
    keysOf(SUPPORTED_MINORS.map((minor) => pick(printed[minor]))).map((name) => {
      const minors = SUPPORTED_MINORS.filter((minor) => pick(printed[minor])[name]);
      return [name, merged(minors, printed, (fields) => pick(fields)[name] ?? {})];
    }),
  );
}

/** One table of several minors: a row that is the same in all of them once, any other by minor. */
function merged(
  minors: readonly KubernetesMinor[],
  printed: Printed,
  pick: (fields: PrintedFields) => Readonly<Record<string, Value>>,
): Record<string, Value | Record<string, Value>> {
  return Object.fromEntries(
    keysOf(minors.map((minor) => pick(printed[minor]))).map((name) => {
      const values = minors.map((minor) => [minor, pick(printed[minor])[name]] as const);
      const [, first] = values[0] ?? [];
      const same = first !== undefined && values.every(([, value]) => JSON.stringify(value) === JSON.stringify(first));
      return [name, same ? first : Object.fromEntries(values.flatMap(([minor, value]) => (value === undefined ? [] : [[minor, value]])))];
    }),
  );
}

function keysOf(tables: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(tables.flatMap((table) => Object.keys(table)))].sort();
}

function mapped<T, U>(table: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, change(value)]));
}

function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
