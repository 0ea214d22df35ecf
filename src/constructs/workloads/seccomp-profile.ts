import { SECCOMP_LOCALHOST_PROFILES } from '../../settings';

/** Which system calls a pod or a container may make (POD-16). */
export class SeccompProfile {
  /** What the container runtime allows by default. The default. */
  public static readonly RUNTIME_DEFAULT = new SeccompProfile({ type: 'RuntimeDefault' });
  /** Logs what `DENY` would refuse, and refuses nothing (LOG-07). `ConfinementProfiles` places it on the nodes. */
  public static readonly AUDIT = SeccompProfile.localhost(SECCOMP_LOCALHOST_PROFILES.audit);
  /** Stricter than the default of the runtime. `ConfinementProfiles` places it on the nodes. */
  public static readonly DENY = SeccompProfile.localhost(SECCOMP_LOCALHOST_PROFILES.deny);

  /**
   * A profile that you place on every node.
   *
   * @param path relative to the kubelet's seccomp folder, such as `profiles/web.json`
   * @throws if the path leads out of that folder
   */
  public static localhost(path: string): SeccompProfile {
    const inside = path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
    if (!inside) {
      throw new Error(
        `'${path}' is not the path of a seccomp profile (control POD-16). Give it relative to the seccomp folder of the kubelet, such as profiles/web.json.`,
      );
    }
    return new SeccompProfile({ type: 'Localhost', localhostProfile: path });
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
