import { claimName, isReading, isWithoutConsent, privateKinds } from './facets.ts';
import type { Facet } from './facets.ts';
import { isNight, legalDay, legalHour, nightOf } from './legal-hours.ts';

/** An entry as far as it is counted. */
export interface CountedEntry {
  readonly at: Date;
  readonly facet: Facet;
  readonly actor: string;
  readonly hasCase: boolean;
  /** Of its persons: whom this actor had not read before on that day. */
  readonly newInDay: number;
  /** Of its persons: whom this actor had not read before in that night. */
  readonly newInNight: number;
}

/** What is counted of all entries, by day. */
export type Dimension = 'all' | 'hour' | 'kind' | 'claim' | 'outcome' | 'delayed';

/** A count to be added. */
export interface CountRow {
  readonly day: string;
  readonly dimension: Dimension;
  readonly label: string;
  count: number;
}

/** What an actor did in a day, to be added. */
export interface ActorDay {
  readonly day: string;
  readonly kind: string;
  readonly actor: string;
  reads: number;
  people: number;
  withoutConsent: number;
  withoutCase: number;
  atNight: number;
  refused: number;
  readonly hours: number[];
}

/** Whom an actor read in a night, to be added. */
export interface ActorNight {
  readonly night: string;
  readonly kind: string;
  readonly actor: string;
  people: number;
}

/** All that a number of entries adds to the roll-ups. */
export interface Tally {
  readonly counts: readonly CountRow[];
  readonly actorDays: readonly ActorDay[];
  readonly actorNights: readonly ActorNight[];
}

/** Whether an actor is counted by itself: organisations, offices, staff and systems; private persons never. */
export function isCountedActor({ actorKind }: Facet): boolean {
  return !privateKinds.has(actorKind);
}

/**
 * Counts entries. What completes an intent is not counted again: the intent moves from released to undelivered, see
 * {@link moveUndelivered}.
 */
export function tallyEntries(entries: readonly CountedEntry[]): Tally {
  const counts = new Map<string, CountRow>();
  const days = new Map<string, ActorDay>();
  const nights = new Map<string, ActorNight>();
  for (const entry of entries) {
    if (entry.facet.event === 'aborted') continue;
    for (const [dimension, label] of labelsOf(entry))
      addCount(counts, legalDay(entry.at), dimension, label, 1);
    if (!isCountedActor(entry.facet)) continue;
    addActorDay(days, entry);
    if (entry.newInNight > 0) addActorNight(nights, entry);
  }
  return {
    counts: [...counts.values()],
    actorDays: [...days.values()],
    actorNights: [...nights.values()],
  };
}

/** What changes where intents of a time turn out to be undelivered. */
export function moveUndelivered(intents: readonly Date[]): readonly CountRow[] {
  const counts = new Map<string, CountRow>();
  for (const at of intents) {
    addCount(counts, legalDay(at), 'outcome', 'released', -1);
    addCount(counts, legalDay(at), 'outcome', 'undelivered', 1);
  }
  return [...counts.values()];
}

function labelsOf({ at, facet }: CountedEntry): readonly (readonly [Dimension, string])[] {
  return [
    ['all', ''],
    ['hour', String(legalHour(at))],
    ['kind', facet.actorKind],
    ['outcome', facet.outcome],
    ...[...new Set(facet.claims.map(claimName))].map((claim) => ['claim', claim] as const),
    ...(facet.delayedDisclosure ? [['delayed', ''] as const] : []),
  ];
}

function addCount(
  counts: Map<string, CountRow>,
  day: string,
  dimension: Dimension,
  label: string,
  count: number,
): void {
  const key = `${day} ${dimension} ${label}`;
  const row = counts.get(key);
  if (row === undefined) counts.set(key, { day, dimension, label, count });
  else row.count += count;
}

function addActorDay(days: Map<string, ActorDay>, entry: CountedEntry): void {
  const { at, facet, actor } = entry;
  const key = `${legalDay(at)} ${facet.actorKind} ${actor}`;
  const row = days.get(key) ?? {
    day: legalDay(at),
    kind: facet.actorKind,
    actor,
    ...{ reads: 0, people: 0, withoutConsent: 0, withoutCase: 0, atNight: 0, refused: 0 },
    hours: Array.from({ length: 24 }, () => 0),
  };
  days.set(key, row);
  if (facet.outcome === 'refused') row.refused += 1;
  if (!isReading(facet)) return;
  row.reads += 1;
  row.people += entry.newInDay;
  if (isWithoutConsent(facet)) row.withoutConsent += 1;
  if (isWithoutConsent(facet) && !entry.hasCase) row.withoutCase += 1;
  if (isNight(at)) row.atNight += 1;
  const hour = legalHour(at);
  row.hours[hour] = (row.hours[hour] ?? 0) + 1;
}

function addActorNight(
  nights: Map<string, ActorNight>,
  { at, facet, actor, newInNight }: CountedEntry,
): void {
  const key = `${nightOf(at)} ${facet.actorKind} ${actor}`;
  const row = nights.get(key) ?? { night: nightOf(at), kind: facet.actorKind, actor, people: 0 };
  nights.set(key, row);
  row.people += newInNight;
}
