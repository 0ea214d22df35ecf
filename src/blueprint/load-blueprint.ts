import { MAX_YAML_BYTES, parseYaml, printable, readYaml } from '../manifest';
import type { YamlDocument } from '../manifest';
import { MANAGED_DISTRIBUTIONS } from '../settings';
import type { PlatformSettingsProps } from '../settings';
import { PRIORITY_CLASS } from '../stacks';
import type { HardenedBaselineProps } from '../stacks';
import { isOverridden, withOverrides } from './blueprint-overrides';
import type { BlueprintOverrides } from './blueprint-overrides';
import { BLUEPRINT_SCHEMA } from './blueprint-schema';
import type { BlueprintOutput } from './blueprint-schema';
import { contradictions } from './contradictions';
import { describeIssue } from './describe-issue';
import type { Mistake } from './describe-issue';
import { nodesProps } from './schema-control-plane';
import { notPlain } from './plain-data';
import { repeatedNames } from './repeated-names';

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
  /** What is no mistake, and may still not be what was meant. */
  readonly warnings: readonly string[];
}

/**
 * Reads and checks a blueprint.
 *
 * @param overrides values that take the place of those in the file
 * @throws with every mistake at once, each with file, line, column, path, control and what is allowed
 */
export function loadBlueprint(file = BLUEPRINT_FILE, overrides?: BlueprintOverrides): Blueprint {
  return blueprintOf(overridden(readYaml(file), overrides));
}

/**
 * Checks a blueprint that is at hand as text.
 *
 * @param file what errors call it
 * @throws with every mistake at once, as `loadBlueprint`
 */
export function parseBlueprint(text: string, file = BLUEPRINT_FILE): Blueprint {
  return blueprintOf(parseYaml(text, file));
}

function blueprintOf(document: YamlDocument): Blueprint {
  const { value, positionOf } = document;
  const result = BLUEPRINT_SCHEMA.safeParse(value);
  const hidden = notPlain(value);
  const ofShape = (result.error?.issues ?? []).flatMap((issue) => describeIssue(issue, value));
  const mistakes = [
    ...hidden.map((item): Mistake => ({ path: item.path, message: item.value })),
    ...ofShape.filter(({ path }) => !hidden.some((item) => samePlace(path, item.path))),
    ...repeatedNames(value, positionOf),
    ...contradictions(value),
  ];
  if (!result.success || mistakes.length > 0) {
    throw new Error(report(document, mistakes));
  }
  return toBlueprint(result.data);
}

function overridden(document: YamlDocument, overrides: BlueprintOverrides | undefined): YamlDocument {
  return overrides === undefined
    ? document
    : {
        ...document,
        value: withOverrides(document.value, overrides.value),
        positionOf: (path) => (isOverridden(overrides.value, path) ? overrides.source : document.positionOf(path)),
      };
}

/** Every mistake on a line of its own, in the order of the file. */
function report({ file, positionOf }: YamlDocument, mistakes: readonly Mistake[]): string {
  const lines = mistakes
    .map(({ path, message }) => ({
      position: positionOf(path),
      text: printable(`${path.map(String).join('.') || 'the file'}: ${message}`),
    }))
    .sort((a, b) => offset(a.position) - offset(b.position))
    .map(({ position, text }) => `✗ ${position} ${text}`);
  return `${lines.join('\n')}\n${mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`} in ${file}. Nothing was written.`;
}

/** `file:line:column` as a number that grows through the file; a line has fewer characters than the largest file. Overrides come first. */
function offset(position: string): number {
  const [line = 0, column = 0] = position.split(':').slice(-2).map(Number);
  return line * MAX_YAML_BYTES + column || 0;
}

function samePlace(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

function toBlueprint(blueprint: BlueprintOutput): Blueprint {
  const {
    cluster,
    images,
    access,
    admission,
    audit,
    controlPlane,
    encryption,
    enforcement,
    firewall,
    kubeSystem,
    tenants,
    without,
    waivers,
  } = blueprint;
  const { apiServer, nodes, dns, ingress, monitoring, endpoint, hosts, network } = cluster;
  const { name, distribution } = cluster;
  const { groups, oidc, ...restOfAccess } = access;
  const missing = MANAGED_DISTRIBUTIONS.some((managed) => managed === distribution) ? [] : missingForHosts({ endpoint, hosts, network });
  return {
    cluster: name,
    settings: {
      minor: cluster.kubernetes,
      distribution,
      apiServer,
      nodes,
      dns: Object.fromEntries(Object.entries(dns).filter(([, value]) => value !== undefined)),
      ingress,
      monitoring,
      registries: images?.registries,
      priorityClassName: without.includes('priority') ? undefined : PRIORITY_CLASS,
      enforcement,
      waivers,
    },
    baseline: {
      access: { ...restOfAccess, oidc: oidc && [oidc].flat() },
      admission,
      audit,
      controlPlane: missing.length > 0 ? undefined : { name, endpoint, hosts, network },
      encryption,
      nodes: nodesProps(controlPlane),
      tenants,
      groups,
      kubeSystem,
      firewall: firewall && hosts && network && { ...firewall, cluster: { name, distribution, hosts, network } },
      without,
    },
    warnings: missing.length > 0 && !without.includes('control-plane') ? [noFiles(missing)] : [],
  };
}

function missingForHosts(needed: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(needed).filter((key) => needed[key] === undefined);
}

/** Audit, encryption and the rest have defaults: without files for hosts, nobody would know that they came to nothing. */
function noFiles(missing: readonly string[]): string {
  const keys = missing.map((key) => `cluster.${key}`).join(', ');
  return `no files for hosts are made, so that nothing is set of API server, kubelets and hosts. Add ${keys} to the blueprint, or 'control-plane' to without.`;
}
