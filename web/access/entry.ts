import type { AccessEntryFieldsFragment, ReportAccessMutation } from '../generated/operations.ts';

/** One reading of the history, as it is asked for. */
export type AccessEntry = AccessEntryFieldsFragment;

/** What the server said to a report of an entry. */
export type AccessReport = NonNullable<ReportAccessMutation['reportAccess']>;

/** What tells an entry from every other: its log and its place there. */
export function entryKey({ origin, index }: Pick<AccessEntry, 'origin' | 'index'>): string {
  return `${origin} ${index}`;
}
