import { identityColumns, identityValues, loadRows, verifiedColumns, verifiedValues } from '@dinhdanh/kit';
import type { CopyTable, Seed, SeedRow } from '@dinhdanh/kit';
import { everybody } from '@dinhdanh/people';
import type { DrivingLicenceRecord, SyntheticPerson } from '@dinhdanh/people';

const TABLES: readonly CopyTable[] = [
  {
    table: 'licences',
    columns: [
      ...['ref', ...identityColumns, 'number', 'hold_kind', 'hold_from', 'hold_until', 'hold_authority'],
      ...['hold_decision_no', 'issuing_authority', 'issue_date', ...verifiedColumns],
    ],
  },
  {
    table: 'licence_classes',
    columns: ['licence_ref', 'position', 'class', 'scheme', 'pass_date', 'issue_date', 'expiry_date'],
  },
  { table: 'licence_restrictions', columns: ['licence_ref', 'position', 'code', 'text'] },
  { table: 'licence_points', columns: ['licence_ref', 'group', 'value', 'last_deduction_at', 'restore_at'] },
  {
    table: 'points_deductions',
    columns: ['licence_ref', 'position', 'date', 'points', 'group', 'article', 'decision_no'],
  },
];

/** Fills the licence database: the cast, then the people drawn from the seed. */
export const seed: Seed = ({ databaseUrl, progress, lastAct, ...drawn }) =>
  loadRows({ databaseUrl, progress, lastAct, tables: TABLES, things: everybody(drawn), rowsOf });

function* rowsOf(person: SyntheticPerson): Generator<SeedRow> {
  for (const licence of person.drivingLicences) {
    yield { table: 'licences', row: licenceRow(licence) };
    yield* classRows(licence);
    yield* restrictionRows(licence);
    yield* pointsRows(licence);
    yield* deductionRows(licence);
  }
}

function licenceRow({ ref, holder, number, heldOrSuspended: hold, ...licence }: DrivingLicenceRecord) {
  return [
    ...[ref, ...identityValues(holder), number],
    ...[hold?.kind ?? null, hold?.from ?? null, hold?.until ?? null],
    ...[hold?.authority ?? null, hold?.decisionNo ?? null],
    ...[licence.issuingAuthority, licence.issueDate, ...verifiedValues(licence)],
  ];
}

function* classRows({ ref, classes }: DrivingLicenceRecord): Generator<SeedRow> {
  for (const [position, held] of classes.entries()) {
    const dates = [held.passDate, held.issueDate, held.expiryDate];
    yield { table: 'licence_classes', row: [ref, position, held.class, held.scheme, ...dates] };
  }
}

function* restrictionRows({ ref, restrictions }: DrivingLicenceRecord): Generator<SeedRow> {
  for (const [position, { code, text }] of restrictions.entries())
    yield { table: 'licence_restrictions', row: [ref, position, code, text] };
}

function* pointsRows({ ref, points }: DrivingLicenceRecord): Generator<SeedRow> {
  for (const { group, value, lastDeductionAt, restoreAt } of points)
    yield { table: 'licence_points', row: [ref, group, value, lastDeductionAt, restoreAt] };
}

/** The record tells the latest first; positions grow with time. */
function* deductionRows({ ref, deductions }: DrivingLicenceRecord): Generator<SeedRow> {
  for (const [position, deduction] of deductions.toReversed().entries()) {
    const { date, points, group, article, decisionNo } = deduction;
    yield { table: 'points_deductions', row: [ref, position, date, points, group, article, decisionNo] };
  }
}
