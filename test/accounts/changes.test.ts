import { openRegistrar } from '@dinhdanh/accounts/registrar';
import type { Registrar } from '@dinhdanh/accounts/registrar';
import { AppError } from '@dinhdanh/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  callerOf,
  codeOf,
  relate,
  resolve,
  SECRETS,
  signedIn,
  startAccounts,
} from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';
import { startRegistryOfChanges } from './registry-of-changes.ts';
import type { Change, RegistryOfChanges } from './registry-of-changes.ts';

const systemKey = Buffer.alloc(32, 9);
let registry: RegistryOfChanges;
let accounts: AccountsUnderTest;
let registrar: Registrar;

beforeAll(async () => {
  registry = await startRegistryOfChanges(systemKey, () => accounts.clock.read());
  accounts = await startAccounts({ gatewayUrl: () => registry.url, systemKey, pollSeconds: 0.02 });
  registrar = openRegistrar({
    databaseUrl: accounts.databaseUrl,
    clock: accounts.clock.read,
    log: accounts.log,
  });
});
afterAll(async () => {
  await registrar.close();
  await accounts.stop();
  await registry.stop();
});

interface Told {
  readonly cursor: string;
  readonly kind: string;
  readonly keys: readonly { readonly role: string; readonly value: string }[];
}

const QUERY = `query($after: String, $first: Int) { accountsChanges(after: $after, first: $first) {
  nodes { cursor at kind keys { role value } } pageInfo { hasNextPage endCursor } } }`;

async function changes(after: string | null = null, first = 100): Promise<Told[]> {
  const { body } = await accounts.client.ask(QUERY, { after, first });
  return body.data.accountsChanges.nodes;
}

/** What is told while something is done, as kind and `ROLE value`. */
async function toldWhile(work: () => Promise<unknown>): Promise<string[][]> {
  const before = (await changes()).at(-1)?.cursor ?? null;
  await work();
  return (await changes(before)).map(({ kind, keys }) => [
    kind,
    ...keys.map(({ role, value }) => `${role} ${value}`),
  ]);
}

let tick = 0;

/** Lets population record a change, and waits until accounts has applied it. */
async function record(change: Omit<Change, 'at'>): Promise<void> {
  tick += 1;
  registry.changes.push({ at: new Date(Date.UTC(2026, 10, 21, 4, tick)).toISOString(), ...change });
  const applied = async (): Promise<unknown> =>
    (await accounts.sql<{ cursor: string | null }>('SELECT cursor FROM change_cursor'))[0]?.cursor;
  await expect.poll(applied, { interval: 10 }).toBe(String(registry.changes.length));
}

let born = 0;

async function newNumber(year = '1980'): Promise<string> {
  born += 1;
  const number = `0970930${String(born).padStart(5, '0')}`;
  await addPerson(accounts, { number, born: `${year}-03-02` });
  return number;
}

describe('a change of an account is told, once, when it', () => {
  it('is locked by its owner or the office, is unlocked, or has its level changed', async () => {
    const number = await newNumber();
    const key = `SUBJECT subject-${number}`;
    const subject = `subject-${number}`;
    const token = await signedIn(accounts.client, number, SECRETS.passcode);
    const caller = callerOf(await resolve(accounts.client, token));
    const lock = () =>
      accounts.client.ask('mutation { lockAccount(reason: LOST_DEVICE) { status } }', {}, caller);
    expect(await toldWhile(lock)).toEqual([['LOCKED', key]]);
    expect(await toldWhile(lock)).toEqual([]);
    expect(await toldWhile(() => registrar.unlockAccount(subject))).toEqual([['UNLOCKED', key]]);
    expect((await resolve(accounts.client, token)).status).toBe('ACTIVE');
    expect(await toldWhile(() => registrar.changeLevel(subject, 1))).toEqual([['LEVEL_CHANGED', key]]);
    expect((await resolve(accounts.client, token)).level).toBe(1);
    expect(await toldWhile(() => registrar.lockAccount(subject, 'AUTHORITY_REQUEST'))).toEqual([
      ['LOCKED', key],
    ]);
    expect(await resolve(accounts.client, token)).toMatchObject({ lockReason: 'AUTHORITY_REQUEST' });
    expect(await toldWhile(() => registrar.changeLevel(subject, 1).catch(() => undefined))).toEqual([]);
    await expect(registrar.lockAccount(subject, 'TERMS_BREACH')).rejects.toThrow(AppError);
    await expect(registrar.unlockAccount('unknown')).rejects.toThrow(AppError);
  });

  it('is closed by a death, with every guardianship that ends by it', async () => {
    const [guardian, ward] = [await newNumber(), await newNumber()];
    const child = await newNumber('2015');
    await relate(accounts, { guardian, ward, kind: 'WARD' });
    await relate(accounts, { guardian: ward, ward: child, kind: 'CHILD' });
    const death = { kind: 'PERSON_DIED', keys: { PERSON: ward } };
    const told = await toldWhile(() => record(death));
    expect(told[0]).toEqual(['CLOSED', `SUBJECT subject-${ward}`]);
    expect(told.slice(1).toSorted()).toEqual([
      [
        'GUARDIANSHIP_ENDED',
        `RELATION ${guardian}-${ward}`,
        `GUARDIAN subject-${guardian}`,
        `WARD subject-${ward}`,
      ],
      [
        'GUARDIANSHIP_ENDED',
        `RELATION ${ward}-${child}`,
        `GUARDIAN subject-${ward}`,
        `WARD subject-${child}`,
      ],
    ]);
    expect(await toldWhile(() => record(death))).toEqual([]);
  });

  it('has its guardianship ended by a change, and again after it was recorded anew', async () => {
    const [guardian, ward] = [await newNumber(), await newNumber()];
    const keys = { GUARDIAN: guardian, WARD: ward };
    expect(await toldWhile(() => record({ kind: 'RELATION_RECORDED', keys }))).toEqual([]);
    const [row] = await accounts.sql<{ id: string }>('SELECT id FROM relations WHERE ward_number = $1', [
      ward,
    ]);
    const ended = [
      ['GUARDIANSHIP_ENDED', `RELATION ${row?.id}`, `GUARDIAN subject-${guardian}`, `WARD subject-${ward}`],
    ];
    expect(await toldWhile(() => record({ kind: 'RELATION_ENDED', keys }))).toEqual(ended);
    expect(await toldWhile(() => record({ kind: 'RELATION_ENDED', keys }))).toEqual([]);
    await record({ kind: 'RELATION_RECORDED', keys });
    expect(await toldWhile(() => record({ kind: 'RELATION_ENDED', keys }))).toEqual(ended);
  });

  it('has its guardianship ended by a day: the one set beforehand, or full age', async () => {
    const [guardian, ward, later] = [await newNumber(), await newNumber(), await newNumber()];
    const [grown, child] = [await newNumber('2008'), await newNumber('2009')];
    await relate(accounts, { guardian, ward, kind: 'WARD', endsOn: '2026-11-21' });
    await relate(accounts, { guardian, ward: later, kind: 'WARD', endsOn: '2026-11-22' });
    for (const one of [grown, child]) await relate(accounts, { guardian, ward: one, kind: 'CHILD' });
    const lookUntilTold = async (count: number) => {
      const before = (await changes()).at(-1)?.cursor ?? null;
      const looked = await accounts.startAnother({});
      await expect.poll(async () => (await changes(before)).length).toBeGreaterThanOrEqual(count);
      await looked.service.stop();
    };
    const told = await toldWhile(() => lookUntilTold(2));
    expect(told.map(([kind, relation]) => [kind, relation])).toEqual([
      ['GUARDIANSHIP_ENDED', `RELATION ${guardian}-${ward}`],
      ['GUARDIANSHIP_ENDED', `RELATION ${guardian}-${grown}`],
    ]);
    // The next look tells what has ended since, and nothing twice.
    const last = await newNumber();
    await relate(accounts, { guardian, ward: last, kind: 'WARD', endsOn: '2026-11-21' });
    const since = await toldWhile(() => lookUntilTold(1));
    expect(since.map(([, relation]) => relation)).toEqual([`RELATION ${guardian}-${last}`]);
  });
});

describe('the changes of accounts', () => {
  it('are read in pages, in their order, and name nobody by number', async () => {
    const all = await changes();
    const pages: Told[] = [];
    for (let page = await changes(null, 2); page.length > 0; page = await changes(page.at(-1)?.cursor, 2))
      pages.push(...page);
    expect(pages).toEqual(all);
    expect(all.length).toBeGreaterThan(8);
    const numbers = await accounts.sql<{ personal_number: string }>('SELECT personal_number FROM accounts');
    const keys = all.flatMap((change) => change.keys.map(({ value }) => value));
    for (const { personal_number: number } of numbers) expect(keys).not.toContain(number);
  });

  it('stand or fall with what changed', async () => {
    const number = await newNumber();
    await accounts.sql('ALTER TABLE changes ADD CONSTRAINT none CHECK (false) NOT VALID');
    await expect(registrar.changeLevel(`subject-${number}`, 1)).rejects.toThrow();
    await accounts.sql('ALTER TABLE changes DROP CONSTRAINT none');
    const [row] = await accounts.sql('SELECT level FROM accounts WHERE personal_number = $1', [number]);
    expect(row).toEqual({ level: 2 });
  });

  it('are for systems alone', async () => {
    const answer = await accounts.client.ask(QUERY, {}, { act: { kind: 'person', id: 'x' } });
    expect(codeOf(answer)).toBe('NOT_PERMITTED');
  });
});
