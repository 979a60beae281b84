import fc from 'fast-check';
import type { AccessLogEntry } from '@dinhdanh/access-log/tlog';
import type { LoggedEntry } from './appended-log.ts';
import { entryAt, pseudonym } from './reading-under-test.ts';

/** Few of each, so that everything meets everything. */
export const NUMBERS = ['098090000001', '098090000002', '098090000003'] as const;
const actors = [
  { kind: 'officer', id: 'officer-tran' },
  { kind: 'officer', id: 'officer-vo' },
  { kind: 'relying_party', id: 'hotel-demo' },
  { kind: 'authority', id: 'authority-1' },
  { kind: 'auditor', id: 'auditor-le' },
  { kind: 'system', id: 'accounts' },
] as const;
const claims = ['age.over(years:18)', 'age.over(years:21)', 'identity.basic', 'passport'] as const;
const FIRST_DAY = Date.UTC(2025, 10, 28);
const HOUR_MS = 3_600_000;

/** What the writer would know of an entry besides what it says. */
export type MadeEntry = AccessLogEntry;

/** An entry of a random log. Some have the same instant, some are about two persons, some complete an earlier one. */
const drawn = fc.record({
  // Half hours of 40 days over New Year, so that instants, nights and days are shared.
  time: fc.nat({ max: 40 * 48 }).map((half) => new Date(FIRST_DAY + (half * HOUR_MS) / 2)),
  event: fc.constantFrom('intent', 'intent', 'intent', 'denied', 'audit-read', 'consent-change', 'aborted'),
  who: fc.oneof(fc.constantFrom(...actors), fc.constantFrom('own', 'guardian')),
  about: fc.subarray([...NUMBERS], { minLength: 0, maxLength: 2 }),
  claims: fc.subarray([...claims]),
  consentId: fc.constantFrom(null, 'consent-1', 'consent-2'),
  caseId: fc.constantFrom(null, 'VA-1', 'VA-2'),
  requestId: fc.constantFrom('request-a', 'request-b', 'request-c'),
  delayed: fc.boolean(),
  refused: fc.boolean(),
});

/** Random entries, each valid in its place. */
export const randomEntries = fc.array(drawn, { minLength: 1, maxLength: 120 });

/** Makes the entries of a tree out of what was drawn. */
export function makeEntries(
  all: typeof drawn extends fc.Arbitrary<infer One> ? readonly One[] : never,
): AccessLogEntry[] {
  const made: AccessLogEntry[] = [];
  const completed = new Set<number>();
  for (const one of all) {
    const year = one.time.getUTCFullYear();
    const self = pseudonym(NUMBERS[0], year);
    const open = made.findIndex(({ event }, index) => event === 'intent' && !completed.has(index));
    const event = one.event === 'aborted' && open < 0 ? 'intent' : one.event;
    if (event === 'aborted') completed.add(open);
    const refused = event === 'denied' || (event === 'audit-read' && one.refused);
    made.push(
      entryAt(one.time.toISOString(), {
        event,
        actor:
          typeof one.who === 'string'
            ? { kind: one.who === 'own' ? 'person' : 'representative', id: self, session: null }
            : { ...one.who, session: null },
        subjects: one.about.map((number) => pseudonym(number, year)).toSorted(),
        claims: one.claims.toSorted(),
        consentId: one.consentId,
        caseId: event === 'audit-read' ? (one.caseId ?? 'VA-3') : one.caseId,
        requestId: one.requestId,
        outcome:
          event === 'aborted'
            ? 'undelivered'
            : event === 'consent-change'
              ? 'recorded'
              : refused
                ? 'refused'
                : 'released',
        refusal: refused ? 'NOT_PERMITTED' : null,
        completes: event === 'aborted' ? open : null,
        delayedDisclosure: one.delayed,
      }),
    );
  }
  return made;
}

/** Vietnamese hours, worked out another way than the service does. */
const legal = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' },
});

/** Day and hour in Viet Nam. */
export function legalTime(time: string | Date): { day: string; hour: number } {
  const parts = Object.fromEntries(
    legal.formatToParts(new Date(time)).map(({ type, value }) => [type, value]),
  );
  return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, hour: Number(parts['hour']) };
}

/** Whether an instant is in the night. */
export const atNight = (time: string | Date): boolean => {
  const { hour } = legalTime(time);
  return hour >= 22 || hour < 6;
};

/** Whether others' data were released without their consent. */
export function readWithoutConsent({ event, outcome, actor, consentId }: AccessLogEntry): boolean {
  const kinds = ['relying_party', 'officer', 'auditor', 'authority'];
  return event === 'intent' && outcome === 'released' && kinds.includes(actor.kind) && consentId === null;
}

/** The end of an entry with what completes it. */
export function endOf({ entry, origin, index }: LoggedEntry, all: readonly LoggedEntry[]): string {
  const completed = all.some((other) => other.origin === origin && other.entry.completes === index);
  return (completed && entry.outcome === 'released' ? 'undelivered' : entry.outcome).toUpperCase();
}

/** Newest first, in the order pages have. */
export function newestFirst(one: LoggedEntry, other: LoggedEntry): number {
  const [a, b] = [one, other].map(({ entry }) => Date.parse(entry.time)) as [number, number];
  return b - a || other.shard - one.shard || other.index - one.index;
}
