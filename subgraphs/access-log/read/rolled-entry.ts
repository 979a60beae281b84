import type { CountedEntry } from './tally-entries.ts';

/** An entry as the roll-ups read it. */
export interface RolledEntry extends Omit<CountedEntry, 'newInDay' | 'newInNight'> {
  readonly index: number;
  readonly requestId: string;
  /** Persons whom a counted actor read; empty for all others. */
  readonly subjects: readonly string[];
}
