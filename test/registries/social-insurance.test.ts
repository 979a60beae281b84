import { persona } from '@dinhdanh/people';
import type { HealthInsuranceRecord, SocialInsuranceRecord } from '@dinhdanh/people';
import { service } from '@dinhdanh/social-insurance';
import { openRegistrar } from '@dinhdanh/social-insurance/registrar';
import type { Registrar } from '@dinhdanh/social-insurance/registrar';
import { seed } from '@dinhdanh/social-insurance/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeGuards } from './registry-guards.ts';
import { SOURCE, statementsByTable, subjectOfPersona, tellEverybody, toldOfRow } from './registry-records.ts';
import { callerOf, entities, failures, startRegistry } from './registry-under-test.ts';
import type { RegistryUnderTest, Subject } from './registry-under-test.ts';

const EVERYTHING = `... on Person {
  socialInsurance {
    ref holder holderName holderDateOfBirth number status participationType totalMonths managingAgency
    contributionPeriods { nodes { from to employer workplace salaryBase ${SOURCE} } pageInfo { hasNextPage } }
    benefitsReceived { nodes { kind from to amount ${SOURCE} } pageInfo { hasNextPage } } ${SOURCE}
  }
  healthInsurance {
    ref holder holderName holderDateOfBirth number code15 object benefitLevel ratePercent validFrom validTo issueDate
    issuePlace registeredFacility { code name } fiveYearContinuousFrom
    medicalVisits { nodes { admittedOn dischargedOn facility reason amountPaid ${SOURCE} } pageInfo { hasNextPage } }
    ${SOURCE}
  }
}`;
const DATABASE = {
  database: 'Cơ sở dữ liệu quốc gia về bảo hiểm',
  agency: 'Bảo hiểm xã hội Việt Nam, Bộ Tài chính',
};

let registry: RegistryUnderTest;
let registrar: Registrar;
beforeAll(async () => {
  registry = await startRegistry(service, seed);
  registrar = openRegistrar(registry);
});
afterAll(async () => {
  await registrar.close();
  await registry.stop();
});

const person = ({ subject }: Subject) => ({ __typename: 'Person', subject });
const ask = (selection: string, ...subjects: Subject[]) =>
  entities(registry, selection, subjects.map(person), callerOf(...subjects));

const page = <Node extends object>(nodes: readonly Node[], source: unknown) => ({
  nodes: nodes.map((node) => ({ ...node, source })),
  pageInfo: { hasNextPage: false },
});

function toldOfMembership(record: SocialInsuranceRecord | undefined, jti: string) {
  if (record === undefined) return null;
  const { verifiedAt: _, assurance: _assurance, ...rest } = record;
  const told = toldOfRow(record, jti, DATABASE);
  return {
    ...rest,
    ...told,
    // The schema tells periods oldest first, the record latest first.
    contributionPeriods: page(record.contributionPeriods.toReversed(), told.source),
    benefitsReceived: page(record.benefitsReceived, told.source),
  };
}

function toldOfCard(record: HealthInsuranceRecord | undefined, jti: string) {
  if (record === undefined) return null;
  const { verifiedAt: _, assurance: _assurance, ...rest } = record;
  const told = toldOfRow(record, jti, DATABASE);
  return { ...rest, ...told, medicalVisits: page(record.medicalVisits, told.source) };
}

describe('social and health insurance', () => {
  it('R9 R87: are answered field by field as they were seeded, for the cast and everybody drawn', async () => {
    let shown = 0;
    for (const { person: seeded, jti, answer } of await tellEverybody(registry, EVERYTHING)) {
      expect(answer.socialInsurance).toEqual(toldOfMembership(seeded.socialInsurance, jti));
      expect(answer.healthInsurance).toEqual(toldOfCard(seeded.healthInsurance, jti));
      shown += Number(answer.socialInsurance !== null) + Number(answer.healthInsurance !== null);
    }
    expect(shown).toBeGreaterThan(200);
  });

  it('of one person or of several cost one statement a table', async () => {
    const subjects = [persona('level2'), persona('guardian'), persona('fleet')].map(subjectOfPersona);
    await ask(EVERYTHING, ...subjects);
    for (const asked of [subjects.slice(0, 1), subjects]) {
      expect(await statementsByTable(registry, () => ask(EVERYTHING, ...asked))).toEqual([
        ['benefits', 1],
        ['contribution_periods', 1],
        ['facilities', 1],
        ['health_cards', 1],
        ['medical_visits', 1],
        ['memberships', 1],
        ['served', 1],
      ]);
    }
  });

  it('answers a health card by its reference to its owner alone', async () => {
    const { ref = '' } = persona('level2').records.healthInsurance ?? {};
    const asked = [{ __typename: 'HealthInsurance', ref }];
    const read = '... on HealthInsurance { ref number }';
    const own = await entities(registry, read, asked, callerOf(subjectOfPersona(persona('level2'))));
    expect(own.body.data._entities).toMatchObject([{ ref }]);
    const foreign = await entities(registry, read, asked, callerOf(subjectOfPersona(persona('fleet'))));
    expect(failures(foreign)).toEqual([['NOT_FOUND', '_entities.0']]);
  });
});

describe('a person with two health cards', () => {
  const level1 = subjectOfPersona(persona('level1'));
  const { ref = '' } = persona('level1').records.healthInsurance ?? {};
  const shown = async () =>
    (await ask('... on Person { healthInsurance { ref } }', level1)).body.data._entities[0].healthInsurance
      .ref;

  it('is told of the one in force, or of the last where none is', async () => {
    await registry.sql(
      `INSERT INTO health_cards SELECT 'next', personal_number, old_id_number, passport_number, holder_name, match_name,
         date_of_birth, code, '2030-01-01', '2030-12-31', issue_date, issue_place, facility_code, null, verified_at,
         assurance, synthetic FROM health_cards WHERE ref = $1`,
      [ref],
    );
    expect(await shown()).toBe(ref);
    await registry.sql(`UPDATE health_cards SET valid_to = '2026-11-20' WHERE ref = $1`, [ref]);
    expect(await shown()).toBe('next');
  });
});

describe('the registrar', () => {
  const subject = subjectOfPersona(persona('level2'));
  const membership = persona('level2').records.socialInsurance;
  const card = persona('level2').records.healthInsurance;
  const [ref = '', cardRef = ''] = [membership?.ref, card?.ref];
  const paid = { ref, employer: 'Công ty M', workplace: 'Hà Nội', salaryBase: 9_007_199_254_740_991n };

  it('books contributions into the running period, and a new one where the employer changes', async () => {
    await registrar.recordContribution({ ...paid, month: '2027-01' });
    await registrar.recordContribution({ ...paid, month: '2027-02' });
    await expect(registrar.recordContribution({ ...paid, month: '2027-02' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const read =
      '... on Person { socialInsurance { totalMonths contributionPeriods { nodes { from to salaryBase } } } }';
    const told = (await ask(read, subject)).body.data._entities[0].socialInsurance;
    expect(told.totalMonths).toBe((membership?.totalMonths ?? 0) + 2);
    const periods = told.contributionPeriods.nodes;
    expect(periods).toHaveLength((membership?.contributionPeriods.length ?? 0) + 1);
    expect(periods.at(-1)).toEqual({ from: '2027-01', to: null, salaryBase: 9_007_199_254_740_991 });
    expect(periods.at(-2).to).toBe('2026-12');
  });

  it('registers a facility and keeps a visit, the latest of which is told first', async () => {
    await registrar.registerFacility(cardRef, { code: '99999', name: 'Trạm y tế M' });
    await registrar.recordVisit({
      healthCardRef: cardRef,
      admittedOn: '2026-11-20',
      dischargedOn: null,
      facility: 'Trạm y tế M',
      reason: 'Ho',
      amountPaid: 1_000n,
    });
    const read = `... on Person { healthInsurance { registeredFacility { code name } medicalVisits(first: 1) { nodes { reason } } } }`;
    expect((await ask(read, subject)).body.data._entities[0].healthInsurance).toEqual({
      registeredFacility: { code: '99999', name: 'Trạm y tế M' },
      medicalVisits: { nodes: [{ reason: 'Ho' }] },
    });
  });

  it('appends each change with its keys, in pages, and refuses without a trace', async () => {
    for (const refused of [
      registrar.recordContribution({ ...paid, ref: 'none', month: '2027-03' }),
      registrar.registerFacility('none', { code: '1', name: 'n' }),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const query = `query ($after: String) { socialInsuranceChanges(first: 2, after: $after) {
      nodes { cursor kind keys { role value } } pageInfo { hasNextPage endCursor } } }`;
    const first = (await registry.client.ask(query)).body.data.socialInsuranceChanges;
    expect(first.pageInfo).toEqual({ hasNextPage: true, endCursor: first.nodes[1].cursor });
    const after = first.pageInfo.endCursor;
    const second = (await registry.client.ask(query, { after })).body.data.socialInsuranceChanges;
    expect(second.pageInfo.hasNextPage).toBe(false);
    const person = { role: 'PERSON', value: subject.identifiers.personalNumber };
    const told = [...first.nodes, ...second.nodes].map(({ kind, keys }) => ({ kind, keys }));
    expect(told).toEqual([
      { kind: 'CONTRIBUTION_RECORDED', keys: [{ role: 'DOCUMENT', value: ref }, person] },
      { kind: 'CONTRIBUTION_RECORDED', keys: [{ role: 'DOCUMENT', value: ref }, person] },
      { kind: 'HEALTH_CARD_CHANGED', keys: [{ role: 'DOCUMENT', value: cardRef }, person] },
      { kind: 'BENEFIT_RECORDED', keys: [{ role: 'DOCUMENT', value: cardRef }, person] },
    ]);
  });
});

describeGuards({
  registry: () => registry,
  name: 'social-insurance',
  owner: subjectOfPersona(persona('level2')),
  stranger: subjectOfPersona(persona('guardian')),
  document: { __typename: 'SocialInsurance', ref: persona('level2').records.socialInsurance?.ref ?? 'none' },
  selection: 'socialInsurance { number }',
  changes: 'socialInsuranceChanges',
});
