import type { KubeObject } from '../../manifest';
import { STATIC_SUFFIX } from '../../rules';
import { SUPPORTED_MINORS } from '../../settings';
import type { ExemptIdentities, KubernetesMinor } from '../../settings';

/** First minor that reads policies from files by default: 1.36 does not start with them, 1.35 ignores them without a word. */
const FIRST_MINOR: KubernetesMinor = '1.37';

const NAME = `guard-admission-policies${STATIC_SUFFIX}`;

/** What decides about admission, and is itself never shown to policies of the API. */
const GUARDED = [
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
] as const;

/**
 * The guard of the guards: a policy from a file, under which nobody but the exempt identities changes or deletes admission
 * policies and their bindings. No request can change it, and it is not listed. It names no policy, because a request that
 * deletes a collection has no name. Who may impersonate an exempt identity has its right; so may every cluster-admin.
 *
 * @see https://github.com/kubernetes/enhancements/issues/5793
 */
export function staticGuard(minor: KubernetesMinor, exempt: ExemptIdentities | undefined): readonly KubeObject[] {
  const users = exempt?.users ?? [];
  const groups = exempt?.groups ?? [];
  if (SUPPORTED_MINORS.indexOf(minor) < SUPPORTED_MINORS.indexOf(FIRST_MINOR) || users.length + groups.length === 0) {
    return [];
  }
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: NAME },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['admissionregistration.k8s.io'], apiVersions: ['*'], operations: ['UPDATE', 'DELETE'], resources: [...GUARDED] },
          ],
        },
        validations: [
          {
            expression: [
              ...(users.length > 0 ? [`request.userInfo.username in ${celList(users)}`] : []),
              ...(groups.length > 0 ? [`request.userInfo.groups.exists(group, group in ${celList(groups)})`] : []),
            ].join(' || '),
            message: 'AUTH-11: admission policies and their bindings are changed by the exempt identities only',
          },
        ],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: NAME },
      spec: { policyName: NAME, validationActions: ['Deny', 'Audit'] },
    },
  ];
}

/** A list of texts as a literal of CEL, which reads JSON's escapes. */
function celList(texts: readonly string[]): string {
  return JSON.stringify(texts);
}
