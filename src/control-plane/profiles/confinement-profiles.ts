import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { PlatformSettings, SECCOMP_LOCALHOST_PROFILES } from '../../settings';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { APP_ARMOR_PROFILE_FILE } from './app-armor-profile';
import { SECCOMP_FOLDER } from './confinement-host-parts';
import { confinementSection } from './confinement-section';

/**
 * Seccomp and AppArmor profiles on every node, which workloads name with `SeccompProfile` and `AppArmorProfile`. AppArmor
 * where the settings say that nodes run it.
 */
export class ConfinementProfiles extends Construct implements IControlPlanePart {
  /** The controls it answers, and the files that it makes for them. */
  public static readonly generates: GeneratedFields = {
    'POD-16': [{ kind: 'NodeFile', field: 'path', value: `${SECCOMP_FOLDER}/${SECCOMP_LOCALHOST_PROFILES.deny}` }],
    'POD-17': [{ kind: 'NodeFile', field: 'path', value: APP_ARMOR_PROFILE_FILE }],
    'LOG-07': [{ kind: 'NodeFile', field: 'path', value: `${SECCOMP_FOLDER}/${SECCOMP_LOCALHOST_PROFILES.audit}` }],
  };

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { confinement: confinementSection(PlatformSettings.of(this)) };
  }
}
