import { addYears, ageOn, type Day, dayAt, iso, officeInstant } from './calendar.ts';
import type { Household, Resident, World } from './household.ts';
import { hasChipCard } from './identity-card.ts';
import { passportsOf } from './immigration.ts';
import { nameKey } from './name-key.ts';
import { opaque } from './opaque.ts';
import { emailOf, phoneOf } from './contact.ts';
import { ENTITY, Stream } from './prng.ts';
import type { AccountRecord, LockReason } from './records.ts';

/** Level and state of an account, or none: what population's electronic identity and the account agree on. */
export interface Standing {
  readonly level: 1 | 2;
  readonly status: 'APPROVED' | 'ACTIVE' | 'LOCKED';
  readonly lockReason: LockReason | null;
  readonly lockedOn: Day | null;
  readonly approvedOn: Day;
}

const LOCKED_SHARE = 0.003;
const OPENED_FROM = dayAt(2022, 10, 20);
const REASONS: readonly LockReason[] = [
  'OWNER_REQUEST',
  'LOST_DEVICE',
  'SUSPECTED_MISUSE',
  'TERMS_BREACH',
  'CARD_WITHDRAWN',
  'AUTHORITY_REQUEST',
];
// Shares among people with a card, so that of everyone from 14 on 76 % are active at level 2, 7 % approved, 4 % level 1.
const AMONG_CARDS = { active: 0.76 / 0.957, approved: 0.83 / 0.957, levelOne: 0.87 / 0.957 } as const;
const CHILDREN_WITH_ACCOUNT = 0.1;
const DEVICES = [
  'Samsung Galaxy A15',
  'iPhone 13',
  'OPPO A78',
  'Xiaomi Redmi 13',
  'vivo Y28',
  'iPhone 15',
  'realme C65',
];

function opened(stream: Stream, person: Resident, today: Day): Day {
  const first = Math.max(OPENED_FROM, person.birth + 60);
  return Math.min(today - 8, first + stream.below(Math.max(1, today - 8 - first)));
}

function standingAt(stream: Stream, person: Resident, level: 1 | 2, approved: boolean, today: Day): Standing {
  const approvedOn = opened(stream, person, today);
  if (person.deceased)
    return {
      level,
      status: 'LOCKED',
      lockReason: 'DEATH',
      lockedOn: today - 3,
      approvedOn: Math.min(approvedOn, today - 9),
    };
  if (approved) return { level, status: 'APPROVED', lockReason: null, lockedOn: null, approvedOn };
  if (!stream.chance(LOCKED_SHARE))
    return { level, status: 'ACTIVE', lockReason: null, lockedOn: null, approvedOn };
  return {
    level,
    status: 'LOCKED',
    lockReason: stream.of(REASONS),
    lockedOn: today - stream.below(Math.min(300, today - approvedOn)),
    approvedOn,
  };
}

/** The standing of a citizen's account; null for who has none, which is a normal state. */
export function standingOf(world: World, person: Resident, stream: Stream): Standing | null {
  if (person.age < 14) {
    if (!stream.chance(CHILDREN_WITH_ACCOUNT)) return null;
    return standingAt(stream, person, person.age < 6 ? 1 : 2, false, world.today);
  }
  const draw = stream.unit();
  if (draw >= AMONG_CARDS.levelOne) return null;
  if (!hasChipCard(new Stream(world.seed, ENTITY.card, person.index), person)) return null;
  return standingAt(
    stream,
    person,
    draw < AMONG_CARDS.approved ? 2 : 1,
    draw >= AMONG_CARDS.active && draw < AMONG_CARDS.approved,
    world.today,
  );
}

/** The stream accounts and electronic identities are drawn from. */
export function accountStream(world: World, index: number): Stream {
  return new Stream(world.seed, ENTITY.account, index);
}

/** Who represents the minors of a household: its head's wife where there is one, else the head. */
export function representativeOf(home: Household): Resident {
  const [head, spouse] = home.members;
  return (spouse?.role === 'S' && head?.male === true ? spouse : head) as Resident;
}

function dependantsOf(world: World, home: Household, person: Resident): AccountRecord['dependants'] {
  if (representativeOf(home) !== person) return [];
  return home.members
    .filter((member) => member.role === 'C' && member.age < 14)
    .filter((child) => standingOf(world, child, accountStream(world, child.index)) !== null)
    .map((child) => ({
      id: opaque(world.seed, 'dependant', child.index),
      subject: opaque(world.seed, 'subject', child.index),
      relation: 'CHILD',
      endsOn: iso(addYears(child.birth, 18)),
    }));
}

/** The account of a citizen; undefined for who has none. Bulk accounts have no password and no linked documents. */
export function account(world: World, home: Household, person: Resident): AccountRecord | undefined {
  const stream = accountStream(world, person.index);
  const standing = standingOf(world, person, stream);
  if (standing === null) return undefined;
  const used = standing.status !== 'APPROVED';
  const phoneOwner = ageOn(person.birth, world.today) < 14 ? representativeOf(home) : person;
  const activated = officeInstant(
    Math.min(world.today, standing.approvedOn + stream.below(7)),
    stream.next(),
  );
  return {
    subject: opaque(world.seed, 'subject', person.index),
    kind: 'CITIZEN',
    staffRole: null,
    username: person.personalNumber,
    level: standing.level,
    status: standing.status,
    lockReason: standing.lockReason,
    lockedAt: standing.lockedOn === null ? null : officeInstant(standing.lockedOn, stream.next()),
    approvedAt: officeInstant(standing.approvedOn, 0),
    activatedAt: used ? activated : null,
    phone: phoneOf(world.seed, phoneOwner.index, false),
    email: emailOf(stream, person.fullName, person.index),
    boundDevice: used ? { model: stream.of(DEVICES), boundAt: activated } : null,
    identifiers: {
      kind: 'CITIZEN',
      personalNumber: person.personalNumber,
      cancelledNumbers: person.cancelledNumber === null ? [] : [person.cancelledNumber],
      oldIdNumber: person.oldIdNumber,
      fullName: person.fullName,
      matchName: nameKey(person.fullName),
      dateOfBirth: person.dateOfBirth,
      passports: passportsOf(world, person).map(({ number }) => number),
    },
    dependants: dependantsOf(world, home, person),
    linkedDocuments: [],
  };
}
