import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assess } from '../assessment';
import type { Assessment } from '../assessment';
import { objectProblem } from '../manifest';
import type { KubeObject, Manifest } from '../manifest';
import { RULES } from '../rules';
import { PlatformSettings } from '../settings';
import type { PlatformSettingsProps, WaiverProps } from '../settings';
import { render } from '../synth';
import { declaredWaivers, Waiver } from '../waivers';

/** Options of `toBeHardened`. */
export interface ToBeHardenedOptions {
  /**
   * What it is judged by; what is not given is taken from its app.
   *
   * @default - the settings of its app, or portable ones
   */
  readonly settings?: PlatformSettingsProps;
  /**
   * Findings that are accepted, beside what its app and its constructs accept.
   *
   * @default - none
   */
  readonly waivers?: readonly WaiverProps[];
}

/** One object cannot answer what needs to see all of them. */
const OBJECT_RULES = RULES.filter((rule) => rule.scope === 'object');

/**
 * Judges what a test has in hand: an app, a chart or another construct with all that is in it, one object, or a list of
 * manifests.
 *
 * @throws if it is something else, or if it does not synthesise
 */
export function assessReceived(received: unknown, { settings, waivers = [] }: ToBeHardenedOptions = {}): Assessment {
  const scope = Construct.isConstruct(received) ? received : undefined;
  const manifests = scope ? render(scope) : listed(received);
  return assess({ manifests, nodeFiles: [] }, PlatformSettings.from({ ...(scope && PlatformSettings.of(scope)), ...settings }), {
    rules: scope && ApiObject.isApiObject(scope) ? OBJECT_RULES : RULES,
    waivers: [...(scope ? declaredWaivers(scope) : []), ...waivers.map((waiver) => Waiver.from(waiver))],
    complete: scope !== undefined && scope === scope.node.root,
  });
}

function listed(received: unknown): Manifest[] {
  if (!Array.isArray(received)) {
    throw new Error('toBeHardened takes an App, a Chart, an ApiObject or another construct, or a list of manifests.');
  }
  return received.map((object: unknown, index) => {
    const problem = objectProblem(object);
    if (problem !== undefined) {
      throw new Error(`toBeHardened takes a list of manifests, but item ${index} is none: ${problem}.`);
    }
    return { object: object as KubeObject, origin: {} };
  });
}
