/** The seccomp profiles that this project places on nodes, as pods name them: relative to the kubelet's seccomp folder. */
export const SECCOMP_LOCALHOST_PROFILES = {
  /** Lets everything through, and logs what `deny` refuses. */
  audit: 'profiles/hardened-audit.json',
  /** Refuses what is not on its list. */
  deny: 'profiles/hardened-deny.json',
} as const;
export type SeccompLocalhostProfile = keyof typeof SECCOMP_LOCALHOST_PROFILES;

/** The AppArmor profile that this project loads on nodes. */
export const APP_ARMOR_LOCALHOST_PROFILE = 'hardened-container';
