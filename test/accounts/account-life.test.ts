import { openRegistrar } from '@dinhdanh/accounts/registrar';
import type { Registrar } from '@dinhdanh/accounts/registrar';
import { AppError } from '@dinhdanh/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, attempt, codeOf, resolve, signedIn, startAccounts } from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';
import { startRegistryOfChanges } from './registry-of-changes.ts';
import type { RegistryOfChanges } from './registry-of-changes.ts';

const systemKey = Buffer.alloc(32, 9);
const messageKey = Buffer.alloc(32, 5);
let registry: RegistryOfChanges;
let accounts: AccountsUnderTest;
let registrar: Registrar;

beforeAll(async () => {
  registry = await startRegistryOfChanges(systemKey, () => accounts.clock.read());
  accounts = await startAccounts({
    gatewayUrl: () => registry.url,
    systemKey,
    pollSeconds: 0.02,
    messageKey,
  });
  const { databaseUrl, clock, log } = accounts;
  registrar = openRegistrar({ databaseUrl, clock: clock.read, log, messageKey });
});
afterAll(async () => {
  await registrar.close();
  await accounts.stop();
  await registry.stop();
});

let born = 0;

async function newPerson(): Promise<{ number: string; subject: string; token: string }> {
  born += 1;
  const number = `0970960${String(born).padStart(5, '0')}`;
  const subject = await addPerson(accounts, { number });
  return { number, subject, token: await signedIn(accounts.client, number) };
}

/** The kinds of messages that are put into the outbox while something is done. */
async function toldWhile(work: () => Promise<unknown>): Promise<string[]> {
  const ids = async () => accounts.sql<{ id: string; kind: string }>('SELECT id, kind FROM messages');
  const known = new Set((await ids()).map(({ id }) => id));
  await work();
  return (await ids()).filter(({ id }) => !known.has(id)).map(({ kind }) => kind);
}

async function record(kind: string, keys: Record<string, string>): Promise<void> {
  registry.changes.push({ at: accounts.clock.read().toISOString(), kind, keys });
  const applied = async () =>
    (await accounts.sql<{ cursor: string }>('SELECT cursor FROM change_cursor'))[0]?.cursor;
  await expect.poll(applied, { interval: 10 }).toBe(String(registry.changes.length));
}

describe('an account that is in use', () => {
  it('is locked whatever causes its row still names', async () => {
    const { subject } = await newPerson();
    await accounts.sql(`UPDATE accounts SET lock_causes = '{TERMS_BREACH}' WHERE subject = $1`, [subject]);
    await registrar.lockAccount(subject, 'TERMS_BREACH');
    const rows = await accounts.sql(
      'SELECT status, lock_causes::text AS causes FROM accounts WHERE subject = $1',
      [subject],
    );
    expect(rows).toEqual([{ status: 'LOCKED', causes: '{TERMS_BREACH}' }]);
  });
});

describe('an account that is closed', () => {
  it('is closed for good: no session, no sign-in, no unlock, and its owner is told once', async () => {
    const { number, subject, token } = await newPerson();
    expect(await toldWhile(() => registrar.closeAccount(subject))).toEqual(['ACCOUNT_CLOSED']);
    expect(await resolve(accounts.client, token)).toEqual({ actor: null });
    expect(codeOf(await attempt(accounts.client, { username: number }))).toBe('UNAUTHENTICATED');
    for (const again of [
      () => registrar.closeAccount(subject),
      () => registrar.unlockAccount(subject),
      () => registrar.lockAccount(subject, 'TERMS_BREACH'),
      () => registrar.changeLevel(subject, 1),
    ])
      await expect(again()).rejects.toThrow(AppError);
    const [last] = await accounts.sql<{ outcome: string }>(
      'SELECT outcome FROM sign_ins WHERE owner = $1 ORDER BY id DESC LIMIT 1',
      [subject],
    );
    expect(last).toEqual({ outcome: 'NOT_IN_USE' });
  });

  it('by a death is told to nobody', async () => {
    const { number, token } = await newPerson();
    expect(await toldWhile(() => record('PERSON_DIED', { PERSON: number }))).toEqual([]);
    expect(await resolve(accounts.client, token)).toEqual({ actor: null });
  });
});

describe('an owner is told at once', () => {
  it('that the level changed, that the office locked the account, that it is unlocked', async () => {
    const { subject } = await newPerson();
    expect(await toldWhile(() => registrar.changeLevel(subject, 1))).toEqual(['LEVEL_CHANGED']);
    expect(await toldWhile(() => registrar.lockAccount(subject, 'TERMS_BREACH'))).toEqual(['ACCOUNT_LOCKED']);
    expect(await toldWhile(() => registrar.unlockAccount(subject))).toEqual(['ACCOUNT_UNLOCKED']);
  });
});

describe('a number that was re-established', () => {
  it('keeps the old one as cancelled, moves the links, leaves the sessions, and is told', async () => {
    const { number: from, subject, token } = await newPerson();
    const to = from.replace('097096', '097097');
    await accounts.sql(
      `INSERT INTO linked_documents (id, subject, kind, ref, status, evidence)
       VALUES ($1, $2, 'VEHICLE', 'ref', 'LINKED', 'DATABASE_MATCH')`,
      [`link-${from}`, subject],
    );
    const renumber = () => record('NUMBER_REPLACED', { PERSON: to, PREVIOUS_NUMBER: from });
    expect(await toldWhile(renumber)).toEqual(['NUMBER_REPLACED']);
    expect(await toldWhile(renumber)).toEqual([]);
    const [row] = await accounts.sql(
      `SELECT personal_number, cancelled_numbers, c.username, (SELECT count(*)::int FROM linked_documents d
         WHERE d.subject = a.subject) AS links FROM accounts a JOIN credentials c USING (subject) WHERE subject = $1`,
      [subject],
    );
    expect(row).toEqual({ personal_number: to, cancelled_numbers: [from], username: to, links: 1 });
    expect((await resolve(accounts.client, token)).self.ids).toMatchObject({
      personalNumber: to,
      cancelledNumbers: [from],
    });
    expect(codeOf(await attempt(accounts.client, { username: from }))).toBe('UNAUTHENTICATED');
    await signedIn(accounts.client, to);
  });
});
