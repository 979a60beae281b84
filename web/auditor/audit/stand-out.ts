import type { AuditReaderFragment } from '../../generated/audit-operations.ts';

/** How one reader reads, with nothing left out: what the server did not say counts as nought. */
export interface Reader {
  readonly key: string;
  readonly kind: NonNullable<AuditReaderFragment['actor']>['kind'];
  readonly id: string | null;
  readonly name: string | null;
  readonly reads: number;
  readonly people: number;
  readonly peopleInADay: number;
  readonly withoutConsent: number;
  readonly withoutCase: number;
  readonly atNight: number;
  readonly refused: number;
  /** 24 numbers. */
  readonly byHour: readonly number[];
}

/** Why a reader stands out. */
export type Flag = 'NIGHT' | 'MANY' | 'NO_GROUND' | 'REFUSED';

/** A reader with the reasons to look at them. */
export interface StandingOut extends Reader {
  readonly flags: readonly Flag[];
}

/** The thresholds: they say whom to look at, not who did wrong. */
export const thresholds = {
  nightShare: 0.4,
  nightPeople: 10,
  peopleInADay: 40,
  timesTheMiddle: 3,
  withoutGround: 20,
  refusedShare: 0.25,
  refused: 10,
} as const;

/** What people are ordered by; all but `IN_A_DAY` are orders of the server. */
export const readerOrders = [
  'AT_NIGHT',
  'PEOPLE',
  'IN_A_DAY',
  'WITHOUT_CONSENT',
  'REFUSED',
  'READS',
] as const;

/** One of the orders. */
export type ReaderOrder = (typeof readerOrders)[number];

const measures: Readonly<Record<ReaderOrder, (reader: Reader) => number>> = {
  READS: ({ reads }) => reads,
  PEOPLE: ({ people }) => people,
  IN_A_DAY: ({ peopleInADay }) => peopleInADay,
  AT_NIGHT: ({ atNight }) => atNight,
  WITHOUT_CONSENT: ({ withoutConsent }) => withoutConsent,
  REFUSED: ({ refused }) => refused,
};

/** Every reader of several lists once, with the reasons to look at them. */
export function readersOf(
  lists: readonly (readonly AuditReaderFragment[] | null | undefined)[],
): readonly StandingOut[] {
  const readers = new Map<string, Reader>();
  for (const one of lists.flatMap((list) => list ?? [])) {
    if (one.actor === null) continue;
    const reader = readerOf(one, one.actor);
    readers.set(reader.key, reader);
  }
  const all = [...readers.values()];
  const middle = median(all.filter(({ kind }) => !isPrivate(kind)).map(({ peopleInADay }) => peopleInADay));
  return all.map((reader) => ({ ...reader, flags: flagsOf(reader, middle) }));
}

/** The share of readings at night, 0 to 1. */
export function nightShare({ reads, atNight }: Pick<Reader, 'reads' | 'atNight'>): number {
  return reads === 0 ? 0 : Math.min(1, atNight / reads);
}

/** Whether somebody reads both many people and mostly at night. */
export function isNightBrowser(reader: StandingOut): boolean {
  return reader.flags.includes('NIGHT');
}

/** Readers by a measure, the most remarkable first; equals by their readings. */
export function ordered(readers: readonly StandingOut[], order: ReaderOrder): readonly StandingOut[] {
  const measure = measures[order];
  return readers.toSorted((one, other) => measure(other) - measure(one) || other.reads - one.reads);
}

/** The hour with the most, 0 to 23. */
export function busiestHour(byHour: readonly number[]): number {
  return Math.max(0, byHour.indexOf(Math.max(...byHour)));
}

/** Whether an hour lies in the night of the law of the log: 22:00 to 06:00. */
export function isNightHour(hour: number): boolean {
  return hour >= 22 || hour < 6;
}

/** People who read as themselves or for their own: reading at night is their own affair. */
function isPrivate(kind: Reader['kind']): boolean {
  return kind === 'PERSON' || kind === 'REPRESENTATIVE' || kind === 'APPLICANT';
}

function readerOf(given: AuditReaderFragment, actor: NonNullable<AuditReaderFragment['actor']>): Reader {
  const byHour = given.byHour ?? [];
  return {
    key: `${actor.kind} ${actor.id ?? ''}`,
    kind: actor.kind,
    id: actor.id,
    name: actor.name,
    reads: given.reads ?? 0,
    people: given.people ?? 0,
    peopleInADay: given.peopleInADay ?? 0,
    withoutConsent: given.withoutConsent ?? 0,
    withoutCase: given.withoutCase ?? 0,
    atNight: given.atNight ?? 0,
    refused: given.refused ?? 0,
    byHour: Array.from({ length: 24 }, (_, hour) => byHour[hour] ?? 0),
  };
}

function flagsOf(reader: Reader, middle: number): readonly Flag[] {
  const { kind, reads, people, peopleInADay, withoutConsent, withoutCase, refused } = reader;
  const flags: Flag[] = [];
  const others = !isPrivate(kind) && kind !== 'SYSTEM';
  if (others && nightShare(reader) >= thresholds.nightShare && people >= thresholds.nightPeople)
    flags.push('NIGHT');
  const many = Math.max(thresholds.peopleInADay, thresholds.timesTheMiddle * middle);
  if (others && peopleInADay >= many) flags.push('MANY');
  const noGround = Math.min(withoutConsent, withoutCase);
  if (others && kind !== 'AUDITOR' && noGround >= thresholds.withoutGround) flags.push('NO_GROUND');
  if (refused >= thresholds.refused && refused / (reads + refused) >= thresholds.refusedShare)
    flags.push('REFUSED');
  return flags;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
