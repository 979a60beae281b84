import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { citizen } from './fixtures/fake-services.ts';
import { DECLARED, REGISTRATION, SELF, sessions, setScene, systemToken } from './fixtures/scene.ts';
import type { Answer, AskOptions } from './fixtures/scene.ts';

const declared = {
  personalNumber: DECLARED,
  fullName: 'Trần Thị Thử',
  dateOfBirth: '1995-01-02',
  sex: 'MALE',
};
const MATCH = `query Match($declared: DeclaredCitizen!) {
  matchCitizen(declared: $declared) { level differing source { database fetchedAt } }
}`;
const FOREIGN =
  `{ matchForeignResident(declared: { passportNumber: "A1234567", passportIssuer: GBR, fullName: "A"
  dateOfBirth: "1990", sex: MALE, nationality: [] }) { level } }`.replace('GBR', '"GBR"');

const onBehalf = (applicant = REGISTRATION): AskOptions => ({
  session: systemToken({ applicant }),
  variables: { declared },
});

const OTHERS = [
  '{ person { fullName } }',
  '{ person { __typename } }',
  '{ me { status level } }',
  '{ accessHistory { nodes { index } } }',
  '{ populationChanges { nodes { cursor } } }',
  '{ populationServed { nodes { callId } } }',
  'mutation { signOut }',
  'mutation { signIn(input: { username: "a", password: "b" }) { token } }',
  'mutation { lockAccount(reason: OWNER_REQUEST) { status } }',
];

const REFUSED: readonly (readonly [who: string, credentials: () => string | null, code: string])[] = [
  ['accounts by its key alone', () => systemToken(), 'NOT_PERMITTED'],
  ['a person', () => sessions.person, 'NOT_PERMITTED'],
  ['a guardian', () => sessions.guardian, 'NOT_PERMITTED'],
  ['an officer', () => sessions.officer, 'NOT_PERMITTED'],
  ['an auditor', () => sessions.auditor, 'NOT_PERMITTED'],
  ['an operator', () => sessions.operator, 'NOT_PERMITTED'],
  ['a stranger', () => null, 'UNAUTHENTICATED'],
  [
    'another service for a registration',
    () => systemToken({ iss: 'sharing', applicant: REGISTRATION }),
    'UNAUTHENTICATED',
  ],
  [
    'whoever has no key of a service',
    () => systemToken({ applicant: REGISTRATION }, randomBytes(32)),
    'UNAUTHENTICATED',
  ],
  [
    'whoever names the registration as the subject',
    () => systemToken({ sub: REGISTRATION }),
    'UNAUTHENTICATED',
  ],
];

const codesOf = (errors: Answer['errors']): string[] => [
  ...new Set(errors.map(({ extensions: { code } }) => code)),
];

describe('accounts, on behalf of a registration', () => {
  test('is told how far what is declared matches; the registry is told who asks, for what, and the declared number', async () => {
    const scene = await setScene();
    const { status, data, errors, extensions } = await scene.ask(MATCH, onBehalf());
    expect([status, errors]).toEqual([200, []]);
    expect(data).toMatchObject({ matchCitizen: { level: 'PARTIAL', differing: ['SEX'] } });
    expect(extensions).toHaveProperty('accessReceipt');
    expect(scene.population.calls).toHaveLength(1);
    expect(scene.population.calls[0]).toMatchObject({
      act: { kind: 'applicant', id: REGISTRATION },
      level: 0,
      subjects: [{ id: REGISTRATION, as: 'applicant', claims: ['registration.match'] }],
      ids: { [REGISTRATION]: citizen(DECLARED) },
      claims: ['registration.match'],
      purpose: 'registration',
      legalBasis: 'Decree 69/2024/NĐ-CP, art. 10',
    });
  });

  test('writes an entry about the declared number before the answer, by a pseudonym of the registration', async () => {
    const scene = await setScene();
    await scene.ask(MATCH, onBehalf());
    const id = createHash('sha256').update(`registration\n${REGISTRATION}`).digest('base64url');
    expect(scene.log.entries).toMatchObject([
      {
        event: 'intent',
        actor: { kind: 'applicant', id, session: null },
        subjects: [DECLARED],
        purpose: 'registration',
        legalBasis: 'Decree 69/2024/NĐ-CP, art. 10',
        claims: ['registration.match'],
        sources: ['population'],
        refusal: null,
        level: 0,
      },
    ]);
    const text = JSON.stringify(scene.log.entries);
    for (const value of [declared.fullName, declared.dateOfBirth, REGISTRATION])
      expect(text).not.toContain(value);
    scene.log.mood = 'full';
    const { data, errors } = await scene.ask(MATCH, onBehalf());
    expect([data ?? null, errors.map(({ extensions: { code } }) => code)]).toEqual([
      null,
      ['ACCESS_LOG_UNAVAILABLE'],
    ]);
  });

  test('is refused all else before a source is asked, and each attempt is an entry', async () => {
    const scene = await setScene();
    for (const query of OTHERS) {
      const { errors } = await scene.ask(query, onBehalf());
      expect(codesOf(errors), query).toEqual(['NOT_PERMITTED']);
    }
    expect([scene.population.calls, scene.accounts.calls]).toEqual([[], []]);
    const [first] = scene.log.entries;
    expect(first).toMatchObject({
      event: 'denied',
      subjects: [DECLARED],
      refusal: 'NOT_PERMITTED',
      sources: [],
    });
  });

  test('is refused what stands beside the comparison, and told the comparison alone', async () => {
    const scene = await setScene();
    const query = MATCH.replace('matchCitizen', 'person { fullName } me { status } matchCitizen');
    const { data, errors } = await scene.ask(query, onBehalf());
    expect(data).toMatchObject({ person: null, me: null, matchCitizen: { level: 'PARTIAL' } });
    expect(errors.map(({ extensions: { code } }) => code)).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED']);
    expect(scene.population.calls).toHaveLength(1);
    expect(scene.accounts.calls).toEqual([]);
  });

  test('is nobody for a registration that is not there, and answered nothing of another form than agreed', async () => {
    const scene = await setScene();
    const unknown = await scene.ask(MATCH, onBehalf('registration-2'));
    expect([unknown.status, unknown.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    const odd: readonly unknown[] = [
      { actor: { kind: 'applicant', id: 'registration-3' }, ids: citizen(DECLARED) },
      { actor: { kind: 'person', id: REGISTRATION }, ids: citizen(DECLARED) },
      { actor: { kind: 'applicant', id: REGISTRATION }, ids: citizen('') },
      { actor: { kind: 'applicant', id: REGISTRATION }, ids: citizen('0971') },
      { actor: { kind: 'applicant', id: REGISTRATION } },
    ];
    for (const answer of odd) {
      scene.applicants.set(REGISTRATION, answer);
      const { errors } = await scene.ask(MATCH, onBehalf());
      expect(errors[0]?.extensions).toMatchObject({ code: 'SOURCE_INVALID', source: 'accounts' });
    }
    expect(scene.population.calls).toEqual([]);
    expect(scene.log.entries).toEqual([]);
  });

  test('who declares a passport alone has no number, and the entry names nobody', async () => {
    const scene = await setScene();
    const ids = { ...citizen(''), kind: 'FOREIGN_RESIDENT', passports: ['A1234567'] };
    scene.applicants.set(REGISTRATION, { actor: { kind: 'applicant', id: REGISTRATION }, ids });
    await scene.ask(MATCH, onBehalf());
    expect(scene.log.entries).toMatchObject([
      { subjects: [], legalBasis: 'Decree 69/2024/NĐ-CP, art. 11', actor: { kind: 'applicant' } },
    ]);
  });
});

describe('a comparison is refused, before a source is asked,', () => {
  test('to whoever is not accounts on behalf of a registration', async () => {
    const scene = await setScene();
    for (const [who, credentials, code] of REFUSED) {
      for (const query of [MATCH, FOREIGN]) {
        const answer = await scene.ask(query, { session: credentials(), variables: { declared } });
        expect(codesOf(answer.errors), who).toEqual([code]);
        expect(answer.data ?? {}).not.toHaveProperty('matchCitizen.level');
      }
    }
    expect(scene.population.calls).toEqual([]);
  });

  test('to a person about the number that is their own', async () => {
    const scene = await setScene();
    const own = { ...declared, personalNumber: SELF };
    const { errors } = await scene.ask(MATCH, { variables: { declared: own } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_PERMITTED']);
    expect(scene.population.calls).toEqual([]);
  });

  test('and a system token serves once', async () => {
    const scene = await setScene();
    const session = systemToken({ applicant: REGISTRATION });
    expect((await scene.ask(MATCH, { session, variables: { declared } })).status).toBe(200);
    expect((await scene.ask(MATCH, { session, variables: { declared } })).status).toBe(401);
    expect(scene.population.calls).toHaveLength(1);
  });
});
