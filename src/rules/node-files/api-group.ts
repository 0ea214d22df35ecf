const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const DNS_SUBDOMAIN_MAX = 253;

/** How to mend the name of an API group. */
export const API_GROUP_PROBLEM_REMEDY = 'write the name of the group as CustomResourceDefinitions have it, such as `apps`';

/** Why this is not the name of an API group (a DNS subdomain, RFC 1123; `''` is the core group); undefined if it is one. */
export function apiGroupProblem(name: string): string | undefined {
  if (name === '' || (DNS_SUBDOMAIN.test(name) && name.length <= DNS_SUBDOMAIN_MAX)) {
    return undefined;
  }
  return name.includes('/') ? `'${name}' is a group with its version; a group goes without` : `'${name}' is not the name of an API group`;
}
