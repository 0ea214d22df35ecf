import type { IConstruct } from 'constructs';
import type { Waiver } from './waiver';

const DECLARED = Symbol.for('cdk8s-hardened.waivers');

/** Says, at synth, which waivers a construct brings (bound to its objects by then). */
export type WaiverSource = () => readonly Waiver[];

/** Lets a construct bring waivers of its own. */
export function declareWaivers(construct: IConstruct, source: WaiverSource): void {
  Object.defineProperty(construct, DECLARED, { value: source });
}

/** Every waiver that constructs at or under `root` bring. */
export function declaredWaivers(root: IConstruct): Waiver[] {
  return root.node.findAll().flatMap((construct) => (construct as { [DECLARED]?: WaiverSource })[DECLARED]?.() ?? []);
}
