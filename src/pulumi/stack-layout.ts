import type { Manifest } from '../manifest';
import type { TenantProps } from '../stacks';
import type { ProgramConfig } from './program-config';

/**
 * Which objects this stack has. What lies in a tenant's namespaces, and these, is the tenant's; all else is the platform's. One
 * stack may have everything, or one the platform and others the tenants in groups.
 *
 * @throws if a tenant is not in the blueprint
 */
export function objectsOfStack(
  { tenants, platformOnly }: Pick<ProgramConfig, 'tenants' | 'platformOnly'>,
  all: readonly TenantProps[],
): (manifest: Manifest) => boolean {
  const unknown = tenants?.find((name) => all.every((tenant) => tenant.name !== name));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name).join(', ') || 'none';
    throw new Error(`✗ tenants: '${unknown}' is no tenant of the blueprint. There are ${names}.\nNothing was applied.`);
  }
  const chosen = all.filter(({ name }) => tenants?.includes(name) ?? true);
  const namespaces = new Set(chosen.flatMap((tenant) => tenant.namespaces));
  if (!tenants && !platformOnly) {
    return () => true;
  }
  return (manifest) => namespaces.has(namespaceOf(manifest)) !== platformOnly;
}

function namespaceOf({ object: { kind, metadata } }: Manifest): string {
  return (kind === 'Namespace' ? metadata.name : metadata.namespace) ?? '';
}
