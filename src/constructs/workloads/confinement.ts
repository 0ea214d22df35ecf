import type { AppArmorProfile } from './app-armor-profile';
import type { SeccompProfile } from './seccomp-profile';

/** How a pod or a container is confined, beside what the hardened shape sets. */
export interface ConfinementProps {
  /**
   * System calls that it may make.
   *
   * @default - `SeccompProfile.RUNTIME_DEFAULT` for a pod; that of its pod for a container
   */
  readonly seccomp?: SeccompProfile;
  /**
   * What AppArmor lets it do.
   *
   * @default - `AppArmorProfile.RUNTIME_DEFAULT` for a pod where the settings say that the nodes run AppArmor; that of its pod for a container
   */
  readonly appArmor?: AppArmorProfile;
}

/** The fields of a `securityContext` that cdk8s-plus-27 does not know. */
export function confinementFields({ seccomp, appArmor }: ConfinementProps): Record<string, object> {
  return {
    ...(seccomp ? { seccompProfile: seccomp._render() } : {}),
    ...(appArmor ? { appArmorProfile: appArmor._render() } : {}),
  };
}
