import { enforcementProblems, RULES } from '../rules';
import { MANAGED_DISTRIBUTIONS } from '../settings';
import { Waiver } from '../waivers';
import { BLUEPRINT_SCHEMA } from './blueprint-schema';
import { apiServerContradictions } from './api-server-contradictions';
import { controlPlaneContradictions } from './control-plane-contradictions';
import type { Mistake } from './describe-issue';
import { firewallContradictions } from './firewall-contradictions';
import { KUBE_SYSTEM_REFUSED } from './kube-system-refused';
import { keysAt, listAt, textsAt, valueAt } from './plain-data';

/** What is well-formed and still cannot be: settings that exclude each other, or that would come to nothing. */
export function contradictions(document: unknown): Mistake[] {
  return [
    ...kubernetesNamespaces(document),
    ...kubeSystem(document),
    ...audit(document),
    ...apiServerContradictions(document),
    ...firewallContradictions(document),
    ...withoutEffect(document),
    ...enforcement(document),
    ...exemptTenants(document),
    ...controlPlaneContradictions(document),
    ...waivers(document),
  ];
}

function kubernetesNamespaces(document: unknown): Mistake[] {
  return listAt(document, ['tenants'])
    .flatMap(({ path }) => textsAt(document, [...path, 'namespaces']))
    .filter(({ value }) => value === 'default' || value.startsWith('kube-'))
    .map(({ value, path }) => ({ path, message: `'${value}' belongs to Kubernetes (control NET-02). Use another name.` }));
}

function kubeSystem(document: unknown): Mistake[] {
  const path = ['kubeSystem'];
  if (valueAt(document, path) === undefined) {
    return [];
  }
  const distribution = valueAt(document, ['cluster', 'distribution']);
  const refused = (KUBE_SYSTEM_REFUSED as Readonly<Record<string, string | undefined>>)[String(distribution)];
  const unreachable =
    'cluster DNS and metrics-server could not reach the API server (control NET-03). Add cluster.apiServer with its endpoints.';
  const remedy = 'Remove it; write policies for that namespace in TypeScript.';
  return [
    ...(valueAt(document, ['cluster', 'apiServer']) === undefined ? [{ path, message: unreachable }] : []),
    ...(refused === undefined ? [] : [{ path, message: `not on ${String(distribution)}: ${refused} (control NET-03). ${remedy}` }]),
  ];
}

/** Where the provider runs the API servers, no policy of ours gets to them. */
function audit(document: unknown): Mistake[] {
  const distribution = valueAt(document, ['cluster', 'distribution']);
  if (keysAt(document, ['audit']).length === 0 || !MANAGED_DISTRIBUTIONS.some((managed) => managed === distribution)) {
    return [];
  }
  const message =
    `on ${String(distribution)} the provider decides what is recorded, so that this would come to nothing (control LOG-01). ` +
    'Remove it, and switch the audit logs of the cluster on there.';
  return [{ path: ['audit'], message }];
}

/** A stack that is left out makes nothing of what is written for it. */
function withoutEffect(document: unknown): Mistake[] {
  const groups = ['access', 'groups'];
  const firstOf = (...paths: readonly string[]): string | undefined =>
    paths.find((path) => valueAt(document, path.split('.')) !== undefined);
  const access = firstOf('access.oidc', 'access.tokenJoin', 'access.authorization');
  const written: Readonly<Record<string, string | undefined>> = {
    access,
    admission: firstOf('admission'),
    audit: keysAt(document, ['audit']).length > 0 ? 'audit' : undefined,
    'control-plane': firstOf('cluster.endpoint', 'audit', 'encryption', 'admission') ?? access,
    encryption: firstOf('encryption'),
    firewall: firstOf('firewall'),
    enforcement: firstOf('enforcement'),
    nodes: keysAt(document, ['controlPlane']).length > 0 ? 'controlPlane' : undefined,
    personas: keysAt(document, groups).some((persona) => listAt(document, [...groups, persona]).length > 0) ? 'access.groups' : undefined,
    'system-namespaces': firstOf('kubeSystem'),
    tenants: listAt(document, ['tenants']).length > 0 ? 'tenants' : undefined,
  };
  return textsAt(document, ['without']).flatMap(({ value, path }) => {
    const setting = Object.hasOwn(written, value) ? written[value] : undefined;
    const message = `the stack '${value}' is left out, so that '${setting}' would come to nothing. Remove one of them.`;
    return setting === undefined ? [] : [{ path, message }];
  });
}

function enforcement(document: unknown): Mistake[] {
  const parsed = BLUEPRINT_SCHEMA.shape.enforcement.safeParse(valueAt(document, ['enforcement']));
  const problems = parsed.data ? enforcementProblems(parsed.data, RULES) : [];
  return problems.map(({ path, message }) => ({ path: ['enforcement', ...path], message }));
}

/** Who works for a tenant must not take away what keeps tenants apart. */
function exemptTenants(document: unknown): Mistake[] {
  const tenants = listAt(document, ['tenants']).flatMap(({ path }) =>
    keysAt(document, [...path, 'groups']).flatMap((persona) =>
      textsAt(document, [...path, 'groups', persona]).map(({ value }) => ({ group: value, persona })),
    ),
  );
  return textsAt(document, ['enforcement', 'exempt', 'groups']).flatMap(({ value, path }) => {
    const found = tenants.find(({ group }) => group === value);
    const message = `'${value}' is ${found?.persona} of a tenant, and could take away what isolates every tenant (control AUTH-06). Name a group of the platform.`;
    return found ? [{ path, message }] : [];
  });
}

/** What a waiver must be beside its shape: a control that there is and that may be waived, and one object. */
function waivers(document: unknown): Mistake[] {
  const parsed = BLUEPRINT_SCHEMA.shape.waivers.safeParse(valueAt(document, ['waivers']));
  return (parsed.data ?? []).flatMap((waiver, index) => {
    try {
      Waiver.from(waiver);
      return [];
    } catch (error) {
      return [{ path: ['waivers', index], message: (error as Error).message }];
    }
  });
}
