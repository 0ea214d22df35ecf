import type { ControlId } from './controls';

/** A field that a construct sets, as the answer to a control. A test finds each of them in what the construct renders. */
export interface GeneratedField {
  /** Kind of the object; `Pod` stands for the pod template of whatever runs pods. */
  readonly kind: string;
  /**
   * Path of the field: `spec.hostUsers`; a name with dots in brackets: `metadata.labels[example.com/x]`; every element of
   * a list: `spec.containers[].image`; some element of it: `spec.volumes[?].secret`.
   */
  readonly field: string;
  /** @default - any value */
  readonly value?: string | number | boolean | readonly string[];
}

/**
 * What a construct or stack answers, and by which fields: its own declaration, as `public static readonly generates`.
 * The catalogue is made from these.
 */
export type GeneratedFields = Readonly<Partial<Record<ControlId, readonly GeneratedField[]>>>;
