import { identifiersOf, listOf, recordOf, recordsOf, textOf, textsOf } from '../../manifest';
import type { Manifest } from '../../manifest';
import type { Inventory } from '../inventory';
import { BINDINGS, NAMESPACED_ROLES } from '../match';
import { ClusterRoles } from './cluster-roles';
import { subjectOf } from './subject';
import type { BoundSubject } from './subject';

/** One thing that a binding lets somebody do. */
export interface GrantedPermission {
  readonly subject: BoundSubject;
  /** Namespace in which it holds; undefined: in all of them, and outside of them. */
  readonly namespace?: string;
  readonly verb: string;
  /** API group, or `nonResource` for a path. */
  readonly group: string;
  /** Resource with its subresource, such as `pods/exec`; or the path. */
  readonly resource: string;
  /** Name of the one object; undefined: any. */
  readonly name?: string;
}

interface RoleRule {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly name?: string;
}

/** API group that stands for paths that are no resources. */
export const NON_RESOURCE = 'nonResource';

/**
 * Everything that the bindings give, one by one. A ClusterRole of Kubernetes that is not among the manifests is `use` of the role itself:
 * what is in it depends on the cluster.
 */
export function permissionsOf(inventory: Inventory): GrantedPermission[] {
  const clusterRoles = new ClusterRoles(inventory);
  return inventory.of(BINDINGS).flatMap((binding) => {
    const { kind, name: text } = recordOf(binding.object['roleRef']);
    const name = textOf(text) ?? '';
    const { namespace } = identifiersOf(binding.object);
    const rules =
      kind === 'ClusterRole' ? clusterRoleRules(name, clusterRoles) : rulesOf(inventory.namespaceOf(binding).named(NAMESPACED_ROLES, name));
    const holds = binding.object.kind === 'ClusterRoleBinding' ? {} : { namespace };
    return recordsOf(binding.object['subjects']).flatMap((entry) => {
      const subject = subjectOf(entry, namespace);
      return subject ? rules.map((rule) => ({ subject, ...holds, ...rule })) : [];
    });
  });
}

/** Whether who has the one may do the other too. */
export function includesPermission(one: GrantedPermission, other: GrantedPermission): boolean {
  return (
    one.subject.kind === other.subject.kind &&
    one.subject.name === other.subject.name &&
    (one.namespace === undefined || one.namespace === other.namespace) &&
    (one.verb === '*' || one.verb === other.verb) &&
    (one.group === other.group || (one.group === '*' && other.group !== NON_RESOURCE)) &&
    includesResource(one, other) &&
    (one.name === undefined || one.name === other.name)
  );
}

function includesResource({ group, resource }: GrantedPermission, other: GrantedPermission): boolean {
  if (group === NON_RESOURCE) {
    return resource.endsWith('*') ? other.resource.startsWith(resource.slice(0, -1)) : resource === other.resource;
  }
  const subresource = other.resource.split('/')[1];
  return resource === '*' || resource === other.resource || (subresource !== undefined && resource === `*/${subresource}`);
}

function clusterRoleRules(name: string, clusterRoles: ClusterRoles): RoleRule[] {
  const manifests = clusterRoles.manifests(name);
  const own = manifests.some(({ object }) => identifiersOf(object).name === name);
  const ofKubernetes = own ? [] : [{ group: 'rbac.authorization.k8s.io', resource: 'clusterroles', verb: 'use', name }];
  return [...ofKubernetes, ...manifests.flatMap(rulesOf)];
}

function rulesOf(role: Manifest | undefined): RoleRule[] {
  return recordsOf(role?.object['rules']).flatMap(({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }) => {
    const names: (string | undefined)[] = listOf(resourceNames).length > 0 ? [...textsOf(resourceNames)] : [undefined];
    const targets = [
      ...textsOf(apiGroups).flatMap((group) => textsOf(resources).flatMap((resource) => names.map((name) => ({ group, resource, name })))),
      ...textsOf(nonResourceURLs).map((resource) => ({ group: NON_RESOURCE, resource, name: undefined })),
    ];
    return targets.flatMap((target) => textsOf(verbs).map((verb) => ({ ...target, verb })));
  });
}
