import { loadRows, identityColumns, identityValues, verifiedColumns, verifiedValues } from '@dinhdanh/kit';
import type { CopyTable, CopyValue, Seed, SeedRow } from '@dinhdanh/kit';
import { everybody } from '@dinhdanh/people';
import type { ImmigrationRecord, SyntheticPerson } from '@dinhdanh/people';

const TABLES: readonly CopyTable[] = [
  {
    table: 'travellers',
    columns: [
      'id',
      'kind',
      ...identityColumns,
      'sex',
      'nationality',
      'temporary_stay_until',
      'entry_banned',
      'exit_suspended',
      ...verifiedColumns,
    ],
  },
  {
    table: 'passports',
    columns: [
      'ref',
      ...identityColumns,
      'type',
      'issue_date',
      'expiry_date',
      'issuer',
      'place_of_issue',
      'chip',
      ...verifiedColumns,
    ],
  },
  {
    table: 'visas',
    columns: [
      ...identityColumns,
      'code',
      'number',
      'entries',
      'valid_from',
      'valid_to',
      'sponsor',
      ...verifiedColumns,
    ],
  },
  {
    table: 'residence_cards',
    columns: [
      'ref',
      ...identityColumns,
      'kind',
      'symbol',
      'number',
      'issue_date',
      'expiry_date',
      'address',
      ...verifiedColumns,
    ],
  },
  { table: 'crossings', columns: ['traveller_id', 'direction', 'date', 'position', 'gate'] },
];

/** Fills the immigration database: the cast, then the people drawn from the seed. */
export const seed: Seed = ({ databaseUrl, progress, lastAct, ...drawn }) =>
  loadRows({ databaseUrl, progress, lastAct, tables: TABLES, things: everybody(drawn), rowsOf });

function* rowsOf(person: SyntheticPerson): Generator<SeedRow> {
  // Computed anew at each reading: read once.
  const record = person.immigration;
  if (record !== undefined) yield* fileRows(person.index, record);
}

function* fileRows(id: number, record: ImmigrationRecord): Generator<SeedRow> {
  const verified = verifiedValues(record);
  const holder = holderOf(record, null);
  yield {
    table: 'travellers',
    row: [
      id,
      record.kind,
      ...holder,
      record.sex,
      record.nationality,
      record.temporaryStayCertifiedUntil,
      record.entryBanned,
      record.exitSuspended,
      ...verified,
    ],
  };
  for (const passport of record.passports) {
    const { ref, type, issueDate, expiryDate, issuer, placeOfIssue, chip } = passport;
    const identity = holderOf(record, passport.number);
    const row = [ref, ...identity, type, issueDate, expiryDate, issuer, placeOfIssue, chip, ...verified];
    yield { table: 'passports', row };
  }
  for (const { code, number, entries, validFrom, validTo, sponsor } of record.visas) {
    yield {
      table: 'visas',
      row: [...holder, code, number, entries, validFrom, validTo, sponsor, ...verified],
    };
  }
  const card = record.residenceCard;
  if (card !== null) {
    const { ref, kind, symbol, number, issueDate, expiryDate, address } = card;
    const row = [ref, ...holder, kind, symbol, number, issueDate, expiryDate, address, ...verified];
    yield { table: 'residence_cards', row };
  }
  yield* crossingRows(id, record);
}

/** Latest first in the record, so the last of a day has the highest position. */
function* crossingRows(id: number, { entries, exits }: ImmigrationRecord): Generator<SeedRow> {
  for (const list of [entries, exits]) {
    for (const [place, { direction, date, gate }] of list.entries()) {
      yield { table: 'crossings', row: [id, direction, date, list.length - place, gate] };
    }
  }
}

function holderOf(record: ImmigrationRecord, passportNumber: string | null): readonly CopyValue[] {
  const { personalNumber, fullName, dateOfBirth } = record;
  return identityValues({ personalNumber, oldIdNumber: null, passportNumber, fullName, dateOfBirth });
}
