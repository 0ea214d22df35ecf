import type { KubeObject, LabelRequirement } from '../../manifest';
import type { EnforcementAction } from '../../settings';
import type { CelVariable } from '../cel';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** What happens to a request, by name. A request that is only warned about is audited too. `Deny` and `Warn` exclude each other. */
const VALIDATION_ACTIONS: Readonly<Record<EnforcementAction, readonly string[]>> = {
  audit: ['Audit'],
  warn: ['Warn', 'Audit'],
  deny: ['Deny'],
};

/** Operations that an admission policy may look at. */
export type AdmissionOperation = 'CREATE' | 'UPDATE' | 'DELETE';

/** Resources of one API group. */
export interface AdmissionResources {
  readonly apiGroup: string;
  readonly resources: readonly string[];
}

/** A condition under which a policy looks at a request at all. Sees no variables. */
export interface MatchCondition {
  readonly name: string;
  readonly expression: string;
}

/** What must hold, and what is said when it does not. */
export interface Validation {
  readonly expression: string;
  /** One line. */
  readonly message: string;
  /**
   * The line with what was found, in CEL. The API server falls back on `message` where it fails or comes to more than 5 KiB.
   *
   * @default - `message`
   */
  readonly messageExpression?: string;
}

/** What a policy is made of. */
export interface AdmissionPolicyProps {
  readonly name: string;
  readonly operations: readonly AdmissionOperation[];
  readonly resources: readonly AdmissionResources[];
  readonly matchConditions: readonly MatchCondition[];
  readonly variables: readonly CelVariable[];
  readonly validations: readonly Validation[];
}

/** What a binding is made of. */
export interface AdmissionBindingProps {
  readonly name: string;
  readonly policy: string;
  readonly action: EnforcementAction;
  /**
   * What the labels of the namespace must be, all of it.
   *
   * @default - any namespace, and objects outside of them
   */
  readonly namespaces?: readonly LabelRequirement[];
}

/** A ValidatingAdmissionPolicy. What cannot be evaluated is refused, here as in a rule. */
export function admissionPolicy(props: AdmissionPolicyProps): KubeObject {
  const { name, operations, resources, matchConditions, variables, validations } = props;
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        matchPolicy: 'Equivalent', // a request in another version of the API is converted, and judged
        resourceRules: resources.map(({ apiGroup, resources: names }) => ({
          apiGroups: [apiGroup],
          apiVersions: ['v1'],
          operations: [...operations], // copies, or YAML would be written with aliases
          resources: [...names],
        })),
      },
      ...(matchConditions.length > 0 ? { matchConditions } : {}),
      ...(variables.length > 0 ? { variables } : {}),
      validations,
    },
  };
}

/** A ValidatingAdmissionPolicyBinding. */
export function admissionBinding({ name, policy, action, namespaces = [] }: AdmissionBindingProps): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: policy,
      validationActions: [...VALIDATION_ACTIONS[action]],
      ...(namespaces.length > 0 ? { matchResources: { namespaceSelector: { matchExpressions: namespaces } } } : {}),
    },
  };
}
