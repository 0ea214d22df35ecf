import { z } from 'zod';
import type { KubernetesMinor } from '../../settings';
import { API_GROUP_PROBLEM_REMEDY, apiGroupProblem } from './api-group';
import { AUDIT_LEVELS, AUDIT_STAGES } from './audit-policy';
import type { AuditPolicy } from './audit-policy';
import { fieldPath } from './node-file-problem';
import type { NodeFileProblem } from './node-file-problem';

/** What the API server makes of a policy when it starts. */
export interface AuditPolicyShape {
  readonly problems: readonly NodeFileProblem[];
  /** The policy as the server reads it; undefined if it refuses to start with it. */
  readonly policy?: AuditPolicy;
}

/**
 * What is wrong with the shape of an audit policy: what the server refuses when it starts, and the fields that it does not
 * know and leaves out of account with no more than a warning. Takes any data; never throws.
 */
export function auditPolicyShape(document: unknown, minor: KubernetesMinor): AuditPolicyShape {
  const kind = z.literal('Policy');
  const strict = schema(minor, z.strictObject, kind).safeParse(document);
  // The server takes a document without kind for a policy.
  const asTheServer = schema(minor, z.object, orNull(kind.or(z.literal('')))).safeParse(document);
  const problems = (strict.error?.issues ?? []).flatMap((issue) => problemsOf(issue, document));
  return asTheServer.success ? { problems, policy: { ...asTheServer.data, kind: 'Policy' } } : { problems };
}

/** The types of `k8s.io/apiserver/pkg/apis/audit/v1`, and what its `validation` package asks of them. */
function schema(minor: KubernetesMinor, block: typeof z.object | typeof z.strictObject, kind: z.ZodType) {
  const stages = orNull(z.array(z.enum(AUDIT_STAGES)));
  const groupResources = block({
    group: orNull(z.string().check((context) => checkGroup(context, minor))),
    resources: texts,
    resourceNames: texts,
  }).check(({ value, issues }) => {
    if (isFilled(value.resourceNames) && !isFilled(value.resources)) {
      const message = 'names objects without their resource';
      issues.push(custom(value, ['resourceNames'], message, 'name the resource in `resources` too'));
    }
  });
  const rule = block({
    level: z.enum(AUDIT_LEVELS),
    users: texts,
    userGroups: texts,
    verbs: texts,
    resources: orNull(z.array(groupResources)),
    namespaces: texts,
    nonResourceURLs: orNull(z.array(z.string().check(checkUrl))),
    omitStages: stages,
    omitManagedFields: orNull(z.boolean()),
  }).check(({ value, issues }) => {
    if (isFilled(value.nonResourceURLs) && (isFilled(value.resources) || isFilled(value.namespaces))) {
      issues.push(custom(value, ['nonResourceURLs'], 'stands beside resources or namespaces', 'make two rules of it'));
    }
  });
  return block({
    apiVersion: z.literal('audit.k8s.io/v1'),
    kind,
    metadata: orNull(z.looseObject({})),
    omitManagedFields: orNull(z.boolean()),
    omitStages: stages,
    rules: z.array(rule).min(1),
  });
}

/** Absent and null are the same to the server. */
const orNull = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);
const texts = orNull(z.array(z.string()));

function checkGroup({ value, issues }: z.core.ParsePayload<string>, minor: KubernetesMinor): void {
  if (value === '' || (value === '*' && minor !== '1.35')) {
    return;
  }
  if (value === '*') {
    issues.push(custom(value, [], "'*' is a group from 1.36 on; 1.35 does not start with it", 'name each group in an entry of its own'));
    return;
  }
  const problem = apiGroupProblem(value);
  if (problem !== undefined) {
    issues.push(custom(value, [], problem, API_GROUP_PROBLEM_REMEDY));
  }
}

function checkUrl({ value, issues }: z.core.ParsePayload<string>): void {
  if (value !== '*' && !value.startsWith('/')) {
    issues.push(custom(value, [], `'${value}' does not begin with '/'`, 'write the whole path, such as /healthz'));
  }
  if (value.slice(0, -1).includes('*')) {
    issues.push(custom(value, [], `'${value}' has a '*' that is not its last character`, "put '*' at the end only, such as /healthz*"));
  }
}

function custom(input: unknown, path: PropertyKey[], message: string, remedy: string): z.core.$ZodRawIssue {
  return { code: 'custom', input, path, message, params: { remedy } };
}

function isFilled(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}

/** An issue in the words of the person who wrote the file. */
function problemsOf(issue: z.core.$ZodIssue, document: unknown): NodeFileProblem[] {
  const at = (path: readonly PropertyKey[], message: string, remedy: string): NodeFileProblem => ({
    field: fieldPath(path),
    message,
    control: 'LOG-01',
    remedy,
  });
  const value = valueAt(document, issue.path);
  if (value === undefined || value === null) {
    return fieldPath(issue.path) === 'rules' ? [at(issue.path, ...NO_RULES)] : [at(issue.path, 'is missing', allowedText(issue))];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        at(
          [...issue.path, key],
          'is no field of an audit policy, so that the API server ignores it, with a warning in its log',
          'remove it, or correct its name',
        ),
      );
    case 'invalid_value':
      return [at(issue.path, `${shown(value)} is not known`, allowedText(issue))];
    case 'invalid_type':
      return [at(issue.path, `${shown(value)} is of another type`, allowedText(issue))];
    case 'too_small':
      return [at(issue.path, ...NO_RULES)];
    default:
      return [at(issue.path, issue.message, remedyOf(issue))];
  }
}

const NO_RULES = [
  'there are none, so that the API server does not start',
  'write at least one, the last for everything (`- level: Metadata`), or take the policy of AuditLogging',
] as const;

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false, without quotes',
  object: 'a block of fields',
  string: 'a text, in quotes',
};

/** What could stand here. */
function allowedText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    return `write ${issue.values.map(String).join(', or ')}`;
  }
  return issue.code === 'invalid_type' ? `write ${TYPES[issue.expected] ?? issue.expected}` : 'write it';
}

function remedyOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'custom' && typeof issue.params?.['remedy'] === 'string' ? issue.params['remedy'] : 'correct it';
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((found, part) => (found as Record<PropertyKey, unknown> | null | undefined)?.[part], document);
}

/** What is there, short enough for a line. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'a list' : 'a block of fields';
  }
  return (JSON.stringify(value) ?? typeof value).slice(0, 80);
}
