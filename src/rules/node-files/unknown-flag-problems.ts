import { nearestName } from '../../manifest';
import type { KubernetesMinor } from '../../settings';
import { GO_DURATION } from './go-duration';
import type { NodeFileProblem } from './node-file-problem';
import { itemsOf } from './program-flags';
import type { Program } from './program-flags';
import { REMOVED_FLAGS } from './removed-flags';
import { ADMISSION_PLUGINS } from './tables/admission-plugins.gen';
import { atMinor, laterMinor } from './tables/by-minor';
import type { ByMinor } from './tables/by-minor';
import { FLAGS } from './tables/flags.gen';
import { shown } from './unknown-data';

type Table = Readonly<Record<string, ByMinor<string>>>;
const FLAG_TABLES: Readonly<Record<Program, Table>> = FLAGS;
const PLUGIN_TABLE: Table = ADMISSION_PLUGINS;

/** Flags whose value is a list of admission plugins. */
const PLUGIN_FLAGS: readonly string[] = ['enable-admission-plugins', 'disable-admission-plugins'];

/** How Go's flag parsers read the types that are not texts. */
const VALUES: Readonly<Record<string, { readonly holds: RegExp; readonly expected: string }>> = {
  bool: { holds: /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/, expected: 'true or false' },
  duration: { holds: GO_DURATION, expected: 'a duration, such as 5m0s' },
  int: { holds: /^[-+]?(0[xX][\da-fA-F]+|\d+)$/, expected: 'a whole number' },
  number: { holds: /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/, expected: 'a number' },
};

/** Flags, by name without dashes, with which the program of this minor does not start: it does not know them, or cannot read the value. */
export function unknownFlagProblems(program: Program, given: ReadonlyMap<string, string>, minor: KubernetesMinor): NodeFileProblem[] {
  return [...given].flatMap(([name, value]) => {
    const type = atMinor(rowOf(FLAG_TABLES[program], name), minor)?.split(' ')[0];
    if (type === undefined) {
      return [unknownFlag(program, name, minor)];
    }
    const kind = VALUES[type];
    if (kind && !kind.holds.test(value)) {
      const message = `is ${shown(value)}: ${program} does not start with it`;
      return [{ field: `--${name}`, message, control: 'UPG-01' as const, remedy: `write ${kind.expected}` }];
    }
    return PLUGIN_FLAGS.includes(name) ? itemsOf(value).flatMap((plugin) => unknownPlugin(name, plugin, minor)) : [];
  });
}

function unknownFlag(program: Program, name: string, minor: KubernetesMinor): NodeFileProblem {
  const table = FLAG_TABLES[program];
  const from = laterMinor(rowOf(table, name), minor);
  const removed = REMOVED_FLAGS.find(
    ({ programs, flag }) => programs.includes(program) && (flag.endsWith('-') ? name.startsWith(flag) : name === flag),
  );
  return {
    field: `--${name}`,
    message: `is unknown to ${program} of ${minor}, which does not start with it`,
    control: 'UPG-01',
    remedy: from
      ? `remove it: it came with ${from}`
      : removed
        ? `remove it; instead: ${removed.instead}`
        : nearest(name, table, minor, 'correct the name, or remove it'),
  };
}

function unknownPlugin(flag: string, plugin: string, minor: KubernetesMinor): NodeFileProblem[] {
  if (atMinor(rowOf(PLUGIN_TABLE, plugin), minor) !== undefined) {
    return [];
  }
  return [
    {
      field: `--${flag}`,
      message: `names ${plugin}: ${minor} has no such admission plugin, and the API server does not start with it`,
      control: 'POD-08',
      remedy: nearest(plugin, PLUGIN_TABLE, minor, 'remove it; Pod Security admission is on by itself'),
    },
  ];
}

/** What is written so alike that it was probably meant, or else the other remedy. */
function nearest(name: string, table: Table, minor: KubernetesMinor, otherwise: string): string {
  const meant = nearestName(
    name,
    Object.keys(table).filter((known) => atMinor(table[known], minor) !== undefined),
  );
  return meant ? `write ${meant}, or remove it` : otherwise;
}

function rowOf(table: Table, name: string): ByMinor<string> | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
