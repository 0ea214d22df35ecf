import { stringify } from 'yaml';
import { podSpecOf, podTemplateOf } from '../../manifest';
import type { KubeObject } from '../../manifest';
import type { ObjectWaiver } from '../waivers-in-force';
import { checksOf, exceptionName, statementOf } from './exception';

/** Where exceptions are kept: Kyverno is told to read this namespace only, so that no tenant excepts himself. */
const NAMESPACE = 'kyverno';

/** Where Kyverno's own policies say what they are for. */
const DESCRIPTION = 'policies.kyverno.io/description';

/** What the controllers of Kubernetes make for a workload, and Kyverno is asked about too. */
const MADE_FOR_WORKLOADS = ['Pod', 'ReplicaSet', 'Job'];

/** Kyverno: exceptions from policies in CEL (`ValidatingPolicy`), the API of 1.17 and newer. */
export function kyvernoExceptions(waivers: readonly ObjectWaiver[]): string | undefined {
  return documents(waivers, 'policies.kyverno.io/v1', (waiver, policies) => ({
    policyRefs: policies.map((name) => ({ name, kind: 'ValidatingPolicy' })),
    matchConditions: [{ name: 'waived-object', expression: condition(waiver.object) }],
  }));
}

/** Kyverno: exceptions from a `ClusterPolicy`. Deprecated in 1.17 like that kind itself, and the only ones that it heeds. */
export function kyvernoClusterPolicyExceptions(waivers: readonly ObjectWaiver[]): string | undefined {
  return documents(waivers, 'kyverno.io/v2', (waiver, policies) => ({
    match: { any: matches(waiver.object) },
    exceptions: policies.map((policyName) => ({ policyName, ruleNames: ['*'] })),
  }));
}

function documents(
  waivers: readonly ObjectWaiver[],
  apiVersion: string,
  spec: (waiver: ObjectWaiver, policies: readonly string[]) => object,
): string | undefined {
  const exceptions = waivers.flatMap((waiver) => {
    const policies = checksOf(waiver, 'kyverno');
    const metadata = { name: exceptionName(waiver), namespace: NAMESPACE, annotations: { [DESCRIPTION]: statementOf(waiver) } };
    return policies.length === 0 ? [] : [{ apiVersion, kind: 'PolicyException', metadata, spec: spec(waiver, policies) }];
  });
  return exceptions.length === 0
    ? undefined
    : exceptions.map((exception) => stringify(exception, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}

/** CEL that holds for the object, and for what runs pods in its place: as with our own policies, by service account. */
function condition(object: KubeObject): string {
  const { namespace = '', name } = object.metadata;
  const itself = `object.kind == ${literal(object.kind)} && object.metadata.name == ${literal(name)}`;
  const inNamespace = `object.metadata.?namespace.orValue("") == ${literal(namespace)}`;
  const podSpec = podSpecOf(object);
  if (podSpec === undefined) {
    return `${inNamespace} && ${itself}`;
  }
  const account = 'object.spec.?serviceAccountName.orValue(object.spec.?template.?spec.?serviceAccountName.orValue("default"))';
  const made = `object.kind in ${JSON.stringify(MADE_FOR_WORKLOADS)} && ${account} == ${literal(String(podSpec['serviceAccountName'] ?? 'default'))}`;
  return `${inNamespace} && (${itself} || ${made})`;
}

/** A string of CEL: the escapes of JSON are among its own. */
function literal(text: string): string {
  return JSON.stringify(text);
}

/** The object by name, and the pods of a workload by its labels; without labels its pods cannot be told from others. */
function matches(object: KubeObject): object[] {
  const { namespace, name } = object.metadata;
  const where = namespace === undefined ? {} : { namespaces: [namespace] };
  const labels = podTemplateOf(object)?.['metadata']?.labels as Record<string, string> | undefined;
  const itself = { resources: { kinds: [object.kind], names: [name], ...where } };
  return object.kind === 'Pod' || labels === undefined
    ? [itself]
    : [itself, { resources: { kinds: MADE_FOR_WORKLOADS, selector: { matchLabels: labels }, ...where } }];
}
