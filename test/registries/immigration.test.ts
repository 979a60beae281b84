import { service } from '@dinhdanh/immigration';
import { openRegistrar } from '@dinhdanh/immigration/registrar';
import { seed } from '@dinhdanh/immigration/seed';
import { attestHolder, matchName } from '@dinhdanh/kit';
import { castPeople, people, persona } from '@dinhdanh/people';
import type { ImmigrationRecord } from '@dinhdanh/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOURCE, statementsByTable, subjectOfPersona } from './registry-records.ts';
import {
  callerOf,
  entities,
  failures,
  REGISTRY_KEY,
  SEEDED,
  startRegistry,
  subjectOf,
} from './registry-under-test.ts';
import type { RegistryUnderTest, Subject } from './registry-under-test.ts';

const PASSPORT = `ref holder holderName holderDateOfBirth number type issueDate expiryDate issuer placeOfIssue chip ${SOURCE}`;
const COMMON = `passports { ${PASSPORT} }
  visas { holder code number entries validFrom validTo sponsor ${SOURCE} }
  entries(first: 100) { nodes { date gate direction ${SOURCE} } }
  exits(first: 100) { nodes { date gate direction ${SOURCE} } } entryBanned exitSuspended`;
const CITIZEN = `... on Citizen { __typename subject ${COMMON} }`;
const FOREIGNER = `... on ForeignResident { __typename subject holder personalNumber fullName dateOfBirth sex nationality
  permanentResidence { text } identityCard { cardNumber } ${COMMON} temporaryStayCertifiedUntil ${SOURCE}
  residenceCard { ref holder kind symbol number issueDate expiryDate address ${SOURCE} } }`;

let registry: RegistryUnderTest;
beforeAll(async () => {
  registry = await startRegistry(service, seed);
});
afterAll(() => registry.stop());

const reference = ({ subject: id, identifiers }: Subject) => ({
  __typename: identifiers.kind === 'CITIZEN' ? 'Citizen' : 'ForeignResident',
  subject: id,
});
const ask = (selection: string, ...subjects: Subject[]) =>
  entities(registry, selection, subjects.map(reference), callerOf(...subjects));

/** Whoever the record is of, as an account would have verified them. */
const ownerOf = (record: ImmigrationRecord): Subject =>
  subjectOf(`subject-of-${record.personalNumber}`, {
    kind: record.kind,
    personalNumber: record.personalNumber,
    matchName: matchName(record.fullName),
    dateOfBirth: record.dateOfBirth,
    passports: record.passports.map(({ number }) => number),
  });

/** What the registry must answer of a record: the record itself. */
function toldOf(record: ImmigrationRecord, id: string, jti: string): unknown {
  const source = {
    database: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh',
    agency: 'Cục Quản lý xuất nhập cảnh, Bộ Công an',
    fetchedAt: `${SEEDED.today}T03:00:00.000Z`,
    verifiedAt: new Date(record.verifiedAt).toISOString(),
    assurance: record.assurance,
    synthetic: true,
  };
  const holder = attestHolder(REGISTRY_KEY, jti, record.personalNumber);
  const { kind, fullName, dateOfBirth } = record;
  const common = {
    __typename: kind === 'CITIZEN' ? 'Citizen' : 'ForeignResident',
    subject: id,
    passports: record.passports.map((passport) => ({
      ...passport,
      holder,
      holderName: fullName,
      holderDateOfBirth: dateOfBirth,
      source,
    })),
    visas: record.visas.map((visa) => ({ ...visa, holder, source })),
    entries: { nodes: record.entries.map((entry) => ({ ...entry, source })) },
    exits: { nodes: record.exits.map((exit) => ({ ...exit, source })) },
    entryBanned: record.entryBanned,
    exitSuspended: record.exitSuspended,
  };
  if (kind === 'CITIZEN') return common;
  return {
    ...common,
    holder,
    personalNumber: record.personalNumber,
    fullName,
    dateOfBirth,
    sex: record.sex,
    nationality: record.nationality,
    permanentResidence: null,
    identityCard: null,
    temporaryStayCertifiedUntil: record.temporaryStayCertifiedUntil,
    source,
    residenceCard: record.residenceCard && { ...record.residenceCard, holder, source },
  };
}

describe('an immigration record', () => {
  const drawn = people({ count: SEEDED.people, seed: SEEDED.seed, today: SEEDED.today });
  const records = [...castPeople, ...drawn].flatMap(({ immigration }) => immigration ?? []);

  it('is answered field by field as it was seeded, for all of the cast and everybody drawn', async () => {
    expect(records.filter(({ kind }) => kind === 'FOREIGN_RESIDENT').length).toBeGreaterThan(1);
    for (const record of records) {
      const owner = ownerOf(record);
      const jti = `request-${record.personalNumber}.0`;
      const selection = record.kind === 'CITIZEN' ? CITIZEN : FOREIGNER;
      const answer = await entities(registry, selection, [reference(owner)], { ...callerOf(owner), jti });
      expect(answer.body.errors).toBeUndefined();
      expect(answer.body.data._entities).toEqual([toldOf(record, owner.subject, jti)]);
    }
  });

  it('that a citizen does not have is empty lists, that a foreigner does not have is not found', async () => {
    const citizen = subjectOf('citizen', { personalNumber: '097999999999' });
    const foreigner = subjectOf('foreigner', { personalNumber: '097999999998', kind: 'FOREIGN_RESIDENT' });
    const answer = await ask(`${CITIZEN} ${FOREIGNER}`, citizen, foreigner);
    expect(failures(answer)).toEqual([['NOT_FOUND', '_entities.1']]);
    expect(answer.body.data._entities[0]).toEqual({
      __typename: 'Citizen',
      subject: 'citizen',
      passports: [],
      visas: [],
      entries: { nodes: [] },
      exits: { nodes: [] },
      entryBanned: false,
      exitSuspended: false,
    });
  });

  it('of a foreigner is not answered as a citizen’s', async () => {
    const { subject: id, identifiers } = subjectOfPersona(persona('foreigner'));
    const answer = await entities(
      registry,
      CITIZEN,
      [{ __typename: 'Citizen', subject: id }],
      callerOf({ subject: id, identifiers }),
    );
    expect(failures(answer)).toEqual([['NOT_FOUND', '_entities.0']]);
  });

  it.each([0, 151])('refuses the age of %i years', async (years) => {
    const answer = await ask(
      `... on ForeignResident { ageOver(years: ${years}) }`,
      subjectOfPersona(persona('foreigner')),
    );
    expect(failures(answer)).toEqual([['BAD_USER_INPUT', '_entities.0.ageOver']]);
  });

  it('compares a foreigner’s name, and tells no province of theirs', async () => {
    const foreigner = subjectOfPersona(persona('foreigner'));
    const fields = 'same: nameMatches(name: "Kim Min Jae") other: nameMatches(name: "Kim Min Su")';
    const answer = await ask(`... on ForeignResident { ${fields} residentOf(province: "01") }`, foreigner);
    expect(answer.body.data._entities).toEqual([{ same: true, other: false, residentOf: null }]);
    const wrong = await ask(
      '... on ForeignResident { nameMatches(name: " ") residentOf(province: "1") }',
      foreigner,
    );
    expect(failures(wrong)).toEqual([
      ['BAD_USER_INPUT', '_entities.0.nameMatches'],
      ['BAD_USER_INPUT', '_entities.0.residentOf'],
    ]);
  });

  it('tells ages by the day in Viet Nam', async () => {
    const foreigner = subjectOfPersona(persona('foreigner'));
    const { dateOfBirth } = foreigner.identifiers;
    const years = Number(SEEDED.today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4)) + 1;
    const answer = await ask(
      `... on ForeignResident { completed: ageOver(years: ${years - 2}) notYet: ageOver(years: ${years}) }`,
      foreigner,
    );
    expect(answer.body.data._entities).toEqual([{ completed: true, notYet: false }]);
  });
});

describe('an old file without a number', () => {
  const owner = subjectOf('owner', {
    kind: 'FOREIGN_RESIDENT',
    personalNumber: '997000000001',
    matchName: 'anna muller',
    dateOfBirth: '1980-04-05',
    passports: ['C01X00T47'],
  });
  const file = async (id: number, name: string, born = '1980-04-05') => {
    await registry.sql(
      `INSERT INTO travellers (id, kind, passport_number, holder_name, match_name, date_of_birth, sex, nationality,
         entry_banned, exit_suspended, verified_at, assurance, synthetic)
       VALUES ($1, 'FOREIGN_RESIDENT', 'C01X00T47', $2, $3, $4, 'FEMALE', '{DEU}', false, false, now(), 'DOCUMENT', true)`,
      [id, name, matchName(name), born],
    );
  };
  const forget = () => registry.sql(`DELETE FROM travellers WHERE passport_number = 'C01X00T47'`);
  const WHO = '... on ForeignResident { fullName holder source { assurance } }';

  it('is its owner’s by passport, name and date of birth, and said to be matched no more than that', async () => {
    await file(-1001, 'Anna Müller');
    const answer = await entities(registry, WHO, [reference(owner)], { ...callerOf(owner), jti: 'old.0' });
    await forget();
    expect(answer.body.data._entities).toEqual([
      {
        fullName: 'Anna Müller',
        holder: attestHolder(REGISTRY_KEY, 'old.0', 'C01X00T47'),
        source: { assurance: 'MATCHED' },
      },
    ]);
  });

  it.each([
    ['another name', 'Anne Müller', '1980-04-05'],
    ['another date of birth', 'Anna Müller', '1980-04-06'],
  ])('with %s is nobody’s', async (_, name, born) => {
    await file(-1002, name, born);
    const answer = await ask(WHO, owner);
    await forget();
    expect(failures(answer)).toEqual([['NOT_FOUND', '_entities.0']]);
  });

  it('is withheld when two people spelt otherwise could be meant', async () => {
    await file(-1003, 'Anna Müller');
    await file(-1004, 'Anna Mùller');
    const answer = await ask(WHO, owner);
    await forget();
    expect(failures(answer)).toEqual([['NOT_FOUND', '_entities.0']]);
    expect(registry.log.count('SERVICE_MATCH_AMBIGUOUS')).toBeGreaterThan(0);
  });
});

describe('a document', () => {
  const foreigner = subjectOfPersona(persona('foreigner'));
  const record = persona('foreigner').records.immigration;
  const DOCUMENT = '... on Passport { number } ... on ResidenceCard { number }';

  it('is answered by its reference to its owner', async () => {
    const references = [
      { __typename: 'Passport', ref: record?.passports[0]?.ref ?? '' },
      { __typename: 'ResidenceCard', ref: record?.residenceCard?.ref ?? '' },
    ];
    const answer = await entities(registry, DOCUMENT, references, callerOf(foreigner));
    expect(answer.body.data._entities).toEqual([
      { number: record?.passports[0]?.number },
      { number: record?.residenceCard?.number },
    ]);
  });

  it('of somebody else and one that does not exist are refused alike', async () => {
    const other = persona('level2').records.immigration?.passports[0];
    const references = [other?.ref ?? '', 'no-such-passport'].map((ref) => ({ __typename: 'Passport', ref }));
    const answer = await entities(registry, DOCUMENT, references, callerOf(foreigner));
    expect(failures(answer)).toEqual([
      ['NOT_FOUND', '_entities.0'],
      ['NOT_FOUND', '_entities.1'],
    ]);
    const [first, second] = answer.body.errors;
    expect({ ...first, path: null }).toEqual({ ...second, path: null });
    expect(JSON.stringify(answer.body)).not.toContain(other?.number);
  });

  it('spelt otherwise than the population registry has it is shown with a notice that names the field alone', async () => {
    const level2 = subjectOfPersona(persona('level2'));
    const renamed = { ...level2, identifiers: { ...level2.identifiers, matchName: 'tran thi khac' } };
    const answer = await ask('... on Citizen { passports { holderName } }', renamed);
    expect(answer.body.data._entities[0].passports[0].holderName).toEqual(expect.any(String));
    expect(answer.body.extensions).toEqual({
      notices: [{ code: 'SOURCE_MISMATCH', field: 'holderName' }],
    });
    const agreed = await ask('... on Citizen { passports { holderName } }', level2);
    expect(agreed.body.extensions).toBeUndefined();
  });
});

describe('crossings', () => {
  it('are paged latest first, each once', async () => {
    const foreigner = subjectOfPersona(persona('foreigner'));
    const [file] = await registry.sql<{ id: number }>(
      'SELECT id FROM travellers WHERE personal_number = $1',
      [foreigner.identifiers.personalNumber],
    );
    await registry.sql(
      `INSERT INTO crossings SELECT $1, 'EXIT', '2020-01-' || lpad(day::text, 2, '0'), 0, 'Nội Bài'
       FROM generate_series(1, 25) AS day`,
      [file?.id],
    );
    const page = async (after: string | null) => {
      const argument = after === null ? '' : `, after: "${after}"`;
      const selection = `... on ForeignResident { exits(first: 10${argument}) { nodes { date } pageInfo { hasNextPage endCursor } } }`;
      return (await ask(selection, foreigner)).body.data._entities[0].exits;
    };
    const dates: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo } = await page(after);
      dates.push(...nodes.map(({ date }: { date: string }) => date));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(dates.filter((date) => date.startsWith('2020-01-'))).toHaveLength(25);
  });
});

describe('the registrar', () => {
  const foreigner = subjectOfPersona(persona('foreigner'));
  const { personalNumber } = foreigner.identifiers;
  const card = persona('foreigner').records.immigration?.residenceCard?.ref ?? '';
  const passport = {
    ref: 'a-new-passport',
    number: 'X9990001',
    type: 'ORDINARY',
    issueDate: '2026-11-20',
    expiryDate: '2036-11-20',
    issuer: 'KOR',
    placeOfIssue: 'Seoul',
    chip: true,
  };

  it('changes what is answered and tells each change by its keys alone', async () => {
    const registrar = openRegistrar({ databaseUrl: registry.databaseUrl, clock: registry.clock.read });
    await registrar.issuePassport(personalNumber, passport);
    await registrar.extendResidenceCard(card, '2031-01-01');
    await registrar.recordCrossing(personalNumber, {
      date: '2026-11-20',
      gate: 'Nội Bài',
      direction: 'ENTRY',
    });
    await registrar.recordCrossing(personalNumber, {
      date: '2026-11-20',
      gate: 'Mộc Bài',
      direction: 'ENTRY',
    });
    await registrar.close();

    const selection = `... on ForeignResident { passports { number holderName } residenceCard { expiryDate }
      entries(first: 2) { nodes { gate } } fullName }`;
    const [told] = (await ask(selection, foreigner)).body.data._entities;
    expect(told.passports[0]).toEqual({ number: passport.number, holderName: told.fullName });
    expect(told.residenceCard).toEqual({ expiryDate: '2031-01-01' });
    expect(told.entries.nodes).toEqual([{ gate: 'Mộc Bài' }, { gate: 'Nội Bài' }]);

    const changes = await registry.client.ask(
      '{ immigrationChanges { nodes { kind keys { role value } } } }',
    );
    const person = { role: 'PERSON', value: personalNumber };
    expect(changes.body.data.immigrationChanges.nodes).toEqual([
      { kind: 'PASSPORT_CHANGED', keys: [person, { role: 'DOCUMENT', value: passport.ref }] },
      { kind: 'RESIDENCE_CARD_CHANGED', keys: [person, { role: 'DOCUMENT', value: card }] },
      { kind: 'BORDER_CROSSED', keys: [person] },
      { kind: 'BORDER_CROSSED', keys: [person] },
    ]);
  });

  it('leaves nothing of a change that cannot be stored whole', async () => {
    const registrar = openRegistrar({ databaseUrl: registry.databaseUrl, clock: registry.clock.read });
    const tried = { ...passport, ref: 'half-a-passport' };
    await registry.sql('ALTER TABLE changes ADD CONSTRAINT broken CHECK (false) NOT VALID');
    await expect(registrar.issuePassport(personalNumber, tried)).rejects.toThrow();
    await registry.sql('ALTER TABLE changes DROP CONSTRAINT broken');
    expect(await registry.sql('SELECT 1 FROM passports WHERE ref = $1', [tried.ref])).toEqual([]);
    await expect(registrar.issuePassport('097999999999', tried)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await registrar.close();
  });
});

describe('the cost', () => {
  it.each([1, 30])('of everything about %i people is one statement a table', async (count) => {
    const rows = await registry.sql<{ personal_number: string; kind: Subject['identifiers']['kind'] }>(
      `SELECT personal_number, kind FROM travellers WHERE personal_number IS NOT NULL AND kind = 'FOREIGN_RESIDENT'
       UNION ALL (SELECT personal_number, kind FROM travellers WHERE kind = 'CITIZEN' ORDER BY id LIMIT 60)`,
    );
    const foreigners = rows.filter(({ kind }) => kind === 'FOREIGN_RESIDENT');
    const citizens = rows.filter(({ kind }) => kind === 'CITIZEN');
    const subjects = [...foreigners, ...citizens]
      .slice(0, count)
      .map(({ personal_number: personalNumber, kind }) =>
        subjectOf(`subject-${personalNumber}`, { personalNumber, kind }),
      );
    expect(subjects).toHaveLength(count);
    const together = `${CITIZEN} ${FOREIGNER}`;
    await ask(together, ...subjects);
    const tables = await statementsByTable(registry, async () => {
      const answer = await ask(together, ...subjects);
      expect(answer.body.errors).toBeUndefined();
    });
    expect(tables).toEqual([
      ['crossings', 1],
      ['passports', 1],
      ['residence_cards', 1],
      ['served', 1],
      ['travellers', 1],
      ['visas', 1],
    ]);
  });
});
