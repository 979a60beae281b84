import { addYears, type Day, dayAt, iso, monthOf, monthText, officeInstant, yearOf } from './calendar.ts';
import catalogue from './data/catalogue.json' with { type: 'json' };
import objectRows from './data/health-objects.json' with { type: 'json' };
import { facility } from './geography.ts';
import type { Household, Resident, World } from './household.ts';
import { socialNumber } from './numbers.ts';
import { opaque } from './opaque.ts';
import { ENTITY, Stream, Weighted } from './prng.ts';
import type { HealthInsuranceRecord, SocialInsuranceRecord } from './records.ts';
import { rowHolder } from './row-holder.ts';

const OBJECTS = new Map(objectRows.map((row) => [row.code, row]));
const UNINSURED = 0.048;
const POOR_HOUSEHOLDS = 0.05;
/** Shares of people of 18 to 59 who pay contributions, and of people from 60 on with a pension. */
const SHARE = { compulsory: 0.295, voluntary: 0.015, stopped: 0.14, pension: 0.25, student: 0.45 } as const;
const EMPLOYED = new Weighted<string>([
  ['DN', 74],
  ['HC', 14],
  ['CH', 7],
  ['QN', 2],
  ['CA', 2],
  ['TK', 1],
]);
const VISIT_REASONS = [
  'Viêm họng cấp',
  'Khám sức khỏe định kỳ',
  'Tăng huyết áp',
  'Đau dạ dày',
  'Sốt xuất huyết',
  'Nhổ răng',
];

/** How a person makes a living, as both insurances see it. */
export interface Livelihood {
  readonly kind: 'EMPLOYED' | 'VOLUNTARY' | 'STOPPED' | 'PENSIONER' | 'NONE';
  readonly object: string;
}

function unpaidObject(stream: Stream, home: Household, { age, ethnicity }: Resident, poor: boolean): string {
  if (age < 6) return 'TE';
  if (poor) return stream.chance(0.45) ? 'HN' : 'CN';
  if (ethnicity !== 'Kinh' && home.province.hardArea) return stream.chance(0.6) ? 'DT' : 'DK';
  if (age < 18) return 'HS';
  if (age < 23 && stream.chance(SHARE.student)) return 'SV';
  if (age >= 80) return 'BT';
  return stream.chance(0.08) ? 'GB' : 'GD';
}

/** The livelihood both insurance records of a person are made of. */
export function livelihood(world: World, home: Household, person: Resident): Livelihood {
  const stream = new Stream(world.seed, ENTITY.social, person.index);
  const poor = new Stream(world.seed, ENTITY.social, home.index + 0x4000_0000).chance(POOR_HOUSEHOLDS);
  const { age } = person;
  const draw = stream.unit();
  if (age >= 18 && age < 60 && draw < SHARE.compulsory)
    return { kind: 'EMPLOYED', object: EMPLOYED.draw(stream) };
  if (age >= 60 && draw < SHARE.pension) return { kind: 'PENSIONER', object: 'HT' };
  const object = unpaidObject(stream, home, person, poor);
  if (age >= 18 && age < 60 && draw < SHARE.compulsory + SHARE.voluntary)
    return { kind: 'VOLUNTARY', object };
  if (age >= 25 && age < 60 && draw < SHARE.compulsory + SHARE.voluntary + SHARE.stopped)
    return { kind: 'STOPPED', object };
  return { kind: 'NONE', object };
}

type Periods = SocialInsuranceRecord['contributionPeriods'];

function periodsOf(
  stream: Stream,
  home: Household,
  person: Resident,
  kind: Livelihood['kind'],
  today: Day,
): Periods {
  const now = monthOf(today);
  const start = monthOf(addYears(person.birth, 20)) + stream.below(48);
  let end =
    kind === 'PENSIONER'
      ? monthOf(addYears(person.birth, 60))
      : kind === 'STOPPED'
        ? now - stream.between(3, 60)
        : now;
  const periods: {
    from: string;
    to: string | null;
    employer: string;
    workplace: string;
    salaryBase: number;
  }[] = [];
  const running = kind === 'EMPLOYED' || kind === 'VOLUNTARY';
  for (let count = stream.between(1, 3); count > 0; count -= 1) {
    const months = kind === 'PENSIONER' ? stream.between(90, 160) : stream.between(8, 70);
    const from = Math.max(end - months, Math.min(start, end - 1));
    if (from >= end) break;
    const open = running && periods.length === 0;
    periods.push({
      from: monthText(from),
      to: open ? null : monthText(end - 1),
      employer: kind === 'VOLUNTARY' ? 'Tự đóng' : stream.of(catalogue.employers),
      workplace: home.province.fullName,
      salaryBase: stream.between(48, 220) * 100_000,
    });
    end = from - stream.below(8);
  }
  return periods;
}

function monthsIn(periods: Periods, today: Day): number {
  const place = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
  return periods.reduce(
    (sum, { from, to }) => sum + (to === null ? monthOf(today) - 1 : place(to)) - place(from) + 1,
    0,
  );
}

function benefitsOf(
  stream: Stream,
  person: Resident,
  kind: Livelihood['kind'],
  today: Day,
): SocialInsuranceRecord['benefitsReceived'] {
  if (kind === 'PENSIONER')
    return [
      {
        kind: 'RETIREMENT',
        from: iso(addYears(person.birth, 60) + 20),
        to: null,
        amount: stream.between(30, 120) * 100_000,
      },
    ];
  if (!stream.chance(0.15)) return [];
  const from = today - stream.between(60, 900);
  const maternity = !person.male && person.age >= 22 && person.age < 42 && stream.chance(0.5);
  const job = kind === 'STOPPED' && stream.chance(0.5);
  return [
    {
      kind: maternity ? 'MATERNITY' : job ? 'UNEMPLOYMENT' : 'SICKNESS',
      from: iso(from),
      to: iso(from + (maternity ? 180 : job ? 90 : stream.between(2, 12))),
      amount: stream.between(8, 400) * 100_000,
    },
  ];
}

/** The social insurance of a person; undefined for who never paid. */
export function socialInsurance(
  world: World,
  home: Household,
  person: Resident,
): SocialInsuranceRecord | undefined {
  const { kind } = livelihood(world, home, person);
  if (kind === 'NONE') return undefined;
  const { seed, today } = world;
  const stream = new Stream(seed, ENTITY.social, person.index + 0x8000_0000);
  const periods = periodsOf(stream, home, person, kind, today);
  return {
    ref: opaque(seed, 'social', person.index),
    holder: rowHolder(stream, person, false),
    number: socialNumber(seed, person.index),
    status: kind === 'PENSIONER' ? 'RECEIVING' : kind === 'STOPPED' ? 'RESERVED' : 'CONTRIBUTING',
    participationType: kind === 'VOLUNTARY' ? 'VOLUNTARY' : 'COMPULSORY',
    totalMonths: monthsIn(periods, today),
    managingAgency: `Bảo hiểm xã hội ${home.province.fullName}`,
    contributionPeriods: periods,
    benefitsReceived: benefitsOf(stream, person, kind, today),
    verifiedAt: officeInstant(today - stream.below(60), stream.next()),
    assurance: 'MATCHED',
  };
}

function validity(
  stream: Stream,
  person: Resident,
  object: string,
  today: Day,
): { from: Day; to: Day | null } {
  const year = yearOf(today);
  if (object === 'TE') {
    // To 72 months of age, and to the end of September before the first school year.
    const sixth = addYears(person.birth, 6);
    return { from: person.birth, to: Math.max(sixth, dayAt(yearOf(sixth), 9, 30)) };
  }
  if (object === 'HT' || object === 'BT') return { from: dayAt(year, 1, 1), to: null };
  if (object === 'GD') {
    const from = today - stream.below(330);
    return { from, to: from + 365 };
  }
  return { from: dayAt(year, 1, 1), to: dayAt(year, 12, 31) };
}

function visitsOf(stream: Stream, home: Household, today: Day): HealthInsuranceRecord['medicalVisits'] {
  const visits = [];
  let day = today - stream.between(3, 200);
  for (let count = stream.chance(0.35) ? stream.between(1, 3) : 0; count > 0; count -= 1) {
    const stay = stream.chance(0.2) ? stream.between(1, 9) : 0;
    visits.push({
      admittedOn: iso(day - stay),
      dischargedOn: iso(day),
      facility: facility(stream, home.province).name,
      reason: stream.of(VISIT_REASONS),
      amountPaid: stream.between(5, 600) * 10_000,
    });
    day -= stream.between(40, 300);
  }
  return visits;
}

/** The health insurance card of a person; undefined for the 4.8 % without one. */
export function healthInsurance(
  world: World,
  home: Household,
  person: Resident,
): HealthInsuranceRecord | undefined {
  const { seed, today } = world;
  const stream = new Stream(seed, ENTITY.health, person.index);
  if (stream.chance(UNINSURED)) return undefined;
  const { object } = livelihood(world, home, person);
  const { benefitLevel = 4, ratePercent = 80 } = OBJECTS.get(object) ?? {};
  const number = socialNumber(seed, person.index);
  const { from, to } = validity(stream, person, object, today);
  const continuous = person.age >= 6 && stream.chance(0.6);
  return {
    ref: opaque(seed, 'health', person.index),
    holder: rowHolder(stream, person, false),
    number,
    code15: `${object}${benefitLevel}${home.province.code}${number}`,
    object,
    benefitLevel,
    ratePercent,
    validFrom: iso(from),
    validTo: to === null ? null : iso(to),
    issueDate: iso(object === 'TE' ? Math.min(today, person.birth + 20) : from - stream.below(20)),
    issuePlace: `Bảo hiểm xã hội ${home.province.fullName}`,
    registeredFacility: facility(stream, home.province),
    fiveYearContinuousFrom: continuous ? iso(addYears(dayAt(2009, 1, 1) + stream.below(4300), 5)) : null,
    medicalVisits: visitsOf(stream, home, today),
    verifiedAt: officeInstant(Math.max(from, today - stream.below(200)), stream.next()),
    assurance: 'MATCHED',
  };
}
