import type { KubeObject } from '../../../src/manifest';
import type { EnforcementSettings, PlatformSettingsProps } from '../../../src/settings';

/** Objects on which a rule holds. */
export interface PassingCase {
  readonly what: string;
  readonly objects: readonly KubeObject[];
  readonly settings?: PlatformSettingsProps;
}

/** Objects in which a rule finds something. */
export interface FailingCase extends PassingCase {
  /** `Kind namespace/name: what was found`, for each finding. */
  readonly found: readonly string[];
}

/** What a rule that sees all objects means. */
export interface RuleCases {
  readonly rule: string;
  readonly pass: readonly PassingCase[];
  readonly fail: readonly FailingCase[];
}

/** Enforcement that is switched on. */
export const ENFORCED: EnforcementSettings = { exempt: { groups: ['platform'], users: ['system:serviceaccount:ops:deployer'] } };
