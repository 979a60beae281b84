import type { PersonaKey } from '@dinhdanh/people';
import { describe, expect, inject, it } from 'vitest';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { persona } from '../harness/told-people.ts';

const { url, dataFolder } = inject('system');
const demo = readDemo(dataFolder);
const all = { ...demo.citizens, ...demo.staff };
const tokenOf = (key: PersonaKey, passcode = true): Promise<string> =>
  signIn(url, all[key] ?? expect.unreachable('in demo.json'), passcode);

function codes(answer: Answer): readonly (readonly [path: string, code: string])[] {
  return answer.errors.map(({ path, extensions }) => [(path ?? []).join('.'), extensions.code] as const);
}

describe('level 1', () => {
  it('R27 R72: reads basic data, and is told that the rest needs level 2', async () => {
    const query =
      '{ person { fullName identityCard { cardNumber } drivingLicences { number } religion: __typename } me { level } }';
    const answer = await ask(url, query, { token: await tokenOf('level1') });
    const { population } = persona('level1').records;
    expect(answer.data).toEqual({
      person: {
        fullName: population?.fullName,
        identityCard: { cardNumber: population?.identityCard?.cardNumber },
        drivingLicences: null,
        religion: 'Citizen',
      },
      me: { level: 1 },
    });
    expect(codes(answer)).toEqual([['person.drivingLicences', 'LEVEL_REQUIRED']]);
  });

  it('learns nothing of a record from what is open inside it', async () => {
    const query = '{ person { drivingLicences { source { database } } vehicles { __typename } } }';
    const answer = await ask(url, query, { token: await tokenOf('level1') });
    expect(answer.data).toEqual({ person: null });
    expect(codes(answer)).toEqual([['person', 'LEVEL_REQUIRED']]);
  });
});

describe('without the passcode', () => {
  const query = '{ person { fullName ... on Citizen { religion } socialInsurance { number totalMonths } } }';

  it('sensitive claims are refused, the rest is answered', async () => {
    const answer = await ask(url, query, { token: await tokenOf('level2', false) });
    const { population, socialInsurance } = persona('level2').records;
    expect(answer.data).toEqual({
      person: {
        fullName: population?.fullName,
        religion: null,
        socialInsurance: { number: socialInsurance?.number, totalMonths: null },
      },
    });
    expect(codes(answer)).toEqual([
      ['person.religion', 'PASSCODE_REQUIRED'],
      ['person.socialInsurance.totalMonths', 'PASSCODE_REQUIRED'],
    ]);
  });

  it('confirming it opens them for this session', async () => {
    const token = await tokenOf('level2', false);
    const { passcode } = demo.citizens['level2'] ?? expect.unreachable();
    const confirm = 'mutation($passcode: String!) { confirmPasscode(passcode: $passcode) { passcodeUntil } }';
    const confirmed = await ask(url, confirm, { token, variables: { passcode } });
    expect(Date.parse(String(at(confirmed.data, 'confirmPasscode', 'passcodeUntil')))).toBeGreaterThan(
      Date.now(),
    );
    const answer = await ask(url, query, { token });
    expect(answer.errors).toEqual([]);
    expect(at(answer.data, 'person', 'religion')).toBe(persona('level2').records.population?.religion);
  });
});

describe('a locked account', () => {
  it('signs in and sees its state and reason, and nothing else', async () => {
    const query = '{ me { status lockReason level dependants { relation } } person { fullName } }';
    const answer = await ask(url, query, { token: await tokenOf('locked') });
    const { status, lockReason } = persona('locked').account;
    expect(answer.data).toEqual({ me: { status, lockReason, level: null, dependants: null }, person: null });
    expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['ACCOUNT_LOCKED']),
    );
  });
});

describe('a minor', () => {
  it('waits for the guardian before anything is shown', async () => {
    const answer = await ask(url, '{ person { fullName } me { status level } }', {
      token: await tokenOf('minor'),
    });
    expect(answer.data).toEqual({ person: null, me: { status: 'ACTIVE', level: null } });
    expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['GUARDIAN_REQUIRED']),
    );
  });
});

describe('staff', () => {
  it.each(['officer', 'secondOfficer', 'reviewer', 'operator', 'auditor'] as const)(
    '%s reads their own account and nobody’s record',
    async (key) => {
      const query = '{ me { kind staffRole } person { fullName } populationChanges { nodes { kind } } }';
      const answer = await ask(url, query, { token: await tokenOf(key) });
      expect(at(answer.data, 'me')).toEqual({ kind: 'STAFF', staffRole: persona(key).account.staffRole });
      expect(at(answer.data, 'person')).toBeNull();
      expect(codes(answer)).toEqual([
        ['person', 'NOT_PERMITTED'],
        ['populationChanges', 'NOT_PERMITTED'],
      ]);
    },
  );
});

describe('nobody', () => {
  it.each([
    ['without a session', undefined],
    ['with a made-up session', 'A'.repeat(43)],
  ])('%s reads nothing', async (_name, token) => {
    const answer = await ask(url, '{ person { fullName } }', token === undefined ? {} : { token });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(answer.data).toBeUndefined();
  });

  it('reads what an authority alone may read', async () => {
    const query = '{ person { ... on Citizen { deathDate } exitSuspended } }';
    const answer = await ask(url, query, { token: await tokenOf('level2') });
    expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['NOT_PERMITTED']),
    );
  });

  it('reads on after signing out', async () => {
    const token = await tokenOf('level2');
    expect((await ask(url, 'mutation { signOut }', { token })).data).toEqual({ signOut: true });
    expect((await ask(url, '{ person { fullName } }', { token })).status).toBe(401);
  });
});

describe('two sources that disagree', () => {
  it('both stand in the answer, and a notice names the field and who corrects it', async () => {
    const query = '{ person { fullName dateOfBirth passports { holderName holderDateOfBirth } } }';
    const answer = await ask(url, query, { token: await tokenOf('mismatch') });
    const { population, immigration } = persona('mismatch').records;
    expect(answer.errors).toEqual([]);
    expect(at(answer.data, 'person', 'fullName')).toBe(population?.fullName);
    expect(at(answer.data, 'person', 'passports', 0, 'holderName')).toBe(immigration?.fullName);
    expect(population?.fullName).not.toBe(immigration?.fullName);
    expect(answer.extensions['notices']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'SOURCE_MISMATCH',
          source: 'immigration',
          agency: expect.stringMatching(/\p{L}/u),
        }),
      ]),
    );
    expect(JSON.stringify(answer.extensions)).not.toContain(immigration?.fullName);
  });
});

describe('the look-up of callers', () => {
  it('ends with the session: there is no cache for a revoked one to live in', async () => {
    const [one, other] = [await tokenOf('level2'), await tokenOf('level2')];
    await ask(url, 'mutation { signOut }', { token: one });
    expect((await ask(url, '{ me { level } }', { token: one })).status).toBe(401);
    expect((await ask(url, '{ me { level } }', { token: other })).data).toEqual({ me: { level: 2 } });
  });
});
