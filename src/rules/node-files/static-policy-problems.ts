import { z } from 'zod';
import { fieldPath } from './node-file-problem';
import type { NodeFileProblem } from './node-file-problem';
import { shapeOf } from './shape-problems';

/** What the names of all policies end in that the API server reads from files. */
export const STATIC_SUFFIX = '.static.k8s.io';

const METADATA = z.looseObject({ name: z.string().endsWith(STATIC_SUFFIX, `must end in ${STATIC_SUFFIX}`) });
const NO_PARAMETERS = z.unknown().refine((value) => value === undefined, 'policies from files take no parameters');
const POLICY = z.looseObject({
  apiVersion: z.literal('admissionregistration.k8s.io/v1'),
  kind: z.literal('ValidatingAdmissionPolicy'),
  metadata: METADATA,
  spec: z.looseObject({ paramKind: NO_PARAMETERS.optional() }),
});
const BINDING = z.looseObject({
  apiVersion: z.literal('admissionregistration.k8s.io/v1'),
  kind: z.literal('ValidatingAdmissionPolicyBinding'),
  metadata: METADATA,
  spec: z.looseObject({ policyName: z.string(), paramRef: NO_PARAMETERS.optional() }),
});
const SCHEMA = z.discriminatedUnion('kind', [POLICY, BINDING], {
  error: 'only ValidatingAdmissionPolicy and ValidatingAdmissionPolicyBinding are read from files',
});

/** What can be said of a document whatever else is wrong in it. */
const NAMED = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ policyName: z.string().optional() }),
});

/** What is wrong with the policies of one folder that the API server reads: it does not start with any of this, or they do nothing. */
export function staticPolicyProblems(documents: readonly unknown[]): readonly NodeFileProblem[] {
  const named = documents.map((document) => NAMED.safeParse(document).data);
  const policies = named.map((object) => (object?.kind === 'ValidatingAdmissionPolicy' ? object.metadata.name : undefined));
  const bound = named.map((object) => (object?.kind === 'ValidatingAdmissionPolicyBinding' ? object.spec.policyName : undefined));
  return [
    ...documents.flatMap(
      (document, index) => shapeOf(document, { schema: SCHEMA, control: 'AUTH-11', unknownFields: 'refused' }, [index]).problems,
    ),
    ...bound.flatMap((policy, index) =>
      policy === undefined || policies.includes(policy)
        ? []
        : [problem([index, 'spec', 'policyName'], `no file has the policy "${policy}"`, 'name a policy of this folder')],
    ),
    ...policies.flatMap((policy, index) =>
      policy === undefined || bound.includes(policy)
        ? []
        : [problem([index, 'metadata', 'name'], 'no binding is about it, so that it does nothing', 'add a binding')],
    ),
  ];
}

function problem(path: readonly PropertyKey[], message: string, remedy: string): NodeFileProblem {
  return { field: fieldPath(path), message, control: 'AUTH-11', remedy };
}
