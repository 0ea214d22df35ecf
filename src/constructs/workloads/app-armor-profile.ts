import { APP_ARMOR_LOCALHOST_PROFILE } from '../../settings';

/**
 * What AppArmor lets a pod or a container do (POD-17). A kubelet on a node without AppArmor refuses a pod that names a
 * profile: where the settings do not say that the nodes run it, none is written by itself.
 */
export class AppArmorProfile {
  /** The profile of the container runtime. The default where the settings say that the nodes run AppArmor. */
  public static readonly RUNTIME_DEFAULT = new AppArmorProfile({ type: 'RuntimeDefault' });
  /** Stricter than that of the runtime. `ConfinementProfiles` loads it on the nodes. */
  public static readonly HARDENED = AppArmorProfile.localhost(APP_ARMOR_LOCALHOST_PROFILE);

  /** A profile that you load on every node, by its name. @throws if the name is blank */
  public static localhost(name: string): AppArmorProfile {
    if (name.trim() !== name || name === '') {
      throw new Error(`'${name}' is not the name of an AppArmor profile (control POD-17). Give the name that it is loaded by.`);
    }
    return new AppArmorProfile({ type: 'Localhost', localhostProfile: name });
  }

  private constructor(private readonly field: Readonly<Record<string, string>>) {}

  /**
   * The profile as Kubernetes has it.
   *
   * @internal
   */
  public _render(): Record<string, string> {
    return { ...this.field };
  }
}
