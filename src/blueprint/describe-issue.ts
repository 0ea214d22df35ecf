import type { z } from 'zod';
import { blueprintJsonSchema } from './blueprint-schema';
import type { JsonSchema } from './blueprint-schema';
import { nearestName } from '../manifest';
import { valueAt } from './plain-data';

/** A mistake in a blueprint: where it is, and in words what it is and how to mend it. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The control that a part of the blueprint serves, by the beginning of its path. The longest that fits counts. */
const CONTROLS: Readonly<Record<string, string>> = {
  access: 'AUTH-06',
  'access.authorization': 'AUTH-04',
  'access.oidc': 'AUTH-01',
  'access.tokenJoin': 'AUTH-02',
  admission: 'POD-08',
  'admission.alwaysPullImages': 'POD-07',
  'admission.eventLimits': 'NET-08',
  'admission.imagePolicy': 'POD-06',
  audit: 'LOG-01',
  'audit.log': 'LOG-02',
  'audit.secretLike': 'LOG-03',
  'audit.webhook': 'LOG-04',
  baseline: 'UPG-01',
  cluster: 'UPG-01',
  'cluster.apiServer': 'NET-04',
  'cluster.dns': 'NET-04',
  'cluster.hosts': 'NET-11',
  'cluster.ingress': 'NET-06',
  'cluster.monitoring': 'NET-04',
  'cluster.network': 'NET-11',
  'cluster.nodes': 'POD-17',
  encryption: 'NET-22',
  'encryption.kms': 'NET-23',
  firewall: 'NET-11',
  enforcement: 'POD-08',
  'enforcement.exempt': 'AUTH-11',
  controlPlane: 'UPG-04',
  'controlPlane.certificates': 'NET-20',
  'controlPlane.etcd': 'NET-17',
  'controlPlane.etcd.backup': 'NET-22',
  'controlPlane.fileModes': 'NET-18',
  'controlPlane.kubelet': 'AUTH-03',
  'controlPlane.kubelet.approver': 'NET-14',
  'controlPlane.kubeProxy': 'NET-13',
  'controlPlane.tls': 'NET-20',
  images: 'POD-07',
  kubeSystem: 'NET-03',
  tenants: 'NET-02',
};

/** Characters of a value that an error shows. */
const LONGEST_SHOWN = 80;

/** A schema's complaint in words for the person who wrote the file: what is allowed, and what was probably meant. */
export function describeIssue(issue: z.core.$ZodIssue, document: unknown): Mistake[] {
  const control = controlOf(issue.path);
  const end = control === undefined ? '' : ` (control ${control})`;
  if (issue.code === 'unrecognized_keys') {
    const known = settingsAt(issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `there is no such setting${end}.${suggestion(key, known)} Remove it, or correct its name.`,
    }));
  }
  if (issue.code === 'invalid_value') {
    const value = valueAt(document, issue.path);
    const given = value === undefined ? 'it is missing' : `${shown(value)} is not allowed`;
    return [
      {
        path: issue.path,
        message: `${given}${end}. Allowed: ${issue.values.map((allowed) => JSON.stringify(allowed)).join(', ')}${typeof value === 'number' ? '; put it in quotes' : ''}.`,
      },
    ];
  }
  if (issue.code === 'invalid_type') {
    const value = valueAt(document, issue.path);
    const given = value === undefined ? 'it is missing' : `${shown(value)} is of another type`;
    return [{ path: issue.path, message: `${given}${end}. Write ${article(issue.expected)}${quoteHint(value, issue.expected)}.` }];
  }
  const meant = issue.code === 'invalid_union' ? optionMeant(issue) : undefined;
  if (meant) {
    return meant.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, document));
  }
  if (issue.code === 'invalid_key') {
    const allowed = allowedKeys(issue);
    const problem = allowed === '' ? issue.issues.map((inner) => inner.message).join(', ') : 'there is no such setting';
    return [{ path: issue.path, message: `${problem}${end}.${allowed === '' ? '' : ` Allowed: ${allowed}.`}` }];
  }
  const problem = issue.code === 'too_small' || issue.code === 'too_big' ? bound(issue) : issue.message;
  return [{ path: issue.path, message: `${shown(valueAt(document, issue.path))}: ${problem}${end}.` }];
}

/** Of several shapes that are possible, what is wrong with the one that was meant: the one that is not wrong as a whole. */
function optionMeant(issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  return issue.errors.find((issues) => issues.every(({ code, path }) => code === 'unrecognized_keys' || path.length > 0));
}

function controlOf(path: readonly PropertyKey[]): string | undefined {
  const names = path.filter((part) => typeof part === 'string');
  for (let length = names.length; length > 0; length -= 1) {
    const control = CONTROLS[names.slice(0, length).join('.')];
    if (control !== undefined) {
      return control;
    }
  }
  return undefined;
}

/**
 * A value in an error: as it is written if it is one word or number. A list or block may be long, or contain itself; a URL may
 * have a password before its host, or a token behind its path.
 */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'a list' : 'a block of settings';
  }
  if (typeof value === 'string' && /SECRET-KEY|PRIVATE KEY/i.test(value)) {
    return 'a secret key';
  }
  const written = (JSON.stringify(value) ?? 'nothing').replace(/:\/\/[^/"]*@/, '://…@').replace(/(:\/\/[^?#"]*[?#])[^"]*/, '$1…');
  return written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written;
}

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const limit = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  return issue.origin === 'array' ? `must have ${limit} ${limit.endsWith(' 1') ? 'entry' : 'entries'}` : `must be ${limit}`;
}

/** The settings that would have been taken in this place. */
function settingsAt(path: readonly PropertyKey[]): string[] {
  const step = (schema: JsonSchema | undefined, part: PropertyKey): JsonSchema | undefined =>
    typeof part === 'number' ? schema?.items : (schema?.properties?.[String(part)] ?? (schema?.additionalProperties || undefined));
  const into = (schema: JsonSchema | undefined, part: PropertyKey): JsonSchema | undefined =>
    [schema, ...(schema?.anyOf ?? [])].map((option) => step(option, part)).find((found) => found !== undefined);
  const found = path.reduce<JsonSchema | undefined>(into, blueprintJsonSchema());
  const place = found?.anyOf?.find((option) => option.properties) ?? found;
  return place?.propertyNames?.enum?.map(String) ?? Object.keys(place?.properties ?? {});
}

function allowedKeys(issue: z.core.$ZodIssueInvalidKey): string {
  return issue.issues.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : [])).join(', ');
}

function suggestion(key: string, known: readonly string[]): string {
  const near = nearestName(key, known);
  const meant = near === undefined ? '' : ` Did you mean '${near}'?`;
  return `${meant}${known.length > 0 ? ` Here you can write ${known.join(', ')}.` : ''}`;
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'a block of settings',
    record: 'a block of names and values',
    int: 'a whole number',
    boolean: 'true or false',
    string: 'a text',
  };
  return words[expected] ?? `a ${expected}`;
}

/** YAML reads `1.36` as a number. */
function quoteHint(value: unknown, expected: string): string {
  return expected === 'string' && typeof value === 'number' ? `: put it in quotes, "${value}"` : '';
}
