import type { ControlId } from '../controls';
import type { KubeObject, Manifest } from '../manifest';
import type { Rule, RuleInput } from './rule';

/** What is wrong with one manifest. */
export interface Problem {
  readonly manifest: Manifest;
  /** What was found, added to the rule's message. */
  readonly found: string;
  /** @default - the object as a whole */
  readonly container?: string;
}

/** What `artifactsRule` is told. */
export interface ArtifactsRuleProps {
  readonly id: string;
  /** Controls served, the main one first. */
  readonly controls: readonly ControlId[];
  readonly message: string;
  readonly remedy: string;
  /** Every problem in the manifests. Pure. */
  readonly problems: (input: RuleInput) => readonly Problem[];
}

/** Makes a rule that needs to see all manifests at once, so that only TypeScript can say it. */
export function artifactsRule({ id, controls, message, remedy, problems }: ArtifactsRuleProps): Rule {
  return {
    id,
    controls,
    message,
    remedy,
    scope: 'artifacts',
    check: (input) =>
      problems(input).map(({ manifest, found, container }) => ({
        rule: id,
        controls,
        target: { object: manifest.object, ...(container === undefined ? {} : { container }) },
        message: `${message} (${found})`,
        remedy,
        origin: manifest.origin,
      })),
  };
}

/** The manifests by namespace; what has none, or is cluster-scoped, under the empty name. */
export function byNamespace(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const namespace = manifest.object.metadata.namespace ?? '';
    const group = groups.get(namespace) ?? [];
    group.push(manifest);
    groups.set(namespace, group);
  }
  return groups;
}

/** Whether a label selector of the `matchLabels` form selects these labels; one with expressions is taken to. */
export function selects(selector: Record<string, string> | undefined, labels: Record<string, string>): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
}

/** Labels of the pods that an object makes. */
export function podLabelsOf(template: Record<string, unknown> | undefined, object: KubeObject): Record<string, string> {
  const metadata = (object.kind === 'Pod' ? object.metadata : template?.['metadata']) as { labels?: Record<string, string> } | undefined;
  return metadata?.labels ?? {};
}
