import { SESSIONS_A_CALL, sessionIdOf } from '@dinhdanh/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  addStaff,
  callerOf,
  codeOf,
  relate,
  resolve,
  SECRETS,
  signedIn,
  startAccounts,
} from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';
import { countStatements, untilQuiet } from '../harness/service-database.ts';

let accounts: AccountsUnderTest;
const PERSON = '097085000001';
const CHILD = '097015000002';
const OTHER = '097015000003';
const FATHER = '097080000004';

beforeAll(async () => {
  accounts = await startAccounts();
  await addPerson(accounts, { number: PERSON, born: '1985-03-02' });
  await addPerson(accounts, { number: FATHER, born: '1980-03-02' });
  for (const number of [CHILD, OTHER]) await addPerson(accounts, { number, born: '2015-04-20' });
  await relate(accounts, { guardian: PERSON, ward: CHILD, kind: 'CHILD' });
  await relate(accounts, { guardian: FATHER, ward: OTHER, kind: 'CHILD', endsOn: '2026-11-22' });
  await addStaff(accounts, 'can.bo.hai', 'OPERATOR');
});
afterAll(() => accounts.stop());

const own = (number: string) => ({
  grantor: `subject-${number}`,
  subject: `subject-${number}`,
  relationId: null,
});
const forWard = (guardian: string, ward: string) => ({
  grantor: `subject-${guardian}`,
  subject: `subject-${ward}`,
  relationId: `${guardian}-${ward}`,
});

async function consenter(asked: unknown) {
  return (await accounts.client.post('/resolve-caller', { consenter: asked })).body;
}

/** Adds an organisation of PERSON's. */
async function addOrganisation(id: string, { name = 'Tổ chức thử', ended = false } = {}): Promise<void> {
  await accounts.sql(
    `INSERT INTO organisations (id, legal_name, tax_code, sector, representative, ended_at, synthetic)
     VALUES ($1, $2, $1, 'HOTEL', $3, CASE WHEN $4 THEN now() END, true)`,
    [id, name, `subject-${PERSON}`, ended],
  );
}

describe('a confirmation', () => {
  const mutation = 'mutation($passcode: String!) { confirmPasscode(passcode: $passcode) { passcodeUntil } }';

  it('is told with the session while its window is open, and is another one each time', async () => {
    const token = await signedIn(accounts.client, PERSON, SECRETS.passcode);
    const first = await resolve(accounts.client, token);
    const at = accounts.clock.read().toISOString();
    expect(first.confirmation).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      at,
      method: 'passcode',
    });
    expect((await resolve(accounts.client, token)).confirmation).toEqual(first.confirmation);

    accounts.clock.advance(10);
    await accounts.client.ask(mutation, { passcode: SECRETS.passcode }, callerOf(first));
    const second = await resolve(accounts.client, token);
    expect(second.confirmation.id).not.toBe(first.confirmation.id);
    expect(second.confirmation.at).toBe(accounts.clock.read().toISOString());

    accounts.clock.advance(299);
    expect((await resolve(accounts.client, token)).confirmation).toEqual(second.confirmation);
    accounts.clock.advance(1);
    expect((await resolve(accounts.client, token)).confirmation).toBeNull();
  });

  it('is of its session alone, and none is made without a right passcode', async () => {
    await signedIn(accounts.client, PERSON, SECRETS.passcode);
    const resolved = await resolve(accounts.client, await signedIn(accounts.client, PERSON));
    expect(resolved.confirmation).toBeNull();
    const refused = await accounts.client.ask(mutation, { passcode: '000000' }, callerOf(resolved));
    expect(codeOf(refused)).toBe('PASSCODE_REQUIRED');
    expect(await accounts.sql('SELECT 1 FROM sessions WHERE confirmation_id IS NOT NULL')).toHaveLength(2);
  });

  it('goes when the account is locked', async () => {
    const number = '097085000009';
    await addPerson(accounts, { number });
    const token = await signedIn(accounts.client, number, SECRETS.passcode);
    const caller = callerOf(await resolve(accounts.client, token));
    await accounts.client.ask('mutation { lockAccount(reason: LOST_DEVICE) { status } }', {}, caller);
    expect((await resolve(accounts.client, token)).confirmation).toBeNull();
  });
});

describe('sessions that are asked for together', () => {
  it('are told of in the order asked, each of its own owner, nobody’s as such, in one statement', async () => {
    const tokens = [await signedIn(accounts.client, FATHER), await signedIn(accounts.client, PERSON)];
    const [father = '', person = ''] = tokens;
    const sessions = [person, 'nobody’s', father, person];
    await untilQuiet(accounts.databaseUrl);
    let callers: unknown;
    const statements = await countStatements(accounts.databaseUrl, async () => {
      ({ callers } = (await accounts.client.post('/resolve-caller', { sessions })).body);
    });
    expect(callers).toMatchObject([
      {
        actor: { id: `subject-${PERSON}` },
        sessionId: sessionIdOf(person),
        dependants: [{ as: 'guardian' }],
      },
      { actor: null },
      { actor: { id: `subject-${FATHER}` }, sessionId: sessionIdOf(father) },
      { actor: { id: `subject-${PERSON}` }, sessionId: sessionIdOf(person) },
    ]);
    const asked = [...statements].filter(([text]) => text.includes('FROM sessions s'));
    expect(asked.map(([, count]) => count)).toEqual([1]);
  });
});

describe('the organisations of a caller', () => {
  it('are those that exist, of a level-2 account alone', async () => {
    await addOrganisation('0100000001', { name: 'B' });
    await addOrganisation('0100000002', { name: 'A' });
    await addOrganisation('0100000003', { ended: true });
    const token = await signedIn(accounts.client, PERSON);
    const organisation = { sector: 'HOTEL' };
    expect((await resolve(accounts.client, token)).organisations).toEqual([
      { ...organisation, id: '0100000002', legalName: 'A', taxCode: '0100000002' },
      { ...organisation, id: '0100000001', legalName: 'B', taxCode: '0100000001' },
    ]);
    await accounts.sql('UPDATE accounts SET level = 1 WHERE personal_number = $1', [PERSON]);
    expect((await resolve(accounts.client, token)).organisations).toEqual([]);
    await accounts.sql('UPDATE accounts SET level = 2 WHERE personal_number = $1', [PERSON]);
    const others = await signedIn(accounts.client, FATHER);
    expect((await resolve(accounts.client, others)).organisations).toEqual([]);
  });
});

describe('who agreed to share', () => {
  it('is told as their account stands, with the identifiers of whose data it is', async () => {
    expect(await consenter(own(PERSON))).toEqual({
      kind: 'consenter',
      level: 2,
      status: 'ACTIVE',
      guardianRequired: false,
      subject: `subject-${PERSON}`,
      ids: expect.objectContaining({ personalNumber: PERSON, dateOfBirth: '1985-03-02' }),
      stillGuardian: true,
    });
    expect(await consenter(forWard(PERSON, CHILD))).toMatchObject({
      level: 2,
      subject: `subject-${CHILD}`,
      ids: { personalNumber: CHILD, dateOfBirth: '2015-04-20' },
      guardianRequired: false,
      stillGuardian: true,
    });
    expect(await consenter(own(CHILD))).toMatchObject({ guardianRequired: true });
  });

  it('is nobody where no such account or relation ever was', async () => {
    const cases = [
      own('097000000000'),
      { ...own(PERSON), subject: `subject-${CHILD}` },
      { ...forWard(PERSON, OTHER), relationId: `${PERSON}-${CHILD}` },
      { ...forWard(FATHER, CHILD), relationId: `${PERSON}-${CHILD}` },
      { ...forWard(PERSON, CHILD), relationId: 'unknown' },
    ];
    for (const asked of cases) expect(await consenter(asked)).toEqual({ actor: null });
  });

  it('is no guardian any more once the relation has ended, by its day or by a change', async () => {
    expect((await consenter(forWard(FATHER, OTHER))).stillGuardian).toBe(true);
    accounts.clock.advance(24 * 3600);
    expect((await consenter(forWard(FATHER, OTHER))).stillGuardian).toBe(false);
    await accounts.sql('UPDATE relations SET ended_at = now() WHERE ward_number = $1', [CHILD]);
    expect((await consenter(forWard(PERSON, CHILD))).stillGuardian).toBe(false);
    await accounts.sql('UPDATE relations SET ended_at = NULL WHERE ward_number = $1', [CHILD]);
  });

  it.each([
    ['LOCKED', 'LOCKED'],
    ['CLOSED', undefined],
    ['PENDING_REVIEW', undefined],
  ])('with an account that is %s is %s', async (status, told) => {
    await accounts.sql('UPDATE accounts SET status = $2::account_status WHERE personal_number = $1', [
      FATHER,
      status,
    ]);
    expect((await consenter(own(FATHER))).status).toBe(told);
    await accounts.sql(`UPDATE accounts SET status = 'ACTIVE' WHERE personal_number = $1`, [FATHER]);
  });

  it('costs one statement to look up, known or not', async () => {
    await untilQuiet(accounts.databaseUrl);
    for (const asked of [forWard(PERSON, CHILD), own('097000000000')]) {
      const statements = await countStatements(accounts.databaseUrl, () => consenter(asked));
      expect([...statements.values()]).toEqual([1]);
    }
  });

  it('is told to the gateway alone, and only for a body that asks one thing', async () => {
    const person = { act: { kind: 'person' as const, id: 'x' } };
    const answer = await accounts.client.post('/resolve-caller', { consenter: own(PERSON) }, person);
    expect(codeOf(answer)).toBe('NOT_PERMITTED');
    const bodies = [
      {},
      { consenter: null },
      { consenter: { ...own(PERSON), relationId: undefined } },
      { consenter: { ...own(PERSON), grantor: 'a\0b' } },
      { sessions: ['x'], consenter: own(PERSON) },
      { sessions: [] },
      { sessions: ['x', 7] },
      { sessions: 'x' },
      { sessions: Array.from({ length: SESSIONS_A_CALL + 1 }, () => 'x') },
    ];
    for (const body of bodies)
      expect(codeOf(await accounts.client.post('/resolve-caller', body))).toBe('BAD_USER_INPUT');
  });
});

it('an operator acts as an officer with that role, and represents nobody', async () => {
  const resolved = await resolve(accounts.client, await signedIn(accounts.client, 'can.bo.hai'));
  expect(resolved).toMatchObject({
    actor: { kind: 'officer', staffRole: 'OPERATOR' },
    confirmation: null,
    organisations: [],
  });
});
