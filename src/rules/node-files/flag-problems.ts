import type { KubernetesMinor } from '../../settings';
import { featureGateProblems } from './feature-gate-problems';
import { FLAG_CHECKS } from './flag-checks';
import type { NodeFileProblem } from './node-file-problem';
import { flagsOf, gatesOf } from './program-flags';
import type { Program } from './program-flags';
import { shown } from './unknown-data';
import { unknownFlagProblems } from './unknown-flag-problems';

/** Spelling of TLS 1.3, with which no program takes a list of suites: etcd refuses both together, the others pass it over. */
const TLS13 = ['VersionTLS13', 'TLS1.3'];
const CIPHER_FLAGS = ['tls-cipher-suites', 'cipher-suites'];

/**
 * What is wrong with the flags of a program, in any form that `flagsOf` reads. `whole` is false where only some flags are
 * written here and the default of the others is somebody else's matter.
 */
export function flagProblems(program: Program, flags: unknown, minor: KubernetesMinor, whole = true): NodeFileProblem[] {
  const written = (name: string): string => (program === 'etcd' ? name : name.replaceAll('_', '-')); // the others read both
  const given = new Map(flagsOf(flags).map(({ name, value }) => [written(name), value])); // of several, the last one holds
  return [
    ...unknownFlagProblems(program, given, minor),
    ...unsafe(program, given, whole),
    ...contradictions(program, given),
    ...featureGateProblems(gatesOf(given.get('feature-gates') ?? ''), '--feature-gates', minor, program === 'etcd' ? 'etcd' : 'kubernetes'),
  ];
}

function unsafe(program: Program, given: ReadonlyMap<string, string>, whole: boolean): NodeFileProblem[] {
  return FLAG_CHECKS.filter(({ programs }) => programs.includes(program)).flatMap(({ flag, safe, required, risk, control, remedy }) => {
    const value = given.get(flag);
    if (value === undefined ? !(required && whole) : safe(value)) {
      return [];
    }
    return [{ field: `--${flag}`, message: `is ${value === undefined ? 'not given' : shown(value)}: ${risk}`, control, remedy }];
  });
}

function contradictions(program: Program, given: ReadonlyMap<string, string>): NodeFileProblem[] {
  const version = given.get('tls-min-version') ?? '';
  return CIPHER_FLAGS.filter((flag) => given.has(flag) && TLS13.includes(version)).map((flag) => ({
    field: `--${flag}`,
    message: `is given with ${version}: TLS 1.3 has no list of suites, so ${program === 'etcd' ? 'etcd does not start' : 'it does nothing'}`,
    control: 'NET-20',
    remedy: 'remove it, or lower the version to 1.2',
  }));
}
