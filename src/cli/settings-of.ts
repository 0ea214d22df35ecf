import { PlatformSettings } from '../settings';
import type { KubernetesMinor } from '../settings';

/** What the command line says of the settings to judge by. */
export interface SettingsOptions {
  readonly blueprint?: string;
  readonly minor?: KubernetesMinor;
  readonly asOf?: string;
}

/** The settings of the blueprint, if one is given, with what is given beside it. */
export async function settingsOf({ blueprint, minor, asOf }: SettingsOptions): Promise<PlatformSettings> {
  const given = blueprint === undefined ? {} : (await import('../blueprint/index.js')).loadBlueprint(blueprint).settings;
  return PlatformSettings.from({ ...given, ...(minor && { minor }), ...(asOf && { asOf }) });
}
