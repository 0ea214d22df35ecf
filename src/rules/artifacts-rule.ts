import type { ControlId } from '../controls';
import { originOf } from '../manifest';
import type { Manifest } from '../manifest';
import { Inventory } from './inventory';
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
  /** Every problem in what there is. Pure, and linear: it looks things up in the inventory. */
  readonly problems: (inventory: Inventory, input: RuleInput) => readonly Problem[];
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
      problems(Inventory.of(input.artifacts), input).map(({ manifest, found, container }) => ({
        rule: id,
        controls,
        target: { object: manifest.object, ...(container === undefined ? {} : { container }) },
        message: `${message} (${found})`,
        remedy,
        origin: originOf(manifest, container),
      })),
  };
}
