import { loadRows, verifiedColumns, verifiedValues } from '@dinhdanh/kit';
import type { CopyTable, CopyValue, Seed, SeedOptions, SeedRow } from '@dinhdanh/kit';
import { ageBandOf, castPeopleOn, people, portrait } from '@dinhdanh/people';
import type {
  Address,
  HouseholdMember,
  PopulationRecord,
  RelatedPerson,
  SyntheticPerson,
} from '@dinhdanh/people';
import type { AddressKind, HouseholdPart, RelatedPart } from './store.ts';

/**
 * How many people besides the cast get a picture. Drawn pictures take about a kilobyte each; past these the archive
 * holds none and the cards of further people answer `portrait: null`.
 */
const PORTRAITS_KEPT = 10_000;

const TABLES: readonly CopyTable[] = [
  {
    table: 'citizens',
    columns: [
      'id',
      'personal_number',
      'previous_numbers',
      'old_id_number',
      'full_name',
      'other_name',
      'date_of_birth',
      'sex',
      'nationality',
      'ethnicity',
      'religion',
      'blood_group',
      'absent_from',
      'absent_to',
      'absence_destination',
      'absence_reason',
      'residence_file_number',
      'marital_status',
      'relation_to_head',
      'death_date',
      'missing_date',
      'phone',
      'email',
      'occupation',
      'status',
      'eid_status',
      'eid_lock_reason',
      'eid_locked_at',
      'eid_level',
      ...verifiedColumns,
    ],
  },
  {
    table: 'addresses',
    columns: [
      'citizen_id',
      'kind',
      'text',
      'province_code',
      'province_name',
      'commune_code',
      'commune_name',
      'detail',
      'legacy_text',
      'as_of',
      'tier',
      'valid_to',
    ],
  },
  {
    table: 'related_persons',
    columns: ['citizen_id', 'part', 'position', 'relation', 'full_name', 'personal_number'],
  },
  {
    table: 'household_members',
    columns: ['citizen_id', 'part', 'position', 'relation_to_head', 'full_name', 'personal_number'],
  },
  {
    table: 'identity_cards',
    columns: [
      'ref',
      'citizen_id',
      'personal_number',
      'document_type',
      'card_number',
      'issue_date',
      'expiry_date',
      'issue_place',
      'card_status',
      'identifying_features',
      'fingerprint_enrolled',
      'iris_enrolled',
      'passive_authentication',
      'chip_authentication',
      'face_match',
      'chip_checked_at',
      ...verifiedColumns,
    ],
  },
  { table: 'portraits', columns: ['card_ref', 'svg'] },
];

/** Fills the population database: the cast, then the people drawn from the seed. */
export const seed: Seed = ({ databaseUrl, progress, lastAct, ...drawn }) =>
  loadRows({ databaseUrl, progress, lastAct, tables: TABLES, things: citizens(drawn), rowsOf });

/** A record to be stored, and the day as of which its owner is portrayed; null for no portrait. */
interface Entry {
  readonly id: number;
  readonly record: PopulationRecord;
  readonly portrayedOn: string | null;
}

function* citizens({
  people: count,
  seed: drawnFrom,
  today,
}: Omit<SeedOptions, 'databaseUrl' | 'progress' | 'lastAct'>): Generator<Entry> {
  for (const person of castPeopleOn(today)) yield* entryOf(person, today);
  let place = 0;
  for (const person of people({ count, seed: drawnFrom, today })) {
    yield* entryOf(person, place < PORTRAITS_KEPT ? today : null);
    place += 1;
  }
}

function* entryOf(person: SyntheticPerson, portrayedOn: string | null): Generator<Entry> {
  // Computed anew at each reading: read once.
  const record = person.population;
  if (record !== undefined) yield { id: person.index, record, portrayedOn };
}

function* rowsOf({ id, record, portrayedOn }: Entry): Generator<SeedRow> {
  yield { table: 'citizens', row: citizenRow(id, record) };
  yield* addressRows(id, record);
  yield* relatedRows(id, record);
  yield* householdRows(id, record);
  if (record.identityCard === null) return;
  yield { table: 'identity_cards', row: cardRow(id, record, record.identityCard) };
  if (portrayedOn === null) return;
  const { ref, portraitSeed } = record.identityCard;
  const age = Number(portrayedOn.slice(0, 4)) - Number(record.dateOfBirth.slice(0, 4));
  const svg = portrait({ seed: portraitSeed, sex: record.sex, ageBand: ageBandOf(age) });
  yield { table: 'portraits', row: [ref, svg] };
}

function citizenRow(id: number, record: PopulationRecord): readonly CopyValue[] {
  const { temporaryAbsence: absence, eIdentity } = record;
  return [
    id,
    record.personalNumber,
    record.previousNumbers,
    record.oldIdNumber,
    record.fullName,
    record.otherName,
    record.dateOfBirth,
    record.sex,
    record.nationality,
    record.ethnicity,
    record.religion,
    record.bloodGroup,
    absence?.from ?? null,
    absence?.to ?? null,
    absence?.destination ?? null,
    absence?.reason ?? null,
    record.residenceFileNumber,
    record.maritalStatus,
    record.relationToHead,
    record.deathDate,
    record.missingDate,
    record.phone,
    record.email,
    record.occupation,
    record.status,
    eIdentity.status,
    eIdentity.lockReason,
    eIdentity.lockedAt,
    eIdentity.level,
    ...verifiedValues(record),
  ];
}

function* addressRows(id: number, record: PopulationRecord): Generator<SeedRow> {
  const places: readonly (readonly [AddressKind, (Address & { readonly validTo?: string }) | null])[] = [
    ['BIRTH', record.placeOfBirth],
    ['BIRTH_REGISTRATION', record.birthRegistrationPlace],
    ['ORIGIN', record.placeOfOrigin],
    ['PERMANENT', record.permanentResidence],
    ['TEMPORARY', record.temporaryResidence],
    ['CURRENT', record.currentResidence],
  ];
  for (const [kind, place] of places) {
    if (place === null) continue;
    const row = [
      id,
      kind,
      place.text,
      place.provinceCode,
      place.provinceName,
      place.communeCode,
      place.communeName,
      place.detail,
      place.legacyText,
      place.asOf,
      place.tier,
      place.validTo ?? null,
    ];
    yield { table: 'addresses', row };
  }
}

function* relatedRows(id: number, record: PopulationRecord): Generator<SeedRow> {
  const parts: readonly (readonly [RelatedPart, readonly (RelatedPerson | null)[]])[] = [
    ['FATHER', [record.father]],
    ['MOTHER', [record.mother]],
    ['SPOUSE', [record.spouse]],
    ['CHILD', record.children],
    ['REPRESENTATIVE', [record.legalRepresentative]],
    ['REPRESENTED', record.represented],
  ];
  for (const [part, persons] of parts) {
    for (const [position, person] of persons.entries()) {
      if (person === null) continue;
      const { relation, fullName, personalNumber } = person;
      yield { table: 'related_persons', row: [id, part, position, relation, fullName, personalNumber] };
    }
  }
}

function* householdRows(id: number, record: PopulationRecord): Generator<SeedRow> {
  const parts: readonly (readonly [HouseholdPart, readonly (HouseholdMember | null)[]])[] = [
    ['HEAD', [record.householdHead]],
    ['MEMBER', record.householdMembers],
  ];
  for (const [part, members] of parts) {
    for (const [position, member] of members.entries()) {
      if (member === null) continue;
      const { relationToHead, fullName, personalNumber } = member;
      yield {
        table: 'household_members',
        row: [id, part, position, relationToHead, fullName, personalNumber],
      };
    }
  }
}

function cardRow(
  id: number,
  record: PopulationRecord,
  card: NonNullable<PopulationRecord['identityCard']>,
): readonly CopyValue[] {
  const chip = card.chipVerification;
  return [
    card.ref,
    id,
    record.personalNumber,
    card.documentType,
    card.cardNumber,
    card.issueDate,
    card.expiryDate,
    card.issuePlace,
    card.cardStatus,
    card.identifyingFeatures,
    card.fingerprintEnrolled,
    card.irisEnrolled,
    chip?.passiveAuthentication ?? null,
    chip?.chipAuthentication ?? null,
    chip?.faceMatch ?? null,
    chip?.checkedAt ?? null,
    ...verifiedValues(record),
  ];
}
