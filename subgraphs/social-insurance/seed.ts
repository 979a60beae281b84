import { identityColumns, identityValues, loadRows, verifiedColumns, verifiedValues } from '@dinhdanh/kit';
import type { CopyTable, Seed, SeedRow } from '@dinhdanh/kit';
import { everybody } from '@dinhdanh/people';
import type { HealthInsuranceRecord, SocialInsuranceRecord, SyntheticPerson } from '@dinhdanh/people';

const TABLES: readonly CopyTable[] = [
  {
    table: 'memberships',
    columns: [
      ...['ref', ...identityColumns, 'number', 'status', 'participation_type', 'total_months'],
      ...['managing_agency', ...verifiedColumns],
    ],
  },
  {
    table: 'contribution_periods',
    columns: ['membership_ref', 'position', 'from', 'to', 'employer', 'workplace', 'salary_base'],
  },
  { table: 'benefits', columns: ['membership_ref', 'position', 'kind', 'from', 'to', 'amount'] },
  {
    table: 'health_cards',
    columns: [
      ...['ref', ...identityColumns, 'code', 'valid_from', 'valid_to', 'issue_date', 'issue_place'],
      ...['facility_code', 'five_year_continuous_from', ...verifiedColumns],
    ],
  },
  { table: 'facilities', columns: ['code', 'name'] },
  {
    table: 'medical_visits',
    columns: [
      ...['health_card_ref', 'position', 'admitted_on', 'discharged_on', 'facility', 'reason'],
      'amount_paid',
    ],
  },
];

/** Fills the insurance database: the cast, then the people drawn from the seed. */
export const seed: Seed = ({ databaseUrl, progress, lastAct, ...drawn }) => {
  const facilities = new Set<string>();
  return loadRows({
    databaseUrl,
    progress,
    lastAct,
    tables: TABLES,
    things: everybody(drawn),
    rowsOf: (person) => rowsOf(person, facilities),
  });
};

/** `facilities` remembers which codes have their row: a hospital is told with every card registered there. */
function* rowsOf(person: SyntheticPerson, facilities: Set<string>): Generator<SeedRow> {
  const { socialInsurance: membership, healthInsurance: card } = person;
  if (membership !== undefined) yield* membershipRows(membership);
  if (card === undefined) return;
  yield* cardRows(card);
  const { code, name } = card.registeredFacility;
  if (facilities.has(code)) return;
  facilities.add(code);
  yield { table: 'facilities', row: [code, name] };
}

/** Records tell the latest first; positions grow with time. */
function* membershipRows(membership: SocialInsuranceRecord): Generator<SeedRow> {
  const { ref, holder, number, status, participationType, totalMonths, managingAgency } = membership;
  yield {
    table: 'memberships',
    row: [
      ...[ref, ...identityValues(holder), number, status, participationType, totalMonths, managingAgency],
      ...verifiedValues(membership),
    ],
  };
  for (const [position, period] of membership.contributionPeriods.toReversed().entries()) {
    const { from, to, employer, workplace, salaryBase } = period;
    yield {
      table: 'contribution_periods',
      row: [ref, position, from, to, employer, workplace, salaryBase],
    };
  }
  for (const [position, benefit] of membership.benefitsReceived.toReversed().entries()) {
    const { kind, from, to, amount } = benefit;
    yield { table: 'benefits', row: [ref, position, kind, from, to, amount] };
  }
}

/** Group, benefit and number are read out of the code, so that they cannot disagree with it. */
function* cardRows(card: HealthInsuranceRecord): Generator<SeedRow> {
  const { ref, holder, code15, validFrom, validTo, issueDate, issuePlace, registeredFacility } = card;
  yield {
    table: 'health_cards',
    row: [
      ...[ref, ...identityValues(holder), code15, validFrom, validTo, issueDate, issuePlace],
      ...[registeredFacility.code, card.fiveYearContinuousFrom, ...verifiedValues(card)],
    ],
  };
  for (const [position, visit] of card.medicalVisits.toReversed().entries()) {
    const { admittedOn, dischargedOn, facility, reason, amountPaid } = visit;
    yield {
      table: 'medical_visits',
      row: [ref, position, admittedOn, dischargedOn, facility, reason, amountPaid],
    };
  }
}
