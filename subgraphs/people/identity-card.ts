import { addYears, ageOn, type Day, dayAt, dayOf, iso, officeInstant } from './calendar.ts';
import type { Resident, World } from './household.ts';
import { opaque } from './opaque.ts';
import { ENTITY, Stream, Weighted } from './prng.ts';
import type { IdentityCardRecord } from './records.ts';

const NEW_LAYOUT_FROM = dayOf('2024-07-01');
const OLD_CARDS_UNTIL = '2024-12-31';
const AGES = [14, 25, 40, 60] as const;
const ISSUE_YEARS = new Weighted<number>([
  [2021, 35],
  [2022, 30],
  [2023, 13],
  [2024, 10],
  [2025, 7],
  [2026, 5],
]);
/** Share of people with a chip card by age, and of cards run out that were renewed in time. */
const SHARE = { adult: 0.96, from6: 0.25, under6: 0.12 } as const;
const RENEWED = 0.61;
const FEATURES = [
  'Nốt ruồi cách 1 cm dưới mép trái',
  'Sẹo chấm cách 2 cm trên đuôi mày phải',
  'Nốt ruồi cách 0,5 cm sau cánh mũi phải',
  'Sẹo dài 1,5 cm ở trán trái',
  'Không có đặc điểm riêng',
];

/** Whether the person has a card with a chip: the first draw of the card's stream, asked by accounts as well. */
export function hasChipCard(stream: Stream, { age, dateOfBirth }: Resident): boolean {
  const share = age >= 14 ? SHARE.adult : age >= 6 ? SHARE.from6 : SHARE.under6;
  // A card is issued on a full date of birth only.
  return stream.chance(share) && dateOfBirth.length > 4;
}

/** The last day of a card: the next birthday of 14, 25, 40 or 60 that is more than two years off; null from 58 on. */
export function cardExpiry(birth: Day, issue: Day): Day | null {
  for (const age of AGES) {
    const birthday = addYears(birth, age);
    if (issue < addYears(birthday, -2)) return birthday;
  }
  return null;
}

function issueDay(stream: Stream, { birth, age }: Resident, today: Day): Day {
  const drawn = Math.min(today - 3, dayAt(ISSUE_YEARS.draw(stream), 1, 1) + stream.below(365));
  if (age < 14) return Math.max(NEW_LAYOUT_FROM, birth + 20, today - stream.below(870));
  const coming = addYears(birth, 14);
  return drawn < coming ? Math.min(today - 1, coming + stream.below(240)) : drawn;
}

function chipCard(world: World, person: Resident, stream: Stream): IdentityCardRecord {
  const { today, seed } = world;
  let issue = Math.min(today, issueDay(stream, person, today));
  let expiry = cardExpiry(person.birth, issue);
  if (expiry !== null && expiry < today && stream.chance(RENEWED)) {
    issue = Math.min(today, expiry + stream.below(60));
    expiry = cardExpiry(person.birth, issue);
  }
  const fate = stream.unit();
  const expired = expiry !== null && expiry < today;
  const enrolled = ageOn(person.birth, issue) >= 6;
  const ref = opaque(seed, 'card', person.index);
  return {
    ref,
    documentType: issue >= NEW_LAYOUT_FROM ? 'CAN_CUOC' : 'CCCD_CHIP',
    cardNumber: person.personalNumber,
    issueDate: iso(issue),
    expiryDate: expiry === null ? null : iso(expiry),
    issuePlace: issue >= NEW_LAYOUT_FROM ? 'Bộ Công an' : 'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
    cardStatus: expired ? 'EXPIRED' : fate < 0.004 ? 'LOST' : fate < 0.005 ? 'WITHDRAWN' : 'VALID',
    identifyingFeatures: stream.of(FEATURES),
    portraitSeed: ref,
    fingerprintEnrolled: enrolled,
    irisEnrolled: enrolled && issue >= NEW_LAYOUT_FROM,
    chipVerification: stream.chance(0.6)
      ? {
          passiveAuthentication: 'PASSED',
          chipAuthentication: 'PASSED',
          faceMatch: stream.chance(0.97) ? 'PASSED' : 'NOT_DONE',
          checkedAt: officeInstant(Math.min(today, issue + stream.below(600)), stream.next()),
        }
      : null,
  };
}

function oldCard(world: World, person: Resident, stream: Stream): IdentityCardRecord | null {
  if (person.oldIdNumber === null) return null;
  const ref = opaque(world.seed, 'card', person.index);
  return {
    ref,
    documentType: 'CMND',
    cardNumber: person.oldIdNumber,
    issueDate: iso(dayAt(2009, 1, 1) + stream.below(2500)),
    expiryDate: OLD_CARDS_UNTIL,
    issuePlace: 'Công an tỉnh',
    cardStatus: 'EXPIRED',
    identifyingFeatures: stream.of(FEATURES),
    portraitSeed: ref,
    fingerprintEnrolled: false,
    irisEnrolled: false,
    chipVerification: null,
  };
}

/** The person's card: with a chip, else the 9-digit card that ended with 2024, else none. */
export function identityCard(world: World, person: Resident): IdentityCardRecord | null {
  const stream = new Stream(world.seed, ENTITY.card, person.index);
  return hasChipCard(stream, person) ? chipCard(world, person, stream) : oldCard(world, person, stream);
}
