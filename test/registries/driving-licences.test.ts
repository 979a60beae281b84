import { service } from '@dinhdanh/driving-licences';
import { openRegistrar } from '@dinhdanh/driving-licences/registrar';
import type { Registrar } from '@dinhdanh/driving-licences/registrar';
import { seed } from '@dinhdanh/driving-licences/seed';
import { persona } from '@dinhdanh/people';
import type { DrivingLicenceRecord } from '@dinhdanh/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeGuards } from './registry-guards.ts';
import {
  isShown,
  SOURCE,
  statementsByTable,
  subjectOfPersona,
  tellEverybody,
  toldOfRow,
} from './registry-records.ts';
import { callerOf, entities, startRegistry, subjectOf } from './registry-under-test.ts';
import type { RegistryUnderTest, Subject } from './registry-under-test.ts';

const LICENCE = `ref holder holderName holderDateOfBirth number status
  classes { class scheme passDate issueDate expiryDate } restrictions { code text } issuingAuthority issueDate
  points { group value lastDeductionAt restoreAt }
  deductions { nodes { date points group article decisionNo ${SOURCE} } pageInfo { hasNextPage } }
  heldOrSuspended { kind from until authority decisionNo } ${SOURCE}`;
const EVERYTHING = `... on Person { drivingLicences { ${LICENCE} } }`;
const DATABASE = {
  database: 'Cơ sở dữ liệu giấy phép lái xe',
  agency: 'Cục Cảnh sát giao thông, Bộ Công an',
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
const licencesOf = async (selection: string, subject: Subject) =>
  (await ask(`... on Person { drivingLicences { ${selection} } }`, subject)).body.data._entities[0]
    .drivingLicences;

function toldOfLicence(record: DrivingLicenceRecord, jti: string) {
  const { verifiedAt: _, assurance: _assurance, deductions, points, ...rest } = record;
  const told = toldOfRow(record, jti, DATABASE);
  const nodes = deductions.map((deduction) => ({ ...deduction, source: told.source }));
  return {
    ...rest,
    ...told,
    points: points.toSorted((one, other) => (one.group < other.group ? -1 : 1)),
    deductions: { nodes, pageInfo: { hasNextPage: false } },
  };
}

const byIssueDate = (one: DrivingLicenceRecord, other: DrivingLicenceRecord): number =>
  `${one.issueDate}${one.ref}` < `${other.issueDate}${other.ref}` ? -1 : 1;

describe('driving licences', () => {
  it('are answered field by field as they were seeded, for the cast and everybody drawn', async () => {
    let shown = 0;
    for (const { person: seeded, subject, jti, answer } of await tellEverybody(registry, EVERYTHING)) {
      const licences = seeded.drivingLicences.filter((one) => isShown(one, subject)).toSorted(byIssueDate);
      expect(answer.drivingLicences).toEqual(licences.map((licence) => toldOfLicence(licence, jti)));
      shown += licences.length;
    }
    expect(shown).toBeGreaterThan(100);
  });

  it('of one person or of several cost one statement a table', async () => {
    const subjects = [persona('level2'), persona('guardian'), persona('fleet')].map(subjectOfPersona);
    await ask(EVERYTHING, ...subjects);
    for (const asked of [subjects.slice(0, 1), subjects]) {
      expect(await statementsByTable(registry, () => ask(EVERYTHING, ...asked))).toEqual([
        ['licence_classes', 1],
        ['licence_points', 1],
        ['licence_restrictions', 1],
        ['licences', 1],
        ['points_deductions', 1],
        ['served', 1],
      ]);
    }
  });

  it('whose name or birth date differ from the verified ones are shown, with a notice that tells no value', async () => {
    const { ref = '' } = persona('level1').records.drivingLicences[0] ?? {};
    await registry.sql(
      `UPDATE licences SET match_name = 'tran quoc kuong', date_of_birth = '1996' WHERE ref = $1`,
      [ref],
    );
    const answer = await ask(
      '... on Person { drivingLicences { ref } }',
      subjectOfPersona(persona('level1')),
    );
    expect(answer.body.data._entities[0].drivingLicences).toEqual([{ ref }]);
    expect(answer.body.extensions.notices).toEqual([
      { code: 'SOURCE_MISMATCH', field: 'holderName' },
      { code: 'SOURCE_MISMATCH', field: 'holderDateOfBirth' },
    ]);
  });

  it('of a foreigner from before the identification number are found by passport, name and birth date', async () => {
    const foreigner = subjectOf('foreigner', {
      kind: 'FOREIGN_RESIDENT',
      personalNumber: '098900000999',
      passports: ['M90000999'],
      matchName: 'kim min jae',
      dateOfBirth: '1985-03-30',
    });
    await registry.sql(
      `INSERT INTO licences (ref, passport_number, holder_name, match_name, date_of_birth, number, issuing_authority,
         issue_date, verified_at, assurance, synthetic)
       VALUES ('by-passport', 'M90000999', 'KIM MIN JAE', 'kim min jae', '1985-03-30', 'N1', 'A', '2015-01-01', now(), 'DOCUMENT', true),
              ('of-another', 'M90000999', 'KIM MIN SU', 'kim min su', '1985-03-30', 'N2', 'A', '2015-01-01', now(), 'DOCUMENT', true)`,
    );
    expect(await licencesOf('ref', foreigner)).toEqual([{ ref: 'by-passport' }]);
  });
});

describe('whether a licence of a class is held', () => {
  const holds = async (letters: string, scheme: string, ...subjects: Subject[]) =>
    (await ask(`... on Person { holdsLicence(class: ${letters}, scheme: ${scheme}) }`, ...subjects)).body.data
      ._entities;

  it.each([
    ['level2', 'B', 'LAW_2024', true],
    ['level2', 'B2', 'PRE_2025', false],
    ['level2', 'A1', 'PRE_2025', true],
    ['level2', 'A1', 'LAW_2024', false],
    ['locked', 'A1', 'PRE_2025', true],
    ['locked', 'C', 'PRE_2025', false],
    ['mismatch', 'B2', 'PRE_2025', false],
    ['foreigner', 'B', 'LAW_2024', true],
    ['child', 'A1', 'PRE_2025', false],
  ] as const)('of %s: %s of %s: %s', async (key, letters, scheme, held) => {
    const answer = await holds(letters, scheme, subjectOfPersona(persona(key)));
    expect(answer).toEqual([{ holdsLicence: held }]);
  });

  it('costs one statement on each of two tables, for several people too', async () => {
    const subjects = [persona('level2'), persona('guardian'), persona('child')].map(subjectOfPersona);
    const told = [{ holdsLicence: true }, { holdsLicence: true }, { holdsLicence: false }];
    expect(await holds('A1', 'PRE_2025', ...subjects)).toEqual(told);
    expect(await statementsByTable(registry, () => holds('A1', 'PRE_2025', ...subjects))).toEqual([
      ['licence_classes', 1],
      ['licences', 1],
      ['served', 1],
    ]);
  });
});

describe('a suspension', () => {
  const level2 = subjectOfPersona(persona('level2'));
  const { ref = '' } = persona('level2').records.drivingLicences[0] ?? {};
  const hold = {
    kind: 'SUSPENDED',
    from: '2026-11-01',
    until: '2026-11-22',
    authority: 'A',
    decisionNo: 'D',
  } as const;
  const read = () => licencesOf('status heldOrSuspended { kind until }', level2);

  it('stops a licence until its last day, and then no more', async () => {
    await registrar.holdLicence(ref, hold);
    const held = [{ status: 'NOT_VALID', heldOrSuspended: { kind: 'SUSPENDED', until: '2026-11-22' } }];
    expect(await read()).toEqual(held);
    registry.clock.advance(24 * 3600);
    expect(await read()).toEqual(held);
    registry.clock.advance(24 * 3600);
    expect(await read()).toEqual([{ status: 'VALID', heldOrSuspended: null }]);
    registry.clock.advance(-48 * 3600);
    await registrar.holdLicence(ref, null);
    expect(await read()).toEqual([{ status: 'VALID', heldOrSuspended: null }]);
  });
});

describe('the registrar', () => {
  const guardian = subjectOfPersona(persona('guardian'));
  const { ref = '', points: before = [] } = persona('guardian').records.drivingLicences[0] ?? {};
  const [first] = before;
  const offence = (points: number, group = first?.group ?? 'CAR') => ({
    ...{ ref, group, points, date: '2026-11-20', article: 'Điều 6', decisionNo: 'Q', authority: 'A' },
  });

  it('takes points off, one offence after another, however many come at once', async () => {
    const { value = 0, group } = first ?? {};
    await Promise.all([1, 1, 1, 1, 1].map((points) => registrar.deductPoints(offence(points))));
    const [licence] = await licencesOf(
      'points { group value restoreAt } deductions { nodes { points } }',
      guardian,
    );
    expect(licence.points).toContainEqual({ group, value: value - 5, restoreAt: '2027-11-20' });
    const already = persona('guardian').records.drivingLicences[0]?.deductions.length ?? 0;
    expect(licence.deductions.nodes).toHaveLength(already + 5);
  });

  it('stops a licence of which no group has points left', async () => {
    for (const { group } of before) await registrar.deductPoints(offence(12, group));
    const [licence] = await licencesOf(
      'status points { value restoreAt } heldOrSuspended { kind }',
      guardian,
    );
    expect(licence).toEqual({
      status: 'NOT_VALID',
      points: before.map(() => ({ value: 0, restoreAt: null })),
      heldOrSuspended: { kind: 'ZERO_POINTS' },
    });
  });

  it('renews the classes that end, and those alone', async () => {
    await registrar.renewLicence({
      ref,
      issueDate: '2026-11-20',
      issuingAuthority: 'A',
      expiryDate: '2036-11-20',
    });
    const [licence] = await licencesOf('issueDate classes { expiryDate }', guardian);
    const classes = persona('guardian').records.drivingLicences[0]?.classes ?? [];
    expect(licence).toEqual({
      issueDate: '2026-11-20',
      classes: classes.map(({ expiryDate }) => ({ expiryDate: expiryDate && '2036-11-20' })),
    });
  });

  it('appends each change with its keys, and refuses without a trace', async () => {
    const query = '{ drivingLicenceChanges { nodes { kind keys { role value } } } }';
    const nodes = (await registry.client.ask(query)).body.data.drivingLicenceChanges.nodes;
    await expect(registrar.holdLicence('no-such-licence', null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(registrar.deductPoints({ ...offence(1), ref: 'none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await registry.client.ask(query)).body.data.drivingLicenceChanges.nodes).toEqual(nodes);
    expect(nodes.at(-1)).toEqual({
      kind: 'LICENCE_CHANGED',
      keys: [
        { role: 'DOCUMENT', value: ref },
        { role: 'PERSON', value: guardian.identifiers.personalNumber },
      ],
    });
    expect(new Set(nodes.map(({ kind }: { kind: string }) => kind))).toEqual(
      new Set(['HOLD_CHANGED', 'POINTS_CHANGED', 'LICENCE_CHANGED']),
    );
  });
});

describeGuards({
  registry: () => registry,
  name: 'driving-licences',
  owner: subjectOfPersona(persona('level2')),
  stranger: subjectOfPersona(persona('fleet')),
  document: {
    __typename: 'DrivingLicence',
    ref: persona('level2').records.drivingLicences[0]?.ref ?? 'none',
  },
  selection: 'drivingLicences { number }',
  changes: 'drivingLicenceChanges',
});
