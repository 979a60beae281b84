/**
 * What a change of the contract means for those who hold on to it. `breaking`: somebody's request that was answered is
 * refused, or is answered otherwise than they could expect. `dangerous`: everything still runs, and somebody may be
 * surprised. `safe`: nobody notices who does not look.
 */
export type Severity = 'breaking' | 'dangerous' | 'safe';

/** One change of the contract. */
export interface Change {
  readonly severity: Severity;
  /** What it is about: `Type.field`, `Type`, `@directive`. */
  readonly at: string;
  /** A sentence. */
  readonly text: string;
}
