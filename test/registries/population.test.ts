import { attestHolder } from '@dinhdanh/kit';
import { castPeople, people, persona } from '@dinhdanh/people';
import type { PopulationRecord } from '@dinhdanh/people';
import { service } from '@dinhdanh/population';
import { seed } from '@dinhdanh/population/seed';
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

const PLACE = 'text provinceCode provinceName communeCode communeName detail legacyText asOf tier';
const RELATED = `fullName relation ${SOURCE}`;
const EVERYTHING = `... on Citizen {
  __typename subject holder personalNumber fullName nameParts { surname middleName givenName } dateOfBirth sex nationality
  permanentResidence { ${PLACE} ${SOURCE} } previousNumbers oldIdNumber otherName
  placeOfBirth { ${PLACE} } birthRegistrationPlace { ${PLACE} } placeOfOrigin { ${PLACE} }
  ethnicity religion bloodGroup temporaryResidence { ${PLACE} validTo ${SOURCE} } currentResidence { ${PLACE} ${SOURCE} }
  temporaryAbsence { from to destination reason ${SOURCE} } residenceFileNumber maritalStatus
  father { ${RELATED} } mother { ${RELATED} } spouse { ${RELATED} } children { ${RELATED} }
  legalRepresentative { ${RELATED} } represented { ${RELATED} }
  householdHead { fullName relationToHead ${SOURCE} } relationToHead householdMembers { fullName relationToHead ${SOURCE} }
  deathDate missingDate phone email occupation eIdentity { status lockReason lockedAt level ${SOURCE} } status ${SOURCE}
  identityCard {
    ref holder documentType cardNumber issueDate expiryDate issuePlace cardStatus identifyingFeatures portrait
    fingerprintEnrolled irisEnrolled
    chipVerification { passiveAuthentication chipAuthentication faceMatch checkedAt } ${SOURCE}
  }
}`;

let registry: RegistryUnderTest;
beforeAll(async () => {
  registry = await startRegistry(service, seed);
});
afterAll(() => registry.stop());

const citizen = ({ subject: id }: Subject) => ({ __typename: 'Citizen', subject: id });
const ask = (selection: string, ...subjects: Subject[]) =>
  entities(registry, selection, subjects.map(citizen), callerOf(...subjects));

const instant = (text: string): string => new Date(text).toISOString();

/** What the registry must answer of a record: the record itself, less the numbers of other people. */
function toldOf(record: PopulationRecord, id: string, jti: string, portrait: unknown): unknown {
  const agency = 'Cục Cảnh sát quản lý hành chính về trật tự xã hội, Bộ Công an';
  const sourceIn = (database: string) => ({
    database,
    agency,
    fetchedAt: `${SEEDED.today}T03:00:00.000Z`,
    verifiedAt: instant(record.verifiedAt),
    assurance: record.assurance,
    synthetic: true,
  });
  const source = sourceIn('Cơ sở dữ liệu quốc gia về dân cư');
  const named = <Person extends { personalNumber: unknown }>(person: Person | null) => {
    if (person === null) return null;
    const { personalNumber: _, ...told } = person;
    return { ...told, source };
  };
  const sourced = <Part extends object>(part: Part | null) => part && { ...part, source };
  const { verifiedAt: _, assurance: _assurance, identityCard: card, ...rest } = record;
  const words = record.fullName.split(' ');
  return {
    ...rest,
    __typename: 'Citizen',
    subject: id,
    holder: attestHolder(REGISTRY_KEY, jti, record.personalNumber),
    nameParts: {
      surname: words[0],
      middleName: words.slice(1, -1).join(' ') || null,
      givenName: words.at(-1),
    },
    permanentResidence: sourced(record.permanentResidence),
    temporaryResidence: sourced(record.temporaryResidence),
    currentResidence: sourced(record.currentResidence),
    temporaryAbsence: sourced(record.temporaryAbsence),
    father: named(record.father),
    mother: named(record.mother),
    spouse: named(record.spouse),
    children: record.children.map(named),
    legalRepresentative: named(record.legalRepresentative),
    represented: record.represented.map(named),
    householdHead: named(record.householdHead),
    householdMembers: record.householdMembers.map(named),
    eIdentity: {
      ...record.eIdentity,
      lockedAt: record.eIdentity.lockedAt && instant(record.eIdentity.lockedAt),
      source,
    },
    source,
    identityCard: card && toldOfCard(card, record, jti, portrait, sourceIn('Cơ sở dữ liệu căn cước')),
  };
}

function toldOfCard(
  record: NonNullable<PopulationRecord['identityCard']>,
  { personalNumber }: PopulationRecord,
  jti: string,
  portrait: unknown,
  source: unknown,
): unknown {
  const { portraitSeed: _, chipVerification: chip, ...card } = record;
  return {
    ...card,
    holder: attestHolder(REGISTRY_KEY, jti, personalNumber),
    portrait,
    chipVerification: chip && { ...chip, checkedAt: chip.checkedAt && instant(chip.checkedAt) },
    source,
  };
}

describe('a citizen’s record', () => {
  const cast = castPeople.filter(({ population, account }) => population && account?.identifiers);
  const drawn = [...people({ count: SEEDED.people, seed: SEEDED.seed, today: SEEDED.today })].filter(
    ({ population }) => population,
  );

  it('is answered field by field as it was seeded, for all of the cast and everybody drawn', async () => {
    for (const person of [...cast, ...drawn]) {
      const record = person.population as PopulationRecord;
      const id = `subject-of-${record.personalNumber}`;
      const jti = `request-${record.personalNumber}.0`;
      const asked = subjectOf(id, { personalNumber: record.personalNumber });
      const answer = await entities(registry, EVERYTHING, [citizen(asked)], { ...callerOf(asked), jti });
      expect(answer.body.errors).toBeUndefined();
      const [told] = answer.body.data._entities;
      const portrait = told.identityCard?.portrait ?? null;
      if (told.identityCard !== null) expect(portrait).toMatch(/^data:image\/svg\+xml;base64,/);
      expect(told).toEqual(toldOf(record, id, jti, portrait));
    }
  });

  it('shows a portrait that says it is synthetic', async () => {
    const answer = await ask(
      '... on Citizen { identityCard { portrait } }',
      subjectOfPersona(persona('level2')),
    );
    const [, base64] = answer.body.data._entities[0].identityCard.portrait.split(',');
    expect(Buffer.from(base64, 'base64').toString()).toContain('synthetic');
  });

  it('is not found for a subject the registry has no record of, and the others are answered', async () => {
    const unknown = subjectOf('unknown', { personalNumber: '097999999999' });
    const answer = await ask('... on Citizen { fullName }', unknown, subjectOfPersona(persona('level2')));
    expect(failures(answer)).toEqual([['NOT_FOUND', '_entities.0']]);
    expect(answer.body.data._entities).toEqual([null, { fullName: 'Nguyễn Thị Thanh Hà' }]);
  });

  it('is no foreigner’s, whatever number the token says', async () => {
    const { personalNumber } = subjectOfPersona(persona('level2')).identifiers;
    const foreigner = subjectOf('foreigner', { personalNumber, kind: 'FOREIGN_RESIDENT' });
    expect(failures(await ask('... on Citizen { fullName }', foreigner))).toEqual([
      ['NOT_FOUND', '_entities.0'],
    ]);
  });

  it('still stands when its owner has died', async () => {
    const dead = drawn.find(({ population }) => population?.status === 'DECEASED')?.population;
    const personalNumber = dead?.personalNumber ?? (await aDeath());
    const answer = await ask('... on Citizen { status deathDate }', subjectOf('dead', { personalNumber }));
    expect(answer.body.data._entities[0]).toMatchObject({
      status: 'DECEASED',
      deathDate: expect.any(String),
    });
  });

  async function aDeath(): Promise<string> {
    const [row] = await registry.sql<{ personal_number: string }>(
      `UPDATE citizens SET status = 'DECEASED', death_date = '2026-11-01' WHERE id = 17 RETURNING personal_number`,
    );
    return row?.personal_number ?? '';
  }
});

describe('whether a citizen resides in a province', () => {
  it.each([
    ['level2', '79', true],
    ['level2', '75', true],
    ['level2', '01', false],
    ['guardian', '01', true],
    ['child', '79', false],
  ] as const)('of %s: %s: %s', async (key, province, resides) => {
    const answer = await ask(
      `... on Citizen { residentOf(province: "${province}") }`,
      subjectOfPersona(persona(key)),
    );
    expect(answer.body.data._entities).toEqual([{ residentOf: resides }]);
  });

  it('refuses what is no code of a province', async () => {
    const answer = await ask(
      '... on Citizen { residentOf(province: "Hà Nội") }',
      subjectOfPersona(persona('level2')),
    );
    expect(failures(answer)).toEqual([['BAD_USER_INPUT', '_entities.0.residentOf']]);
    expect(answer.body.errors[0].extensions.field).toBe('province');
  });

  it('costs one statement on each of two tables, for several people too', async () => {
    const subjects = [persona('level2'), persona('guardian')].map(subjectOfPersona);
    const read = () =>
      ask('... on Citizen { residentOf(province: "01") nameMatches(name: "a") }', ...subjects);
    expect(await statementsByTable(registry, read)).toEqual([
      ['addresses', 1],
      ['citizens', 1],
      ['served', 1],
    ]);
  });
});

describe('whether a name is a citizen’s', () => {
  const matches = (name: string) =>
    ask(
      `... on Citizen { nameMatches(name: ${JSON.stringify(name)}) }`,
      subjectOfPersona(persona('oldRecords')),
    );

  it.each([
    ['Đỗ Huy Hòa', true],
    ['Đỗ Huy Hoà'.normalize('NFD'), true],
    ['DO HUY  HOA ', true],
    ['Ðỗ Huy Hòa', true],
    ['Do Huy', false],
    ['Huy Hoa Do', false],
    ['Do Huy Hoa An', false],
  ])('%s: %s', async (name, is) => {
    expect((await matches(name)).body.data._entities).toEqual([{ nameMatches: is }]);
  });

  it.each(['', ' \u0301', 'a'.repeat(101)])('refuses what is no name', async (name) => {
    const answer = await matches(name);
    expect(failures(answer)).toEqual([['BAD_USER_INPUT', '_entities.0.nameMatches']]);
    expect(answer.body.errors[0].extensions.field).toBe('name');
  });
});

describe('ageOver', () => {
  const born = async (dateOfBirth: string, years: number) => {
    await registry.sql(`UPDATE citizens SET date_of_birth = $1 WHERE id = 11`, [dateOfBirth]);
    const [row] = await registry.sql<{ personal_number: string }>(
      'SELECT personal_number FROM citizens WHERE id = 11',
    );
    const asked = subjectOf('eleven', { personalNumber: row?.personal_number ?? '' });
    return ask(`... on Citizen { ageOver(years: ${years}) }`, asked);
  };

  it.each([
    ['2008-11-21', 18, true],
    ['2008-11-22', 18, false],
    ['2008-11', 18, false],
    ['2008', 18, false],
    ['2007', 18, true],
  ])('of somebody born %s: %i years: %s', async (dateOfBirth, years, completed) => {
    const answer = await born(dateOfBirth, years);
    expect(answer.body.data._entities).toEqual([{ ageOver: completed }]);
  });

  it('counts by the calendar of Viet Nam, not of the machine', async () => {
    // 20:00 UTC is 03:00 of the next day in Viet Nam.
    registry.clock.advance(17 * 3600);
    const answer = await born('2008-11-22', 18);
    registry.clock.advance(-17 * 3600);
    expect(answer.body.data._entities).toEqual([{ ageOver: true }]);
  });

  it.each([0, -1, 151])('refuses %i years', async (years) => {
    const answer = await born('1990-01-01', years);
    expect(failures(answer)).toEqual([['BAD_USER_INPUT', '_entities.0.ageOver']]);
    expect(answer.body.errors[0].extensions.field).toBe('years');
  });
});

describe('a cancelled number', () => {
  const current = '097190000777';
  const cancelled = '097090000777';
  const corrected = async () => {
    await registry.sql(`UPDATE citizens SET personal_number = $1, previous_numbers = $2 WHERE id = 12`, [
      current,
      [cancelled],
    ]);
  };

  it('leads to the record of an account that has not yet learnt of the new one, attested by what it knows', async () => {
    await corrected();
    const late = subjectOf('late', { personalNumber: cancelled });
    const answer = await entities(registry, '... on Citizen { personalNumber holder }', [citizen(late)], {
      ...callerOf(late),
      jti: 'late.0',
    });
    expect(answer.body.data._entities).toEqual([
      { personalNumber: current, holder: attestHolder(REGISTRY_KEY, 'late.0', cancelled) },
    ]);
  });

  it('is attested no more once the account knows the new one', async () => {
    await corrected();
    const known = subjectOf('known', { personalNumber: current, cancelledNumbers: [cancelled] });
    const answer = await entities(registry, '... on Citizen { holder }', [citizen(known)], {
      ...callerOf(known),
      jti: 'known.0',
    });
    expect(answer.body.data._entities).toEqual([{ holder: attestHolder(REGISTRY_KEY, 'known.0', current) }]);
  });

  it('that two records carry shows neither of them', async () => {
    await corrected();
    await registry.sql(`UPDATE citizens SET previous_numbers = $1 WHERE id = 13`, [[cancelled]]);
    const late = subjectOf('late', { personalNumber: cancelled });
    const answer = await ask('... on Citizen { fullName }', late);
    await registry.sql(`UPDATE citizens SET previous_numbers = '{}' WHERE id = 13`);
    expect(failures(answer)).toEqual([['NOT_FOUND', '_entities.0']]);
    expect(registry.log.count('SERVICE_MATCH_AMBIGUOUS')).toBe(1);
  });
});

describe('an identity card', () => {
  const level2 = subjectOfPersona(persona('level2'));
  const level1 = subjectOfPersona(persona('level1'));
  const cardOf = (key: Parameters<typeof persona>[0]) =>
    persona(key).records.population?.identityCard?.ref ?? 'none';
  const card = (ref: string) => ({ __typename: 'IdentityCard', ref });

  it('is answered by its reference to its owner', async () => {
    const answer = await entities(
      registry,
      '... on IdentityCard { cardNumber holder }',
      [card(cardOf('level2'))],
      { ...callerOf(level2), jti: 'card.0' },
    );
    const { personalNumber } = level2.identifiers;
    expect(answer.body.data._entities).toEqual([
      { cardNumber: personalNumber, holder: attestHolder(REGISTRY_KEY, 'card.0', personalNumber) },
    ]);
  });

  it('of somebody else and one that does not exist are refused alike', async () => {
    const refs = [cardOf('level1'), 'no-such-card'].map(card);
    const answer = await entities(registry, '... on IdentityCard { cardNumber }', refs, callerOf(level2));
    expect(failures(answer)).toEqual([
      ['NOT_FOUND', '_entities.0'],
      ['NOT_FOUND', '_entities.1'],
    ]);
    const [first, second] = answer.body.errors;
    expect({ ...first, path: null }).toEqual({ ...second, path: null });
    expect(JSON.stringify(answer.body)).not.toContain(level1.identifiers.personalNumber);
  });

  it('that hangs on a wrong record gives itself away by its holder', async () => {
    const [own] = await registry.sql<{ citizen_id: number }>(
      'SELECT citizen_id FROM identity_cards WHERE ref = $1',
      [cardOf('level2')],
    );
    await registry.sql(`UPDATE identity_cards SET citizen_id = -999 WHERE ref = $1`, [cardOf('level2')]);
    await registry.sql(`UPDATE identity_cards SET citizen_id = $1 WHERE citizen_id = 14`, [own?.citizen_id]);
    const answer = await entities(registry, '... on Citizen { identityCard { holder } }', [citizen(level2)], {
      ...callerOf(level2),
      jti: 'wrong.0',
    });
    await registry.sql(`UPDATE identity_cards SET citizen_id = 14 WHERE citizen_id = $1`, [own?.citizen_id]);
    await registry.sql(`UPDATE identity_cards SET citizen_id = $1 WHERE citizen_id = -999`, [
      own?.citizen_id,
    ]);
    const [shown] = answer.body.data._entities;
    expect(shown.identityCard.holder).toEqual(expect.any(String));
    expect(shown.identityCard.holder).not.toBe(
      attestHolder(REGISTRY_KEY, 'wrong.0', level2.identifiers.personalNumber),
    );
  });
});

describe('the cost', () => {
  it.each([1, 30])('of everything about %i citizens is one statement a table', async (count) => {
    const rows = await registry.sql<{ personal_number: string }>(
      `SELECT personal_number FROM identity_cards WHERE citizen_id >= 20 ORDER BY citizen_id LIMIT ${count}`,
    );
    const subjects = rows.map(({ personal_number: personalNumber }) =>
      subjectOf(`subject-${personalNumber}`, { personalNumber }),
    );
    expect(subjects).toHaveLength(count);
    await ask(EVERYTHING, ...subjects);
    const tables = await statementsByTable(registry, async () => {
      const answer = await ask(EVERYTHING, ...subjects);
      expect(answer.body.errors).toBeUndefined();
    });
    expect(tables).toEqual([
      ['addresses', 1],
      ['citizens', 1],
      ['household_members', 1],
      ['identity_cards', 1],
      ['portraits', 1],
      ['related_persons', 1],
      ['served', 1],
    ]);
  });

  it('is an index look-up in every table, however many citizens there are', async () => {
    const explained = async (sql: string) => {
      const rows = await registry.sql<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    await registry.sql('ALTER DATABASE population SET enable_seqscan = off');
    const plan = await explained(
      `SELECT * FROM citizens WHERE personal_number IN ('1', '2') OR previous_numbers && ARRAY['1', '2']`,
    );
    await registry.sql('ALTER DATABASE population RESET enable_seqscan');
    expect(plan).toContain('BitmapOr');
    expect(plan).toContain('citizens_personal_number_key');
    expect(plan).toContain('citizens_previous_numbers_idx');
    // With a list of pending entries a look-up among 100,000 people just loaded read 350 pages instead of 6.
    const [index] = await registry.sql(
      `SELECT reloptions FROM pg_class WHERE relname = 'citizens_previous_numbers_idx'`,
    );
    expect(index).toEqual({ reloptions: ['fastupdate=off'] });
  });
});
