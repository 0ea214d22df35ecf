import * as fs from 'node:fs';
import * as path from 'node:path';

/** Where the SDK is installed, and what it calls its version. */
const SDK = path.dirname(require.resolve('@pulumi/kubernetes/package.json'));

/** Fields that every kind has, so that the table need not say so. */
const COMMON = ['apiVersion', 'kind', 'metadata'];

/** A class of the SDK for a kind, as its module says. */
interface SdkClass {
  readonly name: string;
  /** Folder of the SDK whose index exports it. */
  readonly module: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Top-level fields that it passes on beside those that every kind has; it drops every other without a word. */
  readonly fields: readonly string[];
}

/**
 * The table of kinds as TypeScript, from the SDK that is installed.
 *
 * @throws if a kind has no class for patches, or one API version lies in two folders: the table cannot say so
 */
export function pulumiKinds(): string {
  const classes = fs
    .readdirSync(SDK, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!node_modules|types|meta).*(?<!index)\.js$/.test(file))
    .flatMap(classOf)
    .filter(({ kind }) => !kind.endsWith('List'));
  const patched = new Set(classes.filter(({ name, kind }) => name === `${kind}Patch`).map(keyOf));
  const own = classes.filter(({ name, kind }) => name === kind);
  const unpatched = own.filter((entry) => !patched.has(keyOf(entry)));
  const modules = new Map(own.map(({ apiVersion, module }) => [apiVersion, module]));
  const elsewhere = own.filter(({ apiVersion, module }) => modules.get(apiVersion) !== module);
  if (unpatched.length > 0 || elsewhere.length > 0) {
    throw new Error(`The table cannot hold ${[...unpatched, ...elsewhere].map(keyOf).join(', ')}.`);
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(SDK, 'package.json'), 'utf8')) as { version: string };
  return [
    '// Made by `npm run generate:pulumi-kinds`. Do not edit.',
    '',
    '/** Version of @pulumi/kubernetes that the table was read from. */',
    `export const SDK_VERSION = '${version}';`,
    '',
    '/** By API version: the folder of the SDK, and for each kind the fields that its class passes on beside apiVersion, kind and metadata. */',
    'export const SDK_KINDS: Readonly<Record<string, { readonly module: string; readonly kinds: Readonly<Record<string, string>> }>> = {',
    ...[...modules].sort().map(([apiVersion, module]) => {
      const kinds = own.filter((entry) => entry.apiVersion === apiVersion).map(({ kind, fields }) => `${kind}: '${fields.join(' ')}'`);
      return `  '${apiVersion}': { module: '${module}', kinds: { ${kinds.sort().join(', ')} } },`;
    }),
    '};',
    '',
  ].join('\n');
}

function keyOf({ apiVersion, kind }: SdkClass): string {
  return `${apiVersion} ${kind}`;
}

function classOf(file: string): SdkClass[] {
  const source = fs.readFileSync(path.join(SDK, file), 'utf8');
  const name = /class (\w+) extends pulumi\.CustomResource/.exec(source)?.[1];
  const apiVersion = /resourceInputs\["apiVersion"\] = "([^"]+)"/.exec(source)?.[1];
  const kind = /resourceInputs\["kind"\] = "([^"]+)"/.exec(source)?.[1];
  const fields = [...source.matchAll(/resourceInputs\["(\w+)"\] = .*args\?\./g)].map((match) => match[1] as string);
  return name && apiVersion && kind
    ? [{ name, module: path.posix.dirname(file), apiVersion, kind, fields: fields.filter((field) => !COMMON.includes(field)) }]
    : [];
}
