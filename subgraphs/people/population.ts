import { accountStream, type Standing, standingOf } from './account.ts';
import { abroad, addressOf, birthProvince, pastPlace } from './addresses.ts';
import { addYears, ageOn, type Day, dayAt, iso, officeInstant } from './calendar.ts';
import { emailOf, phoneOf } from './contact.ts';
import catalogue from './data/catalogue.json' with { type: 'json' };
import { familyOf, memberList, relationToHead } from './family.ts';
import { houseAddress, PROVINCE_DRAW } from './geography.ts';
import type { Household, Resident, World } from './household.ts';
import { identityCard } from './identity-card.ts';
import { serial } from './numbers.ts';
import { ENTITY, Stream, Weighted, weighted } from './prng.ts';
import type { Address, BloodGroup, ElectronicIdentityRecord, PopulationRecord } from './records.ts';

/** How often population's own data are out of date or incomplete on purpose. */
export const POPULATION_DEFECTS = { legacyAddress: 0.6, stalePhone: 0.05 } as const;

const religions = weighted(catalogue.religions);
const bloodGroups = new Weighted<BloodGroup>([
  ['O_POSITIVE', 42],
  ['B_POSITIVE', 31],
  ['A_POSITIVE', 21],
  ['AB_POSITIVE', 5],
  ['O_NEGATIVE', 0.4],
  ['B_NEGATIVE', 0.3],
  ['A_NEGATIVE', 0.2],
  ['AB_NEGATIVE', 0.1],
]);
const ABSENCE_REASONS = ['Đi làm ăn xa', 'Đi học', 'Chữa bệnh'] as const;

function placesOf(
  stream: Stream,
  home: Household,
  { birth }: Resident,
): Pick<PopulationRecord, 'placeOfBirth' | 'birthRegistrationPlace' | 'placeOfOrigin'> {
  const province = birthProvince(stream, home.province);
  const commune = province.draw.draw(stream);
  const registration = pastPlace(province, commune, birth + 14);
  const overseas = stream.chance(0.003);
  const origin = stream.chance(0.85) ? province : PROVINCE_DRAW.draw(stream);
  return {
    placeOfBirth: overseas ? abroad(stream, birth) : pastPlace(province, commune, birth),
    birthRegistrationPlace: registration,
    placeOfOrigin:
      origin === province
        ? pastPlace(province, commune, birth)
        : pastPlace(origin, origin.draw.draw(stream), birth),
  };
}

type Living = Pick<
  PopulationRecord,
  | 'permanentResidence'
  | 'temporaryResidence'
  | 'currentResidence'
  | 'temporaryAbsence'
  | 'residenceFileNumber'
>;

function residencesOf(stream: Stream, home: Household, person: Resident, today: Day): Living {
  const since = Math.max(person.birth + 20, dayAt(1998, 1, 1) + stream.below(9000));
  const legacy = stream.chance(POPULATION_DEFECTS.legacyAddress);
  const permanent = addressOf(home.province, home.commune, home.detail, Math.min(since, today - 30), legacy);
  const moved = person.age >= 18 && person.age < 45 && stream.chance(0.12);
  const now = moved ? temporaryAddress(stream, home, today) : null;
  return {
    permanentResidence: permanent,
    temporaryResidence: now === null ? null : { ...now.address, validTo: now.validTo },
    currentResidence: now?.address ?? permanent,
    temporaryAbsence:
      moved && stream.chance(0.1)
        ? {
            from: iso(today - stream.between(20, 300)),
            to: stream.chance(0.5) ? iso(today + stream.between(10, 200)) : null,
            destination: now?.address.provinceName ?? '',
            reason: stream.of(ABSENCE_REASONS),
          }
        : null,
    residenceFileNumber: `${home.province.code}${home.commune.code}${serial(home.index, 6)}`,
  };
}

function temporaryAddress(
  stream: Stream,
  home: Household,
  today: Day,
): { address: Address; validTo: string } {
  const province = stream.chance(0.4) ? home.province : PROVINCE_DRAW.draw(stream);
  const commune = province.draw.draw(stream);
  const from = today - stream.between(10, 700);
  return {
    address: addressOf(province, commune, houseAddress(stream, commune), from, false),
    validTo: iso(addYears(from, 2)),
  };
}

function electronicIdentity(standing: Standing | null): ElectronicIdentityRecord {
  if (standing === null || standing.level === 1 || standing.status === 'APPROVED')
    return { status: 'NONE', lockReason: null, lockedAt: null, level: standing?.level ?? null };
  if (standing.status === 'ACTIVE') return { status: 'ACTIVE', lockReason: null, lockedAt: null, level: 2 };
  const { lockReason, lockedOn } = standing;
  const told =
    lockReason === 'LOST_DEVICE' || lockReason === 'SUSPECTED_MISUSE' || lockReason === 'DOCUMENT_EXPIRED';
  return {
    status: 'LOCKED',
    lockReason: told || lockReason === null ? 'OWNER_REQUEST' : lockReason,
    lockedAt: lockedOn === null ? null : officeInstant(lockedOn, 0),
    level: 2,
  };
}

function occupationOf(stream: Stream, age: number): string | null {
  if (age < 6) return null;
  if (age < 18) return 'Học sinh';
  if (age >= 62) return stream.chance(0.5) ? 'Hưu trí' : 'Nông dân';
  return stream.of(catalogue.occupations);
}

function contactsOf(
  stream: Stream,
  world: World,
  person: Resident,
): Pick<PopulationRecord, 'phone' | 'email'> {
  if (person.age < 14) return { phone: null, email: null };
  const stale = stream.chance(POPULATION_DEFECTS.stalePhone);
  return {
    phone: phoneOf(world.seed, person.index, stale),
    email: emailOf(stream, person.fullName, person.index),
  };
}

/** The record of a citizen in the national population database, with the identity card. */
export function population(world: World, home: Household, person: Resident): PopulationRecord {
  const { today } = world;
  const stream = new Stream(world.seed, ENTITY.population, person.index);
  const members = memberList(home);
  const correction = person.cancelledNumber !== null && stream.chance(0.1);
  return {
    personalNumber: person.personalNumber,
    previousNumbers: person.cancelledNumber === null ? [] : [person.cancelledNumber],
    oldIdNumber: person.oldIdNumber,
    fullName: person.fullName,
    otherName: stream.chance(0.02) ? person.fullName.split(' ').slice(1).join(' ') : null,
    dateOfBirth: person.dateOfBirth,
    sex: person.male ? 'MALE' : 'FEMALE',
    nationality: ['VNM'],
    ...placesOf(stream, home, person),
    ethnicity: person.ethnicity,
    religion: religions.draw(stream),
    bloodGroup: stream.chance(0.35) ? bloodGroups.draw(stream) : null,
    ...residencesOf(stream, home, person, today),
    ...familyOf(stream, home, person),
    householdHead: members[0] ?? null,
    relationToHead: relationToHead(person),
    householdMembers: members,
    deathDate: person.deceased ? iso(today - stream.between(4, 400)) : null,
    missingDate: null,
    ...contactsOf(stream, world, person),
    occupation: occupationOf(stream, person.age),
    eIdentity: electronicIdentity(standingOf(world, person, accountStream(world, person.index))),
    status: person.deceased ? 'DECEASED' : correction ? 'UNDER_CORRECTION' : 'ACTIVE',
    identityCard: identityCard(world, person),
    verifiedAt: officeInstant(Math.max(today - stream.below(1200), person.birth + 1), stream.next()),
    assurance: ageOn(person.birth, today) >= 14 ? 'BIOMETRIC' : 'DOCUMENT',
  };
}
