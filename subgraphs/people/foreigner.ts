import { addYears, ageOn, type Day, dayAt, iso, officeInstant } from './calendar.ts';
import { phoneOf } from './contact.ts';
import catalogue from './data/catalogue.json' with { type: 'json' };
import { houseAddress, PROVINCE_DRAW } from './geography.ts';
import type { World } from './household.ts';
import { journeys } from './immigration.ts';
import { nameKey } from './name-key.ts';
import { foreignerNumber, serial } from './numbers.ts';
import { opaque } from './opaque.ts';
import { ENTITY, mix, permute, Stream, Weighted } from './prng.ts';
import type {
  AccountRecord,
  ImmigrationRecord,
  PassportRecord,
  ResidenceCardRecord,
  SyntheticPerson,
} from './records.ts';

/** Foreigners are numbered from here, so that none of their counters meets a citizen's. */
export const FIRST_FOREIGNER = 3_000_000;

const ACTIVE = 0.765;
const countries = new Weighted(catalogue.countries.map((row) => [String(row[0]), Number(row[1])] as const));
/** Card symbols with the most years each may run. */
const FAMILY = ['TT', 3] as const;
const SYMBOLS = new Weighted<readonly [string, number]>([
  [['LĐ2', 2], 45],
  [['TT', 3], 25],
  [['ĐT3', 3], 10],
  [['DH', 5], 8],
  [['LV2', 5], 4],
  [['NN2', 3], 3],
  [['', 10], 5],
]);

/** A passport number in the pattern of the issuing country, unique by the counter in its last eight or seven digits. */
function foreignPassport(world: World, country: string, index: number): string {
  const tail = String(permute(mix(world.seed.b ^ 0x99), 1000, 10_000, index - FIRST_FOREIGNER)).padStart(
    7,
    '0',
  );
  const front: Readonly<Record<string, string>> = {
    KOR: 'M9',
    CHN: 'EX',
    JPN: 'TZ',
    TWN: '36',
    USA: 'A9',
    IND: 'Z',
    FRA: '29FX',
    GBR: '93',
    DEU: 'C9',
  };
  return `${front[country] ?? 'F'}${tail}`;
}

function nameOf(stream: Stream, country: string, male: boolean): string {
  const lists = (
    catalogue.foreignNames as Record<string, { surnames: string[]; male: string[]; female: string[] }>
  )[country];
  if (lists === undefined) return 'UNKNOWN';
  return `${stream.of(lists.surnames)} ${stream.of(male ? lists.male : lists.female)}`.trim();
}

function passportOf(
  world: World,
  index: number,
  country: string,
  issue: Day,
  stream: Stream,
): PassportRecord {
  return {
    ref: opaque(world.seed, 'passport', index * 2),
    number: foreignPassport(world, country, index),
    type: 'ORDINARY',
    issueDate: iso(issue),
    expiryDate: iso(addYears(issue, 10)),
    issuer: country,
    placeOfIssue: country,
    chip: stream.chance(0.9),
  };
}

/** On what ground and since when a foreigner lives here. */
interface Stay {
  readonly symbol: string;
  readonly years: number;
  readonly issue: Day;
  readonly passportIssue: Day;
}

function stayOf(stream: Stream, today: Day, birth: Day): Stay {
  const drawn = SYMBOLS.draw(stream);
  // Work, investment and study are for adults; a child comes with the family.
  const [symbol, years] = ageOn(birth, today) < 18 ? FAMILY : drawn;
  const issue = Math.max(birth + 400, today - stream.between(10, years * 300));
  return {
    symbol,
    years,
    issue,
    passportIssue: Math.max(birth + 30, today - 3400, issue - stream.between(120, 1500)),
  };
}

function cardOf(
  world: World,
  index: number,
  address: string,
  { symbol, years, issue, passportIssue }: Stay,
): ResidenceCardRecord {
  const passportEnd = addYears(passportIssue, 10);
  // A card ends at least 30 days before the passport (Law 47/2014 article 38).
  const expiry = Math.min(addYears(issue, years), passportEnd - 30);
  const kind = symbol === '' ? 'PERMANENT' : 'TEMPORARY';
  return {
    ref: opaque(world.seed, 'residence-card', index),
    kind,
    symbol: symbol === '' ? null : symbol,
    number: `${symbol === '' ? 'AP' : 'NT'}${String(index).padStart(9, '0')}`,
    issueDate: iso(issue),
    expiryDate: iso(kind === 'PERMANENT' ? addYears(issue, years) : expiry),
    address,
  };
}

function dayFrom(text: string): Day {
  return dayAt(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));
}

function immigrationOf(world: World, index: number, stream: Stream): ImmigrationRecord {
  const country = countries.draw(stream);
  const male = stream.chance(0.62);
  const birth = world.today - stream.between(8 * 366, 68 * 365);
  const stay = stayOf(stream, world.today, birth);
  const passport = passportOf(world, index, country, stay.passportIssue, stream);
  const province = PROVINCE_DRAW.draw(stream);
  const commune = province.draw.draw(stream);
  const address = `${houseAddress(stream, commune)}, ${commune.name}, ${province.fullName}`;
  const card = cardOf(world, index, address, stay);
  const entered = dayFrom(card.issueDate) - stream.between(20, 80);
  return {
    kind: 'FOREIGN_RESIDENT',
    personalNumber: foreignerNumber(world.seed, index - FIRST_FOREIGNER),
    fullName: nameOf(stream, country, male),
    dateOfBirth: iso(birth),
    sex: stream.chance(0.002) ? 'UNSPECIFIED' : male ? 'MALE' : 'FEMALE',
    nationality: [country],
    passports: [passport],
    visas: [
      {
        code: card.symbol ?? 'TT',
        number: `VX${serial(stream.next(), 7)}`,
        entries: stream.chance(0.7) ? 'MULTIPLE' : 'SINGLE',
        validFrom: iso(entered - 5),
        validTo: iso(entered + 85),
        sponsor: stream.of(catalogue.employers),
      },
    ],
    residenceCard: card,
    temporaryStayCertifiedUntil: card.kind === 'TEMPORARY' ? card.expiryDate : null,
    ...journeys(stream, world.today, 5),
    entryBanned: false,
    exitSuspended: false,
    verifiedAt: officeInstant(dayFrom(card.issueDate), stream.next()),
    assurance: 'DOCUMENT',
  };
}

function accountOf(world: World, index: number, record: ImmigrationRecord, stream: Stream): AccountRecord {
  const active = stream.chance(ACTIVE);
  const approved = Math.max(dayAt(2025, 7, 1), dayFrom(record.residenceCard?.issueDate ?? '2025-07-01'));
  const activated = officeInstant(Math.min(world.today, approved + stream.below(7)), stream.next());
  return {
    subject: opaque(world.seed, 'subject', index),
    kind: 'FOREIGN_RESIDENT',
    staffRole: null,
    username: record.personalNumber,
    level: 2,
    status: active ? 'ACTIVE' : 'APPROVED',
    lockReason: null,
    lockedAt: null,
    approvedAt: officeInstant(approved, 0),
    activatedAt: active ? activated : null,
    phone: phoneOf(world.seed, index, false),
    email: `resident.${index}@example.com`,
    boundDevice: active ? { model: 'iPhone 15', boundAt: activated } : null,
    identifiers: {
      kind: 'FOREIGN_RESIDENT',
      personalNumber: record.personalNumber,
      cancelledNumbers: [],
      oldIdNumber: null,
      fullName: record.fullName,
      matchName: nameKey(record.fullName),
      dateOfBirth: record.dateOfBirth,
      passports: record.passports.map(({ number }) => number),
    },
    dependants: [],
    linkedDocuments: [],
  };
}

/** A foreigner with a residence card; the other registries know nothing of bulk foreigners. */
export function foreigner(world: World, ordinal: number): SyntheticPerson {
  const index = FIRST_FOREIGNER + ordinal;
  const stream = new Stream(world.seed, ENTITY.foreigner, index);
  const record = immigrationOf(world, index, stream);
  return {
    index,
    kind: 'FOREIGN_RESIDENT',
    account: accountOf(world, index, record, stream),
    population: undefined,
    immigration: record,
    drivingLicences: [],
    vehicles: [],
    retainedPlates: [],
    socialInsurance: undefined,
    healthInsurance: undefined,
  };
}
