import { readYaml } from '../manifest';
import type { YamlDocument } from '../manifest';
import type { PlatformSettingsProps } from '../settings';
import type { HardenedBaselineProps } from '../stacks';
import { BLUEPRINT_SCHEMA } from './blueprint-schema';
import type { BlueprintOutput } from './blueprint-schema';
import { describeIssue } from './describe-issue';
import type { Mistake } from './describe-issue';

/** Name of the settings file. */
export const BLUEPRINT_FILE = 'blueprint.yaml';

/** What a blueprint comes to. */
export interface Blueprint {
  /** Name of the cluster. */
  readonly cluster: string;
  /** For `HardenedApp`. */
  readonly settings: PlatformSettingsProps;
  /** For `HardenedBaseline`. */
  readonly baseline: HardenedBaselineProps;
}

/**
 * Reads and checks a blueprint.
 *
 * @throws with every mistake at once, each with file, line, column, path, control and what is allowed
 */
export function loadBlueprint(file = BLUEPRINT_FILE): Blueprint {
  const document = readYaml(file);
  const result = BLUEPRINT_SCHEMA.safeParse(document.value);
  const mistakes = result.success ? duplicates(result.data) : result.error.issues.flatMap((issue) => describeIssue(issue, document.value));
  if (!result.success || mistakes.length > 0) {
    throw new Error(report(document, mistakes));
  }
  return toBlueprint(result.data);
}

function report(document: YamlDocument, mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(({ path, message }) => `✗ ${document.positionOf(path)} ${path.map(String).join('.') || 'the file'}: ${message}`);
  return `${lines.join('\n')}\n${mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`} in ${document.file}. Nothing was written.`;
}

/** What is well-formed and still cannot be: one name for two things. */
function duplicates({ tenants, access }: BlueprintOutput): Mistake[] {
  const namespaces = tenants.flatMap((tenant, index) => tenant.namespaces.map((name, at) => ({ name, path: ['tenants', index, 'namespaces', at] })));
  const groups = Object.entries(access.groups).flatMap(([persona, members]) => (members ?? []).map((name, at) => ({ name, path: ['access', 'groups', persona, at] })));
  return [
    ...repeated(tenants.map(({ name }, index) => ({ name, path: ['tenants', index, 'name'] })), 'is the name of another tenant already (control NET-02)'),
    ...repeated(namespaces, 'is a namespace of another tenant already (control NET-02)'),
    ...repeated(groups, 'has another persona already: their rights would add up (control AUTH-06)'),
    ...namespaces
      .filter(({ name }) => name === 'default' || name.startsWith('kube-'))
      .map(({ name, path }) => ({ path, message: `'${name}' belongs to Kubernetes (control NET-02). Use another name.` })),
  ];
}

function repeated(items: readonly { readonly name: string; readonly path: readonly PropertyKey[] }[], problem: string): Mistake[] {
  const seen = new Set<string>();
  return items.flatMap(({ name, path }) => {
    const again = seen.has(name);
    seen.add(name);
    return again ? [{ path, message: `'${name}' ${problem}. Use another name.` }] : [];
  });
}

function toBlueprint({ cluster, images, access, tenants, kubeSystem, without, waivers }: BlueprintOutput): Blueprint {
  const { apiServer, nodes, dns, ingress, monitoring } = cluster;
  return {
    cluster: cluster.name,
    settings: {
      minor: cluster.kubernetes,
      apiServer,
      nodes,
      dns: Object.fromEntries(Object.entries(dns).filter(([, value]) => value !== undefined)),
      ingress,
      monitoring,
      registries: images?.registries,
      waivers,
    },
    baseline: { tenants, groups: access.groups, kubeSystem, without },
  };
}
