import type { PlatformSettings } from '../../settings';

/** Profiles that confine containers, on the nodes. The seccomp profiles are always there: `seccompProfile`. */
export interface ConfinementSection {
  /** Whether the nodes run AppArmor, so that its profile is loaded too. */
  readonly appArmor: boolean;
}

/** The section, from what the settings know of the nodes. */
export function confinementSection(settings: PlatformSettings): ConfinementSection {
  return { appArmor: settings.nodes.lsm === 'apparmor' };
}
