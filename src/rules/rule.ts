import type { ControlId } from '../controls';
import type { Artifacts } from '../manifest';
import type { PlatformSettings } from '../settings';
import type { Waiver } from '../waivers';
import type { Finding } from './finding';

/** What a rule may look at. */
export interface RuleInput {
  readonly artifacts: Artifacts;
  readonly settings: PlatformSettings;
  /** Every waiver that is meant to hold, expired ones too; for rules about what waivers let through. */
  readonly waivers: readonly Waiver[];
}

/**
 * A machine check that serves one or more controls. `celRule()` makes one from an expression about a single object,
 * which the API server can enforce too; a rule about the whole set of manifests is written in TypeScript.
 */
export interface Rule {
  /** Kebab-case id, equal to the name of its file. */
  readonly id: string;
  /** What is wrong when it fails, without subject: `runs privileged`. */
  readonly message: string;
  /** Controls served, the main one first. */
  readonly controls: readonly ControlId[];
  /** How to mend a finding, in terms of this project's API. */
  readonly remedy: string;
  /** Whether it looks at one object at a time, needs to see all of them, or is about files for hosts. */
  readonly scope: 'object' | 'artifacts' | 'node-files';
  /** Every target that fails. Pure; never throws for what a manifest holds: an evaluation error is a finding. */
  check(input: RuleInput): readonly Finding[];
}
