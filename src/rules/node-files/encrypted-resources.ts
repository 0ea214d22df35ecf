/** What may lie in the clear: it changes often and holds no credentials. */
export const HARMLESS_RESOURCES: readonly string[] = ['events', 'leases.coordination.k8s.io'];

/** What the API server keeps in etcd without an API; no rule can name it. */
const WITHOUT_API: readonly string[] = ['apiserveripinfo', 'serviceipallocations', 'servicenodeportallocations'];

/** What is wrong with the name of a resource, and how to write what is meant. */
export interface ResourceNameProblem {
  readonly message: string;
  readonly remedy: string;
}

/**
 * Why an EncryptionConfiguration cannot name this resource; undefined if it can. `resource`, `resource.group`, `*.group`, `*.`
 * (the core group) and `*.*` are possible.
 */
export function encryptedResourceProblem(resource: string): ResourceNameProblem | undefined {
  const [name, group] = split(resource);
  const problem = (message: string, remedy: string): ResourceNameProblem => ({ message: `"${resource}" ${message}`, remedy });
  if (!/^([A-Za-z0-9-]+|\*)(\.([A-Za-z0-9.-]*|\*))?$/.test(resource)) {
    return problem('is not the name of a resource', 'write its plural and its group, such as "deployments.apps"');
  }
  if (resource !== resource.toLowerCase()) {
    return problem('has capital letters', 'write it in lower case, such as "secrets"');
  }
  if (resource === '*') {
    return problem('does not say which groups', 'write "*.*" for everything, or "*." for the core group');
  }
  if (WITHOUT_API.includes(resource)) {
    return problem('has no API, so that it cannot be encrypted', 'remove it');
  }
  if (group === 'events.k8s.io') {
    return problem('is stored as events of the core group', 'write "events"');
  }
  if (group === 'extensions') {
    return problem('is of a group that is gone', 'name the group that the resource has now');
  }
  return group === '*' && name !== '*' ? problem('is one resource in all groups', 'name its group, such as "deployments.apps"') : undefined;
}

/** Whether what the rule names holds all that `resource` names. */
export function coversResource(rule: string, resource: string): boolean {
  const [ruleName, ruleGroup] = split(rule);
  const [name, group] = split(resource);
  return rule === '*.*' || (ruleGroup === group && (ruleName === '*' || ruleName === name));
}

/** The two parts of `resource.group`; the core group is empty. */
function split(resource: string): readonly [name: string, group: string] {
  const dot = resource.indexOf('.');
  return dot < 0 ? [resource, ''] : [resource.slice(0, dot), resource.slice(dot + 1)];
}
