import { service as immigrationService } from '@dinhdanh/immigration';
import { seed as seedImmigration } from '@dinhdanh/immigration/seed';
import { matchDocuments, matchName, MATCHES_MOST } from '@dinhdanh/kit';
import type { SubjectIdentifiers } from '@dinhdanh/kit';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { castPeople, people, persona } from '@dinhdanh/people';
import type { ImmigrationRecord, PopulationRecord } from '@dinhdanh/people';
import { service as populationService } from '@dinhdanh/population';
import { seed as seedPopulation } from '@dinhdanh/population/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../harness/service-database.ts';
import { entities, failures, SEEDED, startRegistry, subjectOf } from './registry-under-test.ts';
import type { RegistryUnderTest } from './registry-under-test.ts';

let population: RegistryUnderTest;
let immigration: RegistryUnderTest;
beforeAll(async () => {
  population = await startRegistry(populationService, seedPopulation);
  immigration = await startRegistry(immigrationService, seedImmigration);
});
afterAll(() => Promise.all([population.stop(), immigration.stop()]));

/** A number of the right form that nobody has. */
const NOBODYS = '099199999999';

let registrations = 0;

/** An applicant of a registration of their own, who declares these identifiers. */
function applicant(
  ids: Partial<SubjectIdentifiers>,
  id = `registration-${(registrations += 1)}`,
): TestCaller {
  const { identifiers } = subjectOf(id, { personalNumber: '', ...ids });
  return {
    act: { kind: 'applicant', id },
    level: 0,
    subjects: [{ id, as: 'applicant', claims: ['registration.match'] }],
    ids: { [id]: identifiers },
    claims: ['registration.match'],
  };
}

interface Declared {
  readonly personalNumber: string;
  readonly [field: string]: unknown;
}

const citizenOf = (record: PopulationRecord): Declared => ({
  personalNumber: record.personalNumber,
  fullName: record.fullName.toUpperCase(),
  dateOfBirth: record.dateOfBirth,
  sex: record.sex,
  nationality: record.nationality,
  permanentResidence: record.permanentResidence?.text ?? null,
  currentResidence: record.currentResidence?.text ?? null,
  oldIdNumber: record.oldIdNumber,
  cardIssueDate: record.identityCard?.issueDate ?? null,
});

const matchCitizen = (
  declared: Declared,
  caller = applicant({ personalNumber: declared.personalNumber }),
): Promise<ServiceAnswer> => population.client.ask(matchDocuments.matchCitizen.text, { declared }, caller);

const level2 = (): PopulationRecord =>
  persona('level2').records.population ?? expect.unreachable('a citizen of the cast');

describe('population, asked by an applicant', () => {
  it('matches everybody who is alive and declares their record, and nobody who is dead or missing', async () => {
    const drawn = people({ count: SEEDED.people, seed: SEEDED.seed, today: SEEDED.today });
    const records = [...castPeople, ...drawn].flatMap(({ population: record }) => record ?? []);
    const gone = records.filter(({ status, deathDate }) => deathDate !== null || /^(DEC|MISS)/.test(status));
    expect(gone.length).toBeGreaterThan(0);
    for (const record of [...records.slice(0, 80), ...gone]) {
      const { oldIdNumber: _, cardIssueDate: _card, ...declared } = citizenOf(record);
      const { body } = await matchCitizen({ ...declared, personalNumber: record.personalNumber });
      const level = gone.includes(record) ? 'NONE' : 'FULL';
      expect(body.data.matchCitizen, record.personalNumber).toMatchObject({ level, differing: [] });
    }
  });

  it('tells which database was asked and when, and nothing else of the record', async () => {
    const { body } = await population.client.ask(
      matchDocuments.matchCitizen.text.replace('database', 'database agency verifiedAt assurance synthetic'),
      { declared: citizenOf(level2()) },
      applicant({ personalNumber: level2().personalNumber }),
    );
    expect(body.data.matchCitizen.source).toEqual({
      database: 'Cơ sở dữ liệu quốc gia về dân cư',
      agency: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội, Bộ Công an',
      fetchedAt: `${SEEDED.today}T03:00:00.000Z`,
      verifiedAt: null,
      assurance: null,
      synthetic: null,
    });
  });

  it('names what differs by no value: none of the record is in the answer', async () => {
    const record = level2();
    const wrong = {
      ...citizenOf(record),
      dateOfBirth: '1901-01-01',
      sex: 'UNSPECIFIED',
      oldIdNumber: '999999999',
    };
    const told = await matchCitizen({
      ...wrong,
      permanentResidence: 'Xã Khác, Hà Nội',
      cardIssueDate: '2001-01-01',
    });
    expect(told.body.data.matchCitizen).toMatchObject({
      level: 'PARTIAL',
      differing: ['DATE_OF_BIRTH', 'SEX', 'PERMANENT_RESIDENCE', 'OLD_ID_NUMBER', 'IDENTITY_CARD'],
    });
    const bytes = JSON.stringify(told.body);
    const { personalNumber, fullName, dateOfBirth, oldIdNumber, permanentResidence, identityCard } = record;
    const values = [personalNumber, fullName, dateOfBirth, oldIdNumber, permanentResidence?.text];
    for (const value of [...values, identityCard?.issueDate, identityCard?.cardNumber, record.sex])
      if (typeof value === 'string') expect(bytes).not.toContain(value);
  });

  it('finds a record by a cancelled number, and says that the number is', async () => {
    const record =
      castPeople
        .flatMap(({ population: one }) => one ?? [])
        .find(({ previousNumbers: [old] }) => old !== undefined) ??
      expect.unreachable('somebody whose number was replaced');
    const personalNumber = record.previousNumbers[0] ?? '';
    const { body } = await matchCitizen({ ...citizenOf(record), cardIssueDate: null, personalNumber });
    expect(body.data.matchCitizen).toMatchObject({ level: 'PARTIAL', differing: ['PERSONAL_NUMBER'] });
  });

  it('answers a guess at a number that somebody has as one at a number that nobody has, by the same statements', async () => {
    const guess = { ...citizenOf(level2()), fullName: 'Trần Thị Đoán', dateOfBirth: '1990' };
    const answers: ServiceAnswer[] = [];
    const statements = [];
    for (const personalNumber of [level2().personalNumber, NOBODYS]) {
      // The first opens the connection.
      await matchCitizen({ ...guess, personalNumber });
      statements.push(
        await countStatements(population.databaseUrl, async () => {
          answers.push(await matchCitizen({ ...guess, personalNumber }));
        }),
      );
    }
    const [known, unknown] = answers;
    expect(known?.body).toEqual(unknown?.body);
    expect(known?.body.data.matchCitizen).toMatchObject({ level: 'NONE', differing: [] });
    expect(statements[0]).toEqual(statements[1]);
    const onRecords = [...(statements[0] ?? [])].filter(([text]) => /citizens/.test(text));
    expect(onRecords.map(([, calls]) => calls)).toEqual([1]);
    // Besides it there is the record of what was served.
    expect([...(statements[0] ?? [])]).toHaveLength(2);
  });

  it('looks for no number but the one that the gateway vouches for, and raises the alarm', async () => {
    const before = population.log.count('SERVICE_REFERENCE_REFUSED');
    const answer = await matchCitizen(citizenOf(level2()), applicant({ personalNumber: NOBODYS }));
    expect(failures(answer)).toEqual([['NOT_PERMITTED', 'matchCitizen']]);
    expect(population.log.count('SERVICE_REFERENCE_REFUSED')).toBe(before + 1);
  });

  it('opens no record to an applicant, though the token has a citizen’s numbers: not even if the gateway asks for one', async () => {
    const caller = applicant({
      personalNumber: level2().personalNumber,
      matchName: matchName(level2().fullName),
    });
    const subject = caller.subjects?.[0]?.id ?? '';
    const asked = [{ __typename: 'Citizen', subject }];
    const answer = await entities(population, '... on Citizen { fullName }', asked, caller);
    expect(failures(answer)).toEqual([['NOT_PERMITTED', '_entities.0']]);
    const ref = persona('level2').records.population?.identityCard?.ref ?? '';
    const card = await entities(
      population,
      '... on IdentityCard { cardNumber }',
      [{ __typename: 'IdentityCard', ref }],
      caller,
    );
    expect(failures(card)).toEqual([['NOT_FOUND', '_entities.0']]);
  });

  it.each<[string, (caller: TestCaller) => TestCaller]>([
    ['a person', (caller) => ({ ...caller, act: { kind: 'person', id: caller.act?.id ?? '' } })],
    ['a system', (caller) => ({ ...caller, act: { kind: 'system', id: 'accounts' } })],
    ['an officer', (caller) => ({ ...caller, act: { kind: 'officer', id: caller.act?.id ?? '' } })],
    ['an applicant without a subject', (caller) => ({ ...caller, subjects: [], ids: {} })],
    ['an applicant without identifiers', (caller) => ({ ...caller, ids: {} })],
    [
      'an applicant of another registration',
      (caller) => ({ ...caller, act: { kind: 'applicant', id: 'registration-x' } }),
    ],
    [
      'an applicant as somebody’s guardian',
      (caller) => ({
        ...caller,
        subjects: (caller.subjects ?? []).map((one) => ({ ...one, as: 'guardian' as const })),
      }),
    ],
    [
      'an applicant without the claim',
      (caller) => ({
        ...caller,
        subjects: (caller.subjects ?? []).map((one) => ({ ...one, claims: ['identity.basic'] })),
      }),
    ],
    [
      'an applicant beside somebody else',
      (caller) => ({
        ...caller,
        subjects: [...(caller.subjects ?? []), { id: 'other', as: 'self', claims: ['registration.match'] }],
      }),
    ],
  ])('refuses %s', async (_, changed) => {
    const declared = citizenOf(level2());
    const answer = await matchCitizen(
      declared,
      changed(applicant({ personalNumber: declared.personalNumber })),
    );
    expect(failures(answer)).toEqual([['NOT_PERMITTED', 'matchCitizen']]);
  });

  it('refuses a registration that has had its share, and no other', async () => {
    const declared = citizenOf(level2());
    const ids = { personalNumber: declared.personalNumber };
    const aliases = Array.from(
      { length: MATCHES_MOST + 1 },
      (_, n) => `m${n}: matchCitizen(declared: $declared) { level }`,
    );
    const answer = await population.client.ask(
      `query ($declared: DeclaredCitizen!) { ${aliases.join(' ')} }`,
      { declared },
      applicant(ids, 'registration-of-many'),
    );
    expect(failures(answer)).toEqual([['RATE_LIMITED', `m${MATCHES_MOST}`]]);
    expect(failures(await matchCitizen(declared, applicant(ids, 'registration-of-many')))).toEqual([
      ['RATE_LIMITED', 'matchCitizen'],
    ]);
    expect((await matchCitizen(declared)).body.errors).toBeUndefined();
  });

  it.each([
    ['fullName', ''],
    ['fullName', '̣̀'],
    ['fullName', 'a'.repeat(101)],
    ['mrzName', 'nguyen<<an'],
    ['mrzName', 'A'.repeat(40)],
    ['dateOfBirth', '02-03-1950'],
    ['dateOfBirth', '1950-13'],
    ['permanentResidence', 'a'.repeat(301)],
    ['currentResidence', 'a'.repeat(301)],
  ])('refuses a declaration whose %s is %j', async (field, value) => {
    const answer = await matchCitizen({ ...citizenOf(level2()), [field]: value });
    expect(answer.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  it('keeps the call as one about one person, for which the log must have an entry', async () => {
    await matchCitizen(citizenOf(level2()));
    const [served] = await population.sql(
      `SELECT actor_kind, subjects, claims FROM served WHERE actor_kind = 'applicant' ORDER BY at DESC LIMIT 1`,
    );
    expect(served).toEqual({ actor_kind: 'applicant', subjects: 1, claims: 1 });
  });
});

describe('immigration, asked by an applicant', () => {
  const file = (): ImmigrationRecord =>
    persona('foreigner').records.immigration ?? expect.unreachable('a foreigner of the cast');
  const passport = () =>
    file().passports.find(({ expiryDate }) => SEEDED.today <= expiryDate) ??
    expect.unreachable('a passport in force');
  const declaration = (): Declared => ({
    personalNumber: file().personalNumber,
    passportNumber: passport().number,
    passportIssuer: passport().issuer,
    fullName: file().fullName,
    dateOfBirth: file().dateOfBirth,
    sex: file().sex,
    nationality: file().nationality,
  });
  const match = (declared: Declared, ids: Partial<SubjectIdentifiers> = {}) =>
    immigration.client.ask(
      matchDocuments.matchForeignResident.text,
      { declared: { ...declared, personalNumber: declared.personalNumber || null } },
      applicant({
        kind: 'FOREIGN_RESIDENT',
        personalNumber: declared.personalNumber,
        passports: [String(declared['passportNumber'])],
        ...ids,
      }),
    );

  it('matches a foreigner by the number, and by the passport alone', async () => {
    for (const personalNumber of [file().personalNumber, '']) {
      const { body } = await match({ ...declaration(), personalNumber });
      expect(body.data.matchForeignResident).toMatchObject({
        level: 'FULL',
        differing: [],
        source: { database: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh' },
      });
    }
  });

  it('names what differs by no value', async () => {
    const told = await match({ ...declaration(), dateOfBirth: '1901-01-01', passportIssuer: 'ATA' });
    expect(told.body.data.matchForeignResident).toMatchObject({
      level: 'PARTIAL',
      differing: ['DATE_OF_BIRTH', 'PASSPORT'],
    });
    for (const value of [file().personalNumber, file().fullName, file().dateOfBirth, passport().number])
      expect(JSON.stringify(told.body)).not.toContain(value);
  });

  it('matches no citizen, and a guess as nobody, by the same statements', async () => {
    const citizen = persona('level2').records.immigration ?? expect.unreachable('a citizen with a passport');
    const own = { ...declaration(), personalNumber: citizen.personalNumber, fullName: citizen.fullName };
    const { body } = await match({ ...own, dateOfBirth: citizen.dateOfBirth });
    expect(body.data.matchForeignResident).toMatchObject({ level: 'NONE', differing: [] });
    const guess = { ...declaration(), fullName: 'Jane Doe', dateOfBirth: '1901' };
    const keys = [
      { personalNumber: file().personalNumber },
      { personalNumber: NOBODYS },
      { personalNumber: '' },
      { personalNumber: '', passportNumber: 'ZZ0000000' },
    ];
    const told = [];
    for (const key of keys) {
      await match({ ...guess, ...key });
      const statements = await countStatements(immigration.databaseUrl, async () => {
        told.push(JSON.stringify((await match({ ...guess, ...key })).body));
      });
      told.push(JSON.stringify([...statements].toSorted()));
      expect([...statements.values()]).toEqual([1, 1]);
    }
    expect(new Set(told).size).toBe(2);
  });

  it('looks for no number and no passport but those that the gateway vouches for', async () => {
    for (const ids of [
      { personalNumber: NOBODYS },
      { passports: ['ZZ0000000'] },
      { kind: 'CITIZEN' as const },
    ]) {
      const answer = await match(declaration(), ids);
      expect(failures(answer)).toEqual([['NOT_PERMITTED', 'matchForeignResident']]);
    }
  });
});
