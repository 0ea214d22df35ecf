import { identityOf, isRecord, nameOf, recordOf, textsOf } from '../../manifest';
import type { Artifacts, KubeObject } from '../../manifest';
import type { PostureChange, Tendency } from './posture-change';
import { sideBySide } from './side-by-side';

/** Fields that are named before the rest is counted. */
const FIELDS_SHOWN = 5;

/** Kinds that only ever hold something back: without one it is looser. What NetworkPolicies hold back, the flows say. */
const SAFEGUARDS: readonly string[] = [
  'LimitRange',
  'ResourceQuota',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
];

/** Objects that are new, gone or other than before, with the fields. */
export function objectChanges(before: Artifacts, after: Artifacts): PostureChange[] {
  return sideBySide(objectsOf(before), objectsOf(after)).flatMap(([, was, is]): PostureChange[] => {
    const object = (is ?? was) as KubeObject;
    const fields = was && is ? changedFields(was, is) : [];
    const what = !was ? 'new' : !is ? 'gone' : fieldsText(fields);
    const change = { subject: 'object', tendency: tendencyOf(was, is), what: `${object.kind} ${nameOf(object)}: ${what}` } as const;
    return was && is && fields.length === 0 ? [] : [change];
  });
}

function tendencyOf(was: KubeObject | undefined, is: KubeObject | undefined): Tendency {
  const holds = (object: KubeObject | undefined): boolean => object !== undefined && SAFEGUARDS.includes(object.kind) && !onlyTells(object);
  return holds(was) === holds(is) ? 'neutral' : holds(is) ? 'stricter' : 'looser';
}

/** A binding that audits or warns, and refuses nothing. */
function onlyTells({ kind, spec }: KubeObject): boolean {
  return kind === 'ValidatingAdmissionPolicyBinding' && !textsOf(recordOf(spec)['validationActions']).includes('Deny');
}

function objectsOf({ manifests }: Artifacts): Map<string, KubeObject> {
  return new Map(manifests.map(({ object }) => [identityOf(object), object]));
}

function fieldsText(fields: readonly string[]): string {
  const more = fields.length - FIELDS_SHOWN;
  return `${fields.slice(0, FIELDS_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Paths at which two values differ. Their values are not told: in a Secret they are the secret. */
function changedFields(was: unknown, is: unknown, path = ''): string[] {
  if (isRecord(was) && isRecord(is)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return names.flatMap((name) => changedFields(was[name], is[name], path === '' ? name : `${path}.${name}`));
  }
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length) {
    return was.flatMap((item: unknown, index) => changedFields(item, is[index], `${path}[${index}]`));
  }
  return JSON.stringify(was) === JSON.stringify(is) ? [] : [path];
}
