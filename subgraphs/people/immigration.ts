import catalogue from './data/catalogue.json' with { type: 'json' };
import { addYears, ageOn, type Day, dayAt, iso, officeInstant } from './calendar.ts';
import type { Resident, World } from './household.ts';
import { nameAsStored } from './names.ts';
import { passportNumber } from './numbers.ts';
import { opaque } from './opaque.ts';
import { ENTITY, Stream } from './prng.ts';
import type { BorderCrossing, ImmigrationRecord, PassportRecord } from './records.ts';

const SHARE = { adult: 0.2, child: 0.06 } as const;
const OLDER_PASSPORT = 0.25;

function passport(world: World, person: Resident, stream: Stream, nth: number, issue: Day): PassportRecord {
  const years = ageOn(person.birth, issue) < 14 ? 5 : 10;
  return {
    ref: opaque(world.seed, 'passport', person.index * 2 + nth),
    number: passportNumber(world.seed, person.index, nth),
    type: stream.chance(0.99) ? 'ORDINARY' : 'OFFICIAL',
    issueDate: iso(issue),
    expiryDate: iso(addYears(issue, years)),
    issuer: 'VNM',
    placeOfIssue: 'Cục Quản lý xuất nhập cảnh',
    chip: issue >= dayAt(2023, 3, 1) && stream.chance(0.7),
  };
}

function passportsFrom(world: World, person: Resident, stream: Stream): PassportRecord[] {
  if (!stream.chance(person.age >= 14 ? SHARE.adult : SHARE.child)) return [];
  const { today } = world;
  const issue = Math.max(person.birth + 30, today - stream.between(10, 4200));
  const newer = passport(world, person, stream, 1, Math.min(issue, today - 1));
  const olderIssue = addYears(issue, -10) + stream.below(90);
  if (ageOn(person.birth, olderIssue) < 14 || !stream.chance(OLDER_PASSPORT)) return [newer];
  return [newer, passport(world, person, stream, 0, olderIssue)];
}

/** The passports of a citizen, newest first; most people have none. */
export function passportsOf(world: World, person: Resident): readonly PassportRecord[] {
  return passportsFrom(world, person, new Stream(world.seed, ENTITY.immigration, person.index));
}

/** Trips out of the country and back (or, for a foreigner, into it), latest first. */
export function journeys(
  stream: Stream,
  today: Day,
  most: number,
): Pick<ImmigrationRecord, 'entries' | 'exits'> {
  const entries: BorderCrossing[] = [];
  const exits: BorderCrossing[] = [];
  let day = today - stream.between(5, 200);
  for (let trip = stream.below(most + 1); trip > 0; trip -= 1) {
    const gate = stream.of(catalogue.gates);
    entries.push({ date: iso(day), gate, direction: 'ENTRY' });
    day -= stream.between(3, 20);
    exits.push({ date: iso(day), gate, direction: 'EXIT' });
    day -= stream.between(30, 400);
  }
  return { entries, exits };
}

/** The immigration record of a citizen; undefined for who never had a passport. */
export function immigration(world: World, person: Resident): ImmigrationRecord | undefined {
  const stream = new Stream(world.seed, ENTITY.immigration, person.index);
  const passports = passportsFrom(world, person, stream);
  if (passports.length === 0) return undefined;
  return {
    kind: 'CITIZEN',
    personalNumber: person.personalNumber,
    fullName: nameAsStored(stream, person.fullName),
    dateOfBirth: person.dateOfBirth,
    sex: person.male ? 'MALE' : 'FEMALE',
    nationality: ['VNM'],
    passports,
    visas: [],
    residenceCard: null,
    temporaryStayCertifiedUntil: null,
    ...journeys(stream, world.today, 4),
    entryBanned: false,
    exitSuspended: stream.chance(0.0003),
    verifiedAt: officeInstant(Math.max(person.birth + 30, world.today - stream.below(900)), stream.next()),
    assurance: 'DOCUMENT',
  };
}
