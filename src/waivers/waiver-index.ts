import type { KubeObject } from '../manifest';
import type { Waiver } from './waiver';
import { waiverTargets } from './waiver-key';

/** Waivers by what they accept. */
export class WaiverIndex {
  private readonly byAccepted = new Map<string, { readonly waiver: Waiver; readonly place: number }>();

  public constructor(waivers: readonly Waiver[]) {
    waivers.forEach((waiver, place) => {
      const key = keyOf(waiver.control, waiver.target, waiver.container);
      if (!this.byAccepted.has(key)) {
        this.byAccepted.set(key, { waiver, place });
      }
    });
  }

  /** The first waiver that accepts that one of the controls is not met, for this object and container. */
  public find(controls: readonly string[], object: KubeObject, container: string | undefined): Waiver | undefined {
    const accepting = controls.flatMap((control) =>
      waiverTargets(object).flatMap((target) => this.byAccepted.get(keyOf(control, target, container)) ?? []),
    );
    return accepting.sort((a, b) => a.place - b.place)[0]?.waiver;
  }
}

function keyOf(control: string, target: string, container: string | undefined): string {
  return JSON.stringify([control, target, container ?? null]);
}
