import { PolicyPack } from '@pulumi/policy';
import { loadBlueprint } from '../../blueprint';
import { PlatformSettings } from '../../settings';
import { hardenedPolicies } from './policies';

/** Props of `hardenedPolicyPack`. */
export interface HardenedPolicyPackProps {
  /**
   * Blueprint whose settings, waivers and levels of enforcement hold.
   *
   * @default - portable settings, no waivers, every rule mandatory
   */
  readonly blueprint?: string;
}

/**
 * Serves the rules to `pulumi up --policy-pack`: the whole program of a pack. It does not come back; Pulumi ends it.
 *
 * @throws with every mistake in the blueprint
 */
export function hardenedPolicyPack({ blueprint }: HardenedPolicyPackProps = {}): PolicyPack {
  const settings = PlatformSettings.from(blueprint === undefined ? {} : loadBlueprint(blueprint).settings);
  return new PolicyPack('cdk8s-hardened', {
    description: 'The NSA/CISA Kubernetes Hardening Guidance, for every object of Kubernetes in a stack',
    policies: hardenedPolicies(settings),
  });
}
