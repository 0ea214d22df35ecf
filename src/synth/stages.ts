import { identityOf, isNativeGroup, nameOf, podSpecOf, recordOf } from '../manifest';
import type { KubeObject, Manifest, PodSpec } from '../manifest';
import { duplicates, placeOf } from './artifacts-of';
import { depthFirst } from './depth-first';

/** The stages in the order in which they are applied. */
export const STAGES = ['foundation', 'tenancy', 'workloads', 'enforcement'] as const;
export type Stage = (typeof STAGES)[number];

/** A manifest with its place in the order of application. */
export interface StagedManifest {
  readonly manifest: Manifest;
  readonly stage: Stage;
  /** What must be there before it, in the same stage or an earlier one. */
  readonly needs: readonly StagedManifest[];
}

/** Stage by kind; a kind that is not listed, and every custom resource, is a workload. */
const STAGE_OF_KIND: Readonly<Record<string, Stage>> = {
  Namespace: 'foundation',
  CustomResourceDefinition: 'foundation',
  PriorityClass: 'foundation',
  RuntimeClass: 'foundation',
  StorageClass: 'foundation',
  IngressClass: 'foundation',
  ValidatingAdmissionPolicy: 'foundation',
  MutatingAdmissionPolicy: 'foundation',
  ResourceQuota: 'tenancy',
  LimitRange: 'tenancy',
  NetworkPolicy: 'tenancy',
  ServiceAccount: 'tenancy',
  Role: 'tenancy',
  RoleBinding: 'tenancy',
  ClusterRole: 'tenancy',
  ClusterRoleBinding: 'tenancy',
  Secret: 'tenancy',
  ConfigMap: 'tenancy',
  ValidatingAdmissionPolicyBinding: 'enforcement',
  MutatingAdmissionPolicyBinding: 'enforcement',
  ValidatingWebhookConfiguration: 'enforcement',
  MutatingWebhookConfiguration: 'enforcement',
};

interface Node {
  readonly manifest: Manifest;
  readonly needs: Set<Node>;
}

/**
 * Gives every manifest its stage: by kind, then pulled later where something that it needs is later. Linear in objects
 * and references, and a pure function of the manifests. Returns them in the order in which they can be applied: by stage,
 * and in a stage what is needed first; otherwise as given.
 *
 * @throws if two objects have one identity, or if the needs form a cycle
 */
export function planStages(manifests: readonly Manifest[]): StagedManifest[] {
  const twice = duplicates(manifests);
  if (twice.length > 0) {
    throw new Error(twice.join('\n'));
  }
  const nodes = link(manifests);
  const { order, cyclic } = depthFirst(nodes, (node) => node.needs);
  if (cyclic) {
    throw new Error(
      `These objects need each other in a circle, so there is no order in which they can be applied: ${circle(order).join(', ')}`,
    );
  }
  const stages = new Map<Node, number>();
  const staged = new Map<Node, StagedManifest>();
  for (const node of order) {
    const needs = [...node.needs];
    const stage = Math.max(
      stageOfKind(node.manifest.object),
      ...needs.map((need) => (stages.get(need) as number) + (definesKind(need) ? 1 : 0)),
    );
    stages.set(node, stage);
    staged.set(node, {
      manifest: node.manifest,
      stage: STAGES[stage] as Stage,
      needs: needs.map((need) => staged.get(need) as StagedManifest),
    });
  }
  return STAGES.flatMap((stage) => [...staged.values()].filter((item) => item.stage === stage));
}

function stageOfKind(object: KubeObject): number {
  const stage = isNativeGroup(object.apiVersion) && Object.hasOwn(STAGE_OF_KIND, object.kind) ? STAGE_OF_KIND[object.kind] : undefined;
  return STAGES.indexOf(stage ?? 'workloads');
}

/** The manifests with what each needs. */
function link(manifests: readonly Manifest[]): Node[] {
  const nodes = manifests.map((manifest): Node => ({ manifest, needs: new Set() }));
  const byIdentity = new Map(nodes.map((node) => [identityOf(node.manifest.object), node]));
  const byDefinedKind = new Map(nodes.flatMap((node) => definedKind(node.manifest.object).map((kind) => [kind, node] as const)));
  for (const node of nodes) {
    const { object } = node.manifest;
    const definition = byDefinedKind.get(`${object.apiVersion.split('/')[0]}/${object.kind}`);
    for (const need of [definition, ...references(object).map((identity) => byIdentity.get(identity))]) {
      if (need && need !== node) {
        node.needs.add(need);
      }
    }
  }
  return nodes;
}

/** A definition and what it defines are never applied at once. */
function definesKind(node: Node): boolean {
  return definedKind(node.manifest.object).length > 0;
}

/** What lies on a circle: it can be reached from itself. */
function circle(nodes: readonly Node[]): string[] {
  return nodes
    .filter((node) => depthFirst(node.needs, (need) => need.needs).order.includes(node))
    .map(({ manifest }) => `${manifest.object.kind} ${nameOf(manifest.object)} (${placeOf(manifest)})`);
}

function definedKind({ kind, spec }: KubeObject): string[] {
  return kind === 'CustomResourceDefinition' ? [`${spec?.group}/${spec?.names?.kind}`] : [];
}

/** Identities that an object names: its namespace, its pods' service account and volumes, its role, its policy, the service behind its API. */
function references(object: KubeObject): string[] {
  const { namespace } = object.metadata;
  const inNamespace = (kind: string, name: unknown): string[] => (typeof name === 'string' ? [`/${kind}/${namespace ?? ''}/${name}`] : []);
  const { roleRef } = object as { roleRef?: { kind: string; name: string } };
  return [
    ...(namespace === undefined ? [] : [`/Namespace//${namespace}`]),
    ...podReferences(podSpecOf(object)).flatMap(([kind, name]) => inNamespace(kind, name)),
    ...(roleRef ? [`rbac.authorization.k8s.io/${roleRef.kind}/${roleRef.kind === 'Role' ? (namespace ?? '') : ''}/${roleRef.name}`] : []),
    ...policyReference(object),
    ...apiServiceReference(object),
  ];
}

function podReferences(spec: PodSpec | undefined): [string, unknown][] {
  const volumes = (spec?.['volumes'] as PodSpec[] | undefined) ?? [];
  return [
    ['ServiceAccount', spec?.['serviceAccountName']],
    ...volumes.flatMap((volume): [string, unknown][] => [
      ['ConfigMap', volume['configMap']?.name],
      ['Secret', volume['secret']?.secretName],
      ['PersistentVolumeClaim', volume['persistentVolumeClaim']?.claimName],
    ]),
  ];
}

function policyReference({ kind, spec }: KubeObject): string[] {
  const policy = /^(.*AdmissionPolicy)Binding$/.exec(kind);
  return policy && typeof spec?.policyName === 'string' ? [`admissionregistration.k8s.io/${policy[1]}//${spec.policyName}`] : [];
}

/** An APIService without its service makes the API server answer with errors for its group, and namespaces cannot be deleted then. */
function apiServiceReference({ kind, spec }: KubeObject): string[] {
  const { namespace, name } = recordOf(spec?.service);
  return kind === 'APIService' && name !== undefined ? [`/Service/${namespace}/${name}`] : [];
}
