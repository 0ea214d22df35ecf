import type { Waiver } from './waiver';

/** What a waiver may accept: the names of one object or node file, and the part of it. */
export interface WaivablePart {
  /** Every target that names it. */
  readonly targets: readonly string[];
  /** Container of an object, field of a node file. @default - the whole */
  readonly part?: string;
}

/** Waivers by what they accept. */
export class WaiverIndex {
  private readonly byAccepted = new Map<string, { readonly waiver: Waiver; readonly place: number }>();

  public constructor(waivers: readonly Waiver[]) {
    waivers.forEach((waiver, place) => {
      const key = keyOf(waiver.control, waiver.target, waiver.container ?? waiver.field);
      if (!this.byAccepted.has(key)) {
        this.byAccepted.set(key, { waiver, place });
      }
    });
  }

  /** The first waiver that accepts that one of the controls is not met there. */
  public find(controls: readonly string[], { targets, part }: WaivablePart): Waiver | undefined {
    const accepting = controls.flatMap((control) => targets.flatMap((target) => this.byAccepted.get(keyOf(control, target, part)) ?? []));
    return accepting.sort((a, b) => a.place - b.place)[0]?.waiver;
  }
}

function keyOf(control: string, target: string, part: string | undefined): string {
  return JSON.stringify([control, target, part ?? null]);
}
