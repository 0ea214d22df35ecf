import type { LabelRequirement, Labels, LabelSelector } from './label-selector';

/** Something with labels. */
export interface Labelled {
  readonly labels: Labels;
}

/** Things by their labels, so that a selector looks only at those that have one of its labels. */
export class LabelIndex<T extends Labelled> {
  private readonly byKey = new Map<string, Map<string, T[]>>();

  public constructor(private readonly items: readonly T[]) {
    for (const item of items) {
      for (const [key, value] of item.labels) {
        const byValue = this.byKey.get(key) ?? new Map<string, T[]>();
        this.byKey.set(key, byValue);
        const same = byValue.get(value) ?? [];
        byValue.set(value, same);
        same.push(item);
      }
    }
  }

  /** Everything that the selector selects. */
  public select(selector: LabelSelector): T[] {
    return this.candidates(selector).flatMap((items) => items.filter(({ labels }) => selector.matches(labels)));
  }

  /** Whether the selector selects something. */
  public some(selector: LabelSelector): boolean {
    return this.candidates(selector).some((items) => items.some(({ labels }) => selector.matches(labels)));
  }

  /** What meets the rarest of the requirements that ask for a label. */
  private candidates({ requirements }: LabelSelector): readonly (readonly T[])[] {
    const lists = requirements.filter(({ operator }) => operator === 'In' || operator === 'Exists').map((one) => this.meeting(one));
    return lists.reduce<readonly (readonly T[])[]>((rarest, list) => (count(list) < count(rarest) ? list : rarest), [this.items]);
  }

  private meeting({ key, operator, values = [] }: LabelRequirement): readonly (readonly T[])[] {
    const byValue = this.byKey.get(key) ?? new Map<string, T[]>();
    return operator === 'Exists' ? [...byValue.values()] : [...new Set(values)].map((value) => byValue.get(value) ?? []);
  }
}

function count(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}
