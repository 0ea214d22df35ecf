import type { ControlId } from '../controls';
import { NAMESPACE_NAME_LABEL } from '../manifest';
import type { KubeObject } from '../manifest';
import {
  admissionBinding,
  admissionPolicy,
  comesFromOthers,
  leavesAlone,
  listLiteral,
  NAMESPACE_CLEANERS,
  NEVER_DENIED,
  POLICY_PREFIX,
} from '../rules';
import type { MatchCondition } from '../rules';
import { ENFORCEMENT_LABEL, TENANT_LABEL } from '../settings';
import type { ExemptIdentities } from '../settings';

/** Labels that make a namespace one of ours; who sets them decides which guards and rules hold there. */
const TENANCY_LABELS = [TENANT_LABEL, ENFORCEMENT_LABEL];

const POD_SECURITY_LABELS = ['enforce', 'enforce-version', 'audit', 'audit-version', 'warn', 'warn-version'].map(
  (mode) => `pod-security.kubernetes.io/${mode}`,
);

/** An object in each isolated namespace that isolates it. */
export interface GuardedObject {
  readonly apiGroup: string;
  readonly resource: string;
  readonly kind: string;
  readonly name: string;
  /** The field that does it. */
  readonly field: string;
  readonly control: ControlId;
}

/** What an `IsolatedNamespace` makes beside the Namespace, as far as taking it away weakens the isolation. */
export const GUARDED_OBJECTS: readonly GuardedObject[] = [
  {
    apiGroup: 'networking.k8s.io',
    resource: 'networkpolicies',
    kind: 'NetworkPolicy',
    name: 'default-deny',
    field: 'spec',
    control: 'NET-03',
  },
  { apiGroup: '', resource: 'resourcequotas', kind: 'ResourceQuota', name: 'quota', field: 'spec', control: 'NET-08' },
  { apiGroup: '', resource: 'limitranges', kind: 'LimitRange', name: 'limits', field: 'spec', control: 'NET-07' },
  {
    apiGroup: '',
    resource: 'serviceaccounts',
    kind: 'ServiceAccount',
    name: 'default',
    field: 'automountServiceAccountToken',
    control: 'POD-19',
  },
];

/** Who owns an object deletes it by going away. */
const OWNERS = 'metadata.ownerReferences';

/**
 * The policies that guard what isolates namespaces: their labels, and the objects in `GUARDED_OBJECTS`. Everybody but the
 * exempt is refused, from the first day: no workload needs any of it. `namespaces` are guarded by name, beside those that
 * have the tenancy label.
 */
export function admissionGuards(exempt: ExemptIdentities, namespaces: readonly string[]): KubeObject[] {
  return [...guardNamespaces(exempt), ...guardIsolation(exempt, namespaces)];
}

/**
 * A Namespace with a tenancy label, before or after, is made and deleted by the exempt only, and keeps its labels. No selector
 * can say so: it would look at the labels after the change, and lose sight of a namespace with the label itself.
 */
function guardNamespaces(exempt: ExemptIdentities): KubeObject[] {
  const name = `${POLICY_PREFIX}guard-namespaces`;
  const kept = listLiteral([...TENANCY_LABELS, ...POD_SECURITY_LABELS]);
  // A blank is the value of no label, so that an empty label and none are different.
  const changed = `l, variables.before[?l].orValue(' ') != variables.after[?l].orValue(' ')`;
  return [
    admissionPolicy({
      name,
      operations: ['CREATE', 'UPDATE', 'DELETE'],
      resources: [{ apiGroup: '', resources: ['namespaces'] }],
      matchConditions: [
        notExempt(exempt),
        {
          name: 'is-isolated',
          expression: `${listLiteral(TENANCY_LABELS)}.exists(l, l in ${labelsOf('object')} || l in ${labelsOf('oldObject')})`,
        },
      ],
      variables: [
        { name: 'before', expression: labelsOf('oldObject') },
        { name: 'after', expression: labelsOf('object') },
      ],
      validations: [
        {
          expression: "request.operation == 'UPDATE'",
          message: `an isolated namespace is not for everybody to make or delete (control NET-02). ${WHO_MAY}`,
        },
        {
          expression: `request.operation != 'UPDATE' || !${kept}.exists(${changed})`,
          message: `changes labels that guard the namespace (controls POD-08, NET-02). ${WHO_MAY}`,
          messageExpression: `'changes labels that guard the namespace: ' + ${kept}.filter(${changed}).join(', ') + ' (controls POD-08, NET-02). ${WHO_MAY}'`,
        },
        {
          expression: `request.operation != 'UPDATE' || ${leavesAlone([OWNERS])}`,
          message: `gives an isolated namespace an owner, with which it would be deleted (control NET-02). ${WHO_MAY}`,
        },
      ],
    }),
    admissionBinding({ name: `${name}-deny`, policy: name, action: 'deny' }),
  ];
}

/** What isolates a namespace is changed and deleted by the exempt only, and given no owner that would delete it. */
function guardIsolation(exempt: ExemptIdentities, namespaces: readonly string[]): KubeObject[] {
  const name = `${POLICY_PREFIX}guard-isolation`;
  const groups = [...new Set(GUARDED_OBJECTS.map(({ apiGroup }) => apiGroup))];
  const controls = GUARDED_OBJECTS.map(({ control }) => control).join(', ');
  const tenancy = [
    { key: TENANT_LABEL, operator: 'Exists' as const },
    { key: NAMESPACE_NAME_LABEL, operator: 'NotIn' as const, values: [NEVER_DENIED] },
  ];
  return [
    admissionPolicy({
      name,
      operations: ['UPDATE', 'DELETE'],
      resources: groups.map((apiGroup) => ({
        apiGroup,
        resources: GUARDED_OBJECTS.filter((guarded) => guarded.apiGroup === apiGroup).map(({ resource }) => resource),
      })),
      matchConditions: [
        notExempt(exempt),
        {
          name: 'isolates-the-namespace',
          // Not request.name: it is empty when a whole collection is deleted.
          expression: `oldObject.kind + '/' + oldObject.metadata.name in ${listLiteral(GUARDED_OBJECTS.map(({ kind, name: object }) => `${kind}/${object}`))}`,
        },
      ],
      variables: [],
      validations: [
        {
          expression: `request.operation == 'UPDATE' && ${leavesAlone([...new Set(GUARDED_OBJECTS.map(({ field }) => field)), OWNERS])}`,
          message: `isolates its namespace, and is not for everybody to change or delete (controls ${controls}). ${WHO_MAY}`,
        },
      ],
    }),
    admissionBinding({ name: `${name}-deny`, policy: name, action: 'deny', namespaces: tenancy }),
    ...(namespaces.length > 0
      ? [
          admissionBinding({
            name: `${name}-deny-by-name`,
            policy: name,
            action: 'deny',
            namespaces: [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: namespaces }],
          }),
        ]
      : []),
  ];
}

const WHO_MAY = 'Ask the platform team: those under enforcement.exempt may.';

function notExempt({ users = [], groups }: ExemptIdentities): MatchCondition {
  return { name: 'not-exempt', expression: comesFromOthers({ users: [...users, ...NAMESPACE_CLEANERS.map(({ user }) => user)], groups }) };
}

function labelsOf(object: 'object' | 'oldObject'): string {
  return `dyn(${object}).?metadata.?labels.orValue({})`;
}
