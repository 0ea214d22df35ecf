import type { IConstruct } from 'constructs';
import { POD_TEMPLATE_PATHS, podTemplateOf } from '../manifest';
import type { KubeObject } from '../manifest';
import { PlatformSettings } from '../settings';
import { HARDENED_POD_FIELDS, hardenPodTemplate } from './harden-pod-spec';
import { onSynth } from './on-synth';

const POD_HARDENING = Symbol.for('cdk8s-hardened.pod-hardening');

/** Gives pods that were not made here (raw `ApiObject`, `Include`, Helm output, plain cdk8s-plus) the hardened shape. */
export class PodHardening {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates = HARDENED_POD_FIELDS;

  /**
   * Hardens every pod in the scope at synth, those added after this call too. What is written there is kept: what is
   * unsafe, or cannot be decided here (an image without digest, missing probes), is a finding.
   */
  public static onSynth(scope: IConstruct): void {
    onSynth(scope, POD_HARDENING, (manifest, construct) => hardenObject(manifest, PlatformSettings.of(construct)));
  }

  private constructor() {}
}

/** The object with its pod template hardened; an object that makes no pods as it is. Pure; twice changes nothing. */
export function hardenObject(object: KubeObject, settings: PlatformSettings): KubeObject {
  const template = podTemplateOf(object);
  return template ? withTemplate(object, hardenPodTemplate(template, settings)) : object;
}

/** The object with another pod template in the place where its kind has it. Pure. */
export function withTemplate(object: KubeObject, template: object): KubeObject {
  const replace = (value: Record<string, unknown>, [field, ...rest]: readonly string[]): Record<string, unknown> =>
    field === undefined ? { ...value, ...template } : { ...value, [field]: replace(value[field] as Record<string, unknown>, rest) };
  return replace(object, POD_TEMPLATE_PATHS[object.kind] ?? []) as unknown as KubeObject;
}
