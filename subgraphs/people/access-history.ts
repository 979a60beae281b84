import readers from './data/readers.json' with { type: 'json' };
import { ENTITY, type Seed, seedOf, Stream, Weighted } from './prng.ts';

/** A person as far as a reading concerns them. */
export interface ReadPerson {
  readonly number: string;
  readonly level: 0 | 1 | 2;
  /** One of the cast: read often enough that every screen has something to show. */
  readonly isCast: boolean;
  /** Numbers of the wards they act for. */
  readonly wards: readonly string[];
}

/** One reading of the past, in the words of the access log. Instants are RFC 3339 in UTC with milliseconds. */
export interface PastReading {
  readonly at: string;
  readonly event: 'intent' | 'denied' | 'aborted' | 'audit-read' | 'consent-change';
  readonly actor: {
    readonly kind: 'person' | 'representative' | 'relying_party' | 'officer' | 'auditor';
    /** Of a private person. */
    readonly number?: string;
    /** Of everybody else, with what they are called. */
    readonly id?: string;
    readonly name?: string;
  };
  readonly subjects: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly consentId: string | null;
  readonly caseId: string | null;
  readonly claims: readonly string[];
  readonly sources: readonly string[];
  readonly refusal: string | null;
  readonly level: 0 | 1 | 2;
  readonly requestId: string;
  /** Of an `aborted` one: the request whose answer was not delivered. */
  readonly completes: string | null;
}

/** What decides the readings: equal options give equal readings. */
export interface AccessHistoryOptions {
  readonly persons: readonly ReadPerson[];
  readonly seed: string;
  /** The first day that is not told any more, `YYYY-MM-DD` in Viet Nam. */
  readonly until: string;
  /** How many days are told. */
  readonly days: number;
}

const OWN_DATA = { purpose: 'own_data', legalBasis: 'Law 91/2025/QH15, art. 4' };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Viet Nam is seven hours ahead of UTC, all year. */
const ZONE_MS = 7 * HOUR_MS;
/** One person in so many reads or is read on a day: 4.5 %. */
const ACTIVE_SHARE = 0.045;
/** Every so many days somebody of the cast is read by an officer. */
const CAST_EVERY_DAYS = 9;
/** The nights on which the night reader reads: in days before the end. */
const BAD_NIGHTS: ReadonlySet<number> = new Set([4, 5, 9, 13, 14, 20, 27, 28, 41]);

/** Peaks between seven and nine in the evening; hardly anybody at night. */
const EVENING = hours([
  2, 1, 1, 1, 1, 3, 10, 22, 32, 36, 34, 30, 26, 28, 32, 34, 34, 38, 52, 86, 92, 80, 40, 14,
]);
/** Office hours. */
const OFFICE = hours([0, 0, 0, 0, 0, 0, 0, 10, 40, 50, 45, 20, 4, 30, 45, 45, 30, 6, 0, 0, 0, 0, 0, 0]);

const WAYS = new Weighted<(day: Day, person: ReadPerson) => PastReading[]>([
  [readOwn, 46],
  [readByRelyingParty, 40],
  [readByOfficer, 6],
  [readWard, 6],
  [readLog, 0.5],
]);
const RELYING_PARTIES = new Weighted(readers.relyingParties.map((party) => [party, party.weight] as const));
const OWN_SCREENS = new Weighted(readers.own.map((screen) => [screen, screen.weight] as const));
const OFFICER_TASKS = new Weighted(readers.officerTasks.map((task) => [task, task.weight] as const));

/** One day of readings. */
interface Day {
  readonly stream: Stream;
  /** Midnight in Viet Nam, in epoch milliseconds. */
  readonly begins: number;
  /** The next id for a request, a consent or a case. */
  readonly nextId: (kind: string) => string;
}

/** Readings of the past, in the order of their time: whole days, the last one first of all drawn whole. */
export function* accessHistory(options: AccessHistoryOptions): Generator<PastReading> {
  const { persons, until, days } = options;
  if (persons.length === 0) return;
  const seed = seedOf(options.seed);
  const end = Date.parse(`${until}T00:00:00Z`) - ZONE_MS;
  for (let before = days; before >= 1; before -= 1) {
    const day = openDay(seed, end - before * DAY_MS, before);
    const readings = [
      ...usualDay(day, persons),
      ...castDay(day, persons, before),
      ...badNight(day, persons, before),
    ];
    yield* readings.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  }
}

function openDay(seed: Seed, begins: number, before: number): Day {
  let drawn = 0;
  const date = new Date(begins + ZONE_MS).toISOString().slice(0, 10);
  return {
    stream: new Stream(seed, ENTITY.reading, before),
    begins,
    nextId: (kind) => `${kind}-${date}-${(drawn++).toString(36).padStart(4, '0')}`,
  };
}

function usualDay(day: Day, persons: readonly ReadPerson[]): PastReading[] {
  const weekday = new Date(day.begins + ZONE_MS).getUTCDay();
  const share = ACTIVE_SHARE * (weekday === 0 ? 0.7 : 1);
  const count = Math.max(1, Math.round(persons.length * share * (0.85 + 0.3 * day.stream.unit())));
  return Array.from({ length: count }).flatMap(() => WAYS.draw(day.stream)(day, day.stream.of(persons)));
}

/** Whoever looks at the demonstration finds readings of every kind, lately too. */
function castDay(day: Day, persons: readonly ReadPerson[], before: number): PastReading[] {
  const cast = persons.filter(({ isCast }) => isCast);
  return cast.flatMap((person, place) => {
    if ((before + place) % CAST_EVERY_DAYS !== 0) return [];
    return [...readByOfficer(day, person), ...readByRelyingParty(day, person), ...readOwn(day, person)];
  });
}

/** One official who browses records between half past midnight and four, without a case: what an auditor must find. */
function badNight(day: Day, persons: readonly ReadPerson[], before: number): PastReading[] {
  if (!BAD_NIGHTS.has(before)) return [];
  const { stream } = day;
  const cast = persons.filter(({ isCast }) => isCast);
  const strangers = Array.from({ length: stream.between(18, 34) }, () => stream.of(persons));
  return [...strangers, ...cast.slice(0, 1)].map((person) =>
    officerReading(day, {
      person,
      office: readers.nightReader,
      at: day.begins + HOUR_MS / 2 + stream.below(3.5 * HOUR_MS),
      caseId: null,
    }),
  );
}

function readOwn(day: Day, person: ReadPerson): PastReading[] {
  const { claims, sources } = OWN_SCREENS.draw(day.stream);
  const reading = { ...OWN_DATA, actor: { kind: 'person' as const, number: person.number }, claims, sources };
  return withEnd(day, { ...base(day, person, EVENING), ...reading });
}

function readWard(day: Day, person: ReadPerson): PastReading[] {
  const [ward] = person.wards;
  if (ward === undefined) return readOwn(day, person);
  const { claims, sources } = OWN_SCREENS.draw(day.stream);
  const actor = { kind: 'representative' as const, number: person.number };
  return [{ ...base(day, person, EVENING), ...OWN_DATA, subjects: [ward], actor, claims, sources }];
}

function readByRelyingParty(day: Day, person: ReadPerson): PastReading[] {
  const party = RELYING_PARTIES.draw(day.stream);
  const { purpose, legalBasis, claims, sources } =
    readers.offers[party.offers as keyof typeof readers.offers];
  const consentId = day.nextId('consent');
  const about = base(day, person, EVENING);
  const agreed: PastReading = {
    ...about,
    event: 'consent-change',
    actor: { kind: 'person', number: person.number },
    purpose,
    legalBasis,
    consentId,
    claims,
    sources: [],
  };
  const reading: PastReading = {
    ...about,
    at: later(about.at, 1_000 + day.stream.below(20_000)),
    requestId: day.nextId('request'),
    actor: { kind: 'relying_party', id: party.id, name: party.name },
    purpose,
    legalBasis,
    consentId,
    claims,
    sources,
  };
  const luck = day.stream.unit();
  if (luck < 0.06)
    return [{ ...reading, event: 'denied', consentId: null, refusal: 'CONSENT_REQUIRED', sources: [] }];
  const ends = luck < 0.15 ? 'CONSENT_EXPIRED' : luck < 0.17 ? 'CONSENT_WITHDRAWN' : null;
  const again = later(reading.at, 3 * HOUR_MS);
  const refused: PastReading[] =
    ends === null || again >= instant(day.begins + DAY_MS)
      ? []
      : [
          {
            ...reading,
            at: again,
            event: 'denied',
            refusal: ends,
            sources: [],
            requestId: day.nextId('request'),
          },
        ];
  return [agreed, ...withEnd(day, reading), ...refused];
}

function readByOfficer(day: Day, person: ReadPerson): PastReading[] {
  const at = day.begins + OFFICE.draw(day.stream) * HOUR_MS + day.stream.below(HOUR_MS);
  const office = day.stream.of(readers.offices);
  return [officerReading(day, { person, office, at, caseId: day.nextId('ho-so') })];
}

function officerReading(
  day: Day,
  {
    person,
    office,
    at,
    caseId,
  }: { person: ReadPerson; office: { id: string; name: string }; at: number; caseId: string | null },
): PastReading {
  const { purpose, legalBasis, claims, sources } = OFFICER_TASKS.draw(day.stream);
  return {
    ...base(day, person, OFFICE),
    at: instant(at),
    actor: { kind: 'officer', ...office },
    purpose,
    legalBasis,
    caseId,
    claims,
    sources,
    level: 0,
  };
}

function readLog(day: Day, person: ReadPerson): PastReading[] {
  return [
    {
      ...base(day, person, OFFICE),
      event: 'audit-read',
      actor: { kind: 'auditor', ...readers.auditor },
      purpose: 'audit_inspection',
      legalBasis: 'Decree 47/2020/NĐ-CP, art. 45',
      caseId: day.nextId('kiem-tra'),
      claims: ['access.audit', 'access.history'],
      sources: ['access-log'],
      level: 0,
    },
  ];
}

/** What a reading of one's own data on this day begins as. */
function base(day: Day, person: ReadPerson, when: Weighted<number>): PastReading {
  return {
    at: instant(day.begins + when.draw(day.stream) * HOUR_MS + day.stream.below(HOUR_MS)),
    event: 'intent',
    actor: { kind: 'person', number: person.number },
    subjects: [person.number],
    ...OWN_DATA,
    consentId: null,
    caseId: null,
    claims: [],
    sources: [],
    refusal: null,
    level: person.level,
    requestId: day.nextId('request'),
    completes: null,
  };
}

/** One answer in two hundred is made ready and not delivered. */
function withEnd(day: Day, reading: PastReading): PastReading[] {
  if (!day.stream.chance(0.005)) return [reading];
  const at = later(reading.at, 40 + day.stream.below(2_000));
  return [reading, { ...reading, at, event: 'aborted', completes: reading.requestId }];
}

function hours(weights: readonly number[]): Weighted<number> {
  return new Weighted(weights.map((weight, hour) => [hour, weight] as const));
}

function later(at: string, milliseconds: number): string {
  return instant(Date.parse(at) + milliseconds);
}

function instant(milliseconds: number): string {
  return new Date(Math.floor(milliseconds)).toISOString();
}
