/** What a change does to the posture. `neutral`: it adds something of its own, or cannot be said to be either. */
export const TENDENCIES = ['looser', 'stricter', 'neutral'] as const;
export type Tendency = (typeof TENDENCIES)[number];

/** What a change is about. */
export const CHANGE_SUBJECTS = ['finding', 'waiver', 'flow', 'permission', 'object', 'node file'] as const;
export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];

/** One difference between two postures. */
export interface PostureChange {
  readonly subject: ChangeSubject;
  readonly tendency: Tendency;
  /** Control that it is about. @default - none by itself */
  readonly control?: string;
  /** What is other than before, in a line. */
  readonly what: string;
}
