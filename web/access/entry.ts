import type { AccessEntryFieldsFragment } from '../generated/operations.ts';

/** One reading of the history, as it is asked for. */
export type AccessEntry = AccessEntryFieldsFragment;

/** What tells an entry from every other: its log and its place there. */
export function entryKey({ origin, index }: Pick<AccessEntry, 'origin' | 'index'>): string {
  return `${origin} ${index}`;
}
