import { LabelSelector, stringMapOf } from '../../src/manifest';
import type { KubeObject, LabelRequirement } from '../../src/manifest';
import type { AdmissionOperation, CelVariable, MatchCondition, Validation } from '../../src/rules';
import { toCel } from '../../src/rules/cel/environment';
import type { CelContext } from '../../src/rules/cel/environment';
import { evaluate, withVariables } from '../../src/rules/cel/evaluation';

/** A request to the API server. */
export interface AdmissionRequest {
  readonly operation: AdmissionOperation;
  /** There is none in a DELETE. */
  readonly object?: KubeObject;
  /** There is none in a CREATE. */
  readonly oldObject?: KubeObject;
  /** @default - none: the object itself */
  readonly subresource?: string;
  readonly user?: string;
  readonly groups?: readonly string[];
}

/** What the API server says to it. */
export interface AdmissionAnswer {
  readonly denied: boolean;
  /** The message of each validation that fails under a binding that warns, sorted. */
  readonly warnings: readonly string[];
  readonly audited: boolean;
}

type Labels = Readonly<Record<string, string>>;

interface PolicySpec {
  readonly matchConstraints: {
    readonly resourceRules: readonly {
      readonly apiGroups: readonly string[];
      readonly operations: readonly string[];
      readonly resources: readonly string[];
    }[];
  };
  readonly matchConditions?: readonly MatchCondition[];
  readonly variables?: readonly CelVariable[];
  readonly validations: readonly Validation[];
}

/** What the policies and bindings say to a request in a namespace with these labels, as the API server goes about it. */
export function admit(objects: readonly KubeObject[], request: AdmissionRequest, namespaceLabels: Labels = {}): AdmissionAnswer {
  const labels = labelsSeen(request, namespaceLabels);
  const bound = objects
    .filter(({ kind, spec }) => kind === 'ValidatingAdmissionPolicyBinding' && selects(selectorOf(spec as object), labels))
    .flatMap(({ spec }) => {
      const policy = objects.find(({ kind, metadata }) => kind === 'ValidatingAdmissionPolicy' && metadata.name === spec.policyName);
      const failures = policy ? failuresOf(policy, request) : [];
      return (spec.validationActions as string[]).flatMap((action) => failures.map((message) => ({ action, message })));
    });
  return {
    denied: bound.some(({ action }) => action === 'Deny'),
    warnings: bound.flatMap(({ action, message }) => (action === 'Warn' ? [message] : [])).sort(),
    audited: bound.some(({ action }) => action === 'Audit'),
  };
}

/** The message of each validation of a policy that the request fails; none where the policy does not look at it. */
export function failuresOf(policy: KubeObject, request: AdmissionRequest): string[] {
  const { matchConstraints, matchConditions = [], variables = [], validations } = policy['spec'] as PolicySpec;
  const { apiVersion, kind } = (request.object ?? request.oldObject) as KubeObject;
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
  const resource = [resourceOf(kind), request.subresource].filter(Boolean).join('/');
  const looksAt = matchConstraints.resourceRules.some(
    ({ apiGroups, operations, resources }) =>
      apiGroups.includes(group) && operations.includes(request.operation) && resources.includes(resource),
  );
  const context = contextOf(request, variables);
  if (!looksAt || !matchConditions.every(({ expression }) => evaluate(expression, context) === true)) {
    return [];
  }
  return validations
    .filter(({ expression }) => attempt(expression, context) !== true)
    .map(({ message, messageExpression }) => {
      const text = messageExpression === undefined ? undefined : attempt(messageExpression, context);
      return typeof text === 'string' && text.trim() !== '' ? text : message;
    });
}

/** The plural that the API has for a kind. */
export function resourceOf(kind: string): string {
  const word = kind.toLowerCase();
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}${word.endsWith('s') ? 'es' : 's'}`;
}

/** What expressions of a policy see. */
export function contextOf({ operation, object, oldObject, user = 'jane', groups }: AdmissionRequest, variables: readonly CelVariable[]) {
  return withVariables(
    {
      object: toCel(object ?? null),
      oldObject: toCel(oldObject ?? null),
      request: { operation, userInfo: { username: user, ...(groups ? { groups: [...groups] } : {}) } },
    },
    variables,
  );
}

/** What the API server fills in, where a policy sees it: the name of a namespace as a label, and the directions of a policy. */
export function asServed(object: KubeObject): KubeObject {
  const labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name };
  const filledIn: Readonly<Record<string, object>> = {
    Namespace: { metadata: { ...object.metadata, labels } },
    NetworkPolicy: { spec: { policyTypes: ['Ingress', ...(object['spec']?.egress ? ['Egress'] : [])], ...object['spec'] } as object },
  };
  return { ...object, ...filledIn[object.kind] };
}

/** The labels that a namespace selector is held against; undefined for what is in no namespace. */
function labelsSeen({ object, oldObject }: AdmissionRequest, namespaceLabels: Labels): Labels | undefined {
  const { kind, metadata } = (object ?? oldObject) as KubeObject;
  if (kind === 'Namespace') {
    return { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
  }
  return metadata.namespace === undefined ? undefined : { ...namespaceLabels, 'kubernetes.io/metadata.name': metadata.namespace };
}

function selectorOf(spec: { matchResources?: { namespaceSelector: { matchExpressions: readonly LabelRequirement[] } } }) {
  return spec.matchResources?.namespaceSelector.matchExpressions ?? [];
}

function selects(requirements: readonly LabelRequirement[], labels: Labels | undefined): boolean {
  return labels === undefined || LabelSelector.of(requirements).matches(stringMapOf(labels));
}

function attempt(expression: string, context: CelContext): unknown {
  try {
    return evaluate(expression, context);
  } catch {
    return undefined;
  }
}
