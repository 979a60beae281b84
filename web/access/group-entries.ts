import { legalDay } from '../format/dates.ts';
import type { AccessEntry } from './entry.ts';

/**
 * Readings that are one thing to a person: one after the other by the same reader for the same reason, with the same
 * end, no pause longer than five minutes. To look at a profile is to read it part by part.
 */
export interface Sitting {
  /** The newest first; there is at least one. */
  readonly entries: readonly [AccessEntry, ...AccessEntry[]];
}

/** The sittings of a day (`YYYY-MM-DD`, Viet Nam), the newest first. */
export interface AccessDay {
  readonly day: string;
  readonly sittings: readonly [Sitting, ...Sitting[]];
}

const longestPauseMs = 5 * 60_000;

/** The newest first, as they came, by days and sittings. Nothing is left out and nothing changes its place. */
export function groupEntries(entries: readonly AccessEntry[]): readonly AccessDay[] {
  const days: { day: string; sittings: [MutableSitting, ...MutableSitting[]] }[] = [];
  for (const entry of entries) {
    const day = legalDay(new Date(entry.time));
    const last = days.at(-1);
    if (last?.day !== day) {
      days.push({ day, sittings: [{ entries: [entry] }] });
      continue;
    }
    const sitting = last.sittings.at(-1);
    if (sitting !== undefined && continues(sitting, entry)) sitting.entries.push(entry);
    else last.sittings.push({ entries: [entry] });
  }
  return days;
}

interface MutableSitting {
  readonly entries: [AccessEntry, ...AccessEntry[]];
}

function continues({ entries }: MutableSitting, next: AccessEntry): boolean {
  const last = entries.at(-1) ?? entries[0];
  const pause = Math.abs(Date.parse(last.time) - Date.parse(next.time));
  return pause <= longestPauseMs && sameness(last) === sameness(next);
}

/** All that is said once of a sitting. */
function sameness({
  event,
  actor,
  mine,
  purpose,
  legalBasis,
  consentId,
  outcome,
  refusal,
}: AccessEntry): string {
  return JSON.stringify([
    event,
    actor.kind,
    actor.name,
    mine,
    purpose,
    legalBasis,
    consentId,
    outcome,
    refusal,
  ]);
}
