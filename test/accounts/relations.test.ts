import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  attempt,
  callerOf,
  codeOf,
  relate,
  resolve,
  signedIn,
  startAccounts,
} from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';
import { startRegistryOfChanges } from './registry-of-changes.ts';
import type { Change, RegistryOfChanges } from './registry-of-changes.ts';

const systemKey = Buffer.alloc(32, 9);
let registry: RegistryOfChanges;
let accounts: AccountsUnderTest;

const GUARDIAN = '097075000001';
const WARD = '097040000002';
const MOTHER = '097090000003';

beforeAll(async () => {
  registry = await startRegistryOfChanges(systemKey, () => accounts.clock.read());
  accounts = await startAccounts({ gatewayUrl: () => registry.url, systemKey, pollSeconds: 0.02 });
  await addPerson(accounts, { number: GUARDIAN, born: '1975-01-01' });
  await addPerson(accounts, { number: WARD, born: '1940' });
  await addPerson(accounts, { number: MOTHER, born: '1990-05-05' });
});
afterAll(async () => {
  await accounts.stop();
  await registry.stop();
});

let tick = 0;

/** Lets population record changes, one a minute, and waits until accounts has applied all of them. */
async function record(...changes: Omit<Change, 'at'>[]): Promise<void> {
  for (const change of changes) {
    tick += 1;
    registry.changes.push({ at: new Date(Date.UTC(2026, 10, 21, 4, tick)).toISOString(), ...change });
  }
  await followed();
}

async function followed(): Promise<void> {
  const end = String(registry.changes.length);
  const applied = async (): Promise<unknown> =>
    (await accounts.sql<{ cursor: string | null }>('SELECT cursor FROM change_cursor'))[0]?.cursor;
  await expect.poll(applied, { interval: 10 }).toBe(end);
}

/** Whom a person may act for: numbers and relations. */
async function wardsOf(username: string): Promise<[string, string][]> {
  const resolved = await resolve(accounts.client, await signedIn(accounts.client, username));
  return resolved.dependants.map((ward: { ids: { personalNumber: string }; relation: string }) => [
    ward.ids.personalNumber,
    ward.relation,
  ]);
}

/** Everything the changes decide, for comparing. */
function state(): Promise<unknown[]> {
  return accounts.sql(
    `SELECT guardian_number, ward_number, relation, ends_on, ended_at, confirmed_at, changed_at FROM relations
     ORDER BY 1, 2, 3`,
  );
}

const appointed = { kind: 'RELATION_RECORDED', keys: { GUARDIAN, WARD } };
const dismissed = { kind: 'RELATION_ENDED', keys: { GUARDIAN, WARD } };

describe('a relation', () => {
  it('holds from the change that records it until the change that ends it, and may be recorded again', async () => {
    await record(appointed);
    expect(await wardsOf(GUARDIAN)).toEqual([[WARD, 'WARD']]);
    await record(dismissed);
    expect(await wardsOf(GUARDIAN)).toEqual([]);
    await record(appointed);
    expect(await wardsOf(GUARDIAN)).toEqual([[WARD, 'WARD']]);
  });

  it('is shown to the owner as resolve-caller tells it', async () => {
    const resolved = await resolve(accounts.client, await signedIn(accounts.client, GUARDIAN));
    const { body } = await accounts.client.ask(
      '{ me { dependants { id relation endsOn person { __typename } } } }',
      {},
      callerOf(resolved),
    );
    const [ward] = resolved.dependants;
    expect(body.data.me.dependants).toEqual([
      { id: ward.id, relation: 'WARD', endsOn: null, person: { __typename: 'Citizen' } },
    ]);
  });

  it('asks for the guardian’s agreement before the ward uses the account', async () => {
    const token = await signedIn(accounts.client, WARD);
    expect((await resolve(accounts.client, token)).guardianRequired).toBe(true);
    await accounts.sql('UPDATE relations SET confirmed_at = now() WHERE ward_number = $1', [WARD]);
    expect((await resolve(accounts.client, token)).guardianRequired).toBe(false);
    await record(dismissed, appointed);
    expect((await resolve(accounts.client, token)).guardianRequired).toBe(true);
  });

  it('to a child begins when the child has an account, and ends with its eighteenth birthday', async () => {
    const child = '097108000004';
    await record({ kind: 'RELATION_RECORDED', keys: { MOTHER, CHILD: child } });
    expect(await wardsOf(MOTHER)).toEqual([]);
    await addPerson(accounts, { number: child, born: '2008-11-22' });
    expect(await wardsOf(MOTHER)).toEqual([[child, 'CHILD']]);
    const token = await signedIn(accounts.client, MOTHER);
    // 03:00 UTC is 10:00 in Viet Nam, where the birthday begins 14 hours later.
    accounts.clock.advance(14 * 3600 - 60);
    expect(await wardsOf(MOTHER)).toEqual([[child, 'CHILD']]);
    accounts.clock.advance(60);
    expect(await wardsOf(MOTHER)).toEqual([]);
    expect((await resolve(accounts.client, token)).actor).toBeNull();
  });

  it('with a day set beforehand is over on that day', async () => {
    const [older, newer] = ['097075000011', '097075000012'];
    const ward = '097040000013';
    for (const number of [older, newer, ward]) await addPerson(accounts, { number });
    // It is 22 November in Viet Nam by now.
    await relate(accounts, { guardian: older, ward, kind: 'WARD', endsOn: '2026-11-22' });
    await relate(accounts, { guardian: newer, ward, kind: 'WARD', endsOn: '2026-11-23' });
    expect(await wardsOf(older)).toEqual([]);
    expect(await wardsOf(newer)).toEqual([[ward, 'WARD']]);
  });
});

describe('other changes', () => {
  it('a death closes the account, its sessions and its relations', async () => {
    const [dead, ward] = ['097075000021', '097040000022'];
    for (const number of [dead, ward]) await addPerson(accounts, { number });
    await record({ kind: 'RELATION_RECORDED', keys: { GUARDIAN: dead, WARD: ward } });
    const [own, wards] = [await signedIn(accounts.client, dead), await signedIn(accounts.client, ward)];
    await record({ kind: 'PERSON_DIED', keys: { PERSON: dead } });
    expect(await resolve(accounts.client, own)).toEqual({ actor: null });
    expect(
      await accounts.sql('SELECT id FROM sessions WHERE subject = $1 AND revoked_at IS NULL', [
        `subject-${dead}`,
      ]),
    ).toEqual([]);
    expect(codeOf(await attempt(accounts.client, { username: dead }))).toBe('UNAUTHENTICATED');
    expect((await resolve(accounts.client, wards)).guardianRequired).toBe(false);
  });

  it('a new number takes the place of the old one everywhere, and the old one stays known', async () => {
    const [before, after, ward] = ['097075000031', '098075000032', '097040000033'];
    for (const number of [before, ward]) await addPerson(accounts, { number });
    await record({ kind: 'RELATION_RECORDED', keys: { GUARDIAN: before, WARD: ward } });
    const token = await signedIn(accounts.client, before);
    await record({ kind: 'NUMBER_REPLACED', keys: { PERSON: after, PREVIOUS_NUMBER: before } });
    const resolved = await resolve(accounts.client, token);
    expect(resolved.self.ids).toMatchObject({ personalNumber: after, cancelledNumbers: [before] });
    expect(await wardsOf(after)).toEqual([[ward, 'WARD']]);
    expect(codeOf(await attempt(accounts.client, { username: before }))).toBe('UNAUTHENTICATED');
  });

  it('a new number that is taken raises the alarm and holds nothing up', async () => {
    const [one, two] = ['097075000041', '097075000042'];
    for (const number of [one, two]) await addPerson(accounts, { number });
    await record({ kind: 'NUMBER_REPLACED', keys: { PERSON: two, PREVIOUS_NUMBER: one } }, dismissed);
    expect(accounts.log.count('ACCOUNTS_CHANGES_CONTRADICTED')).toBe(1);
    expect(await wardsOf(GUARDIAN)).toEqual([]);
    await signedIn(accounts.client, one);
  });

  it('of no meaning to accounts are passed over', async () => {
    const before = await state();
    await record(
      { kind: 'CARD_CHANGED', keys: { PERSON: GUARDIAN, DOCUMENT: 'x' } },
      { kind: 'RELATION_RECORDED', keys: { PERSON: GUARDIAN, SPOUSE: MOTHER } },
    );
    expect(await state()).toEqual(before);
  });
});

describe('following population', () => {
  it('from the beginning once more changes nothing', async () => {
    const before = {
      relations: await state(),
      accounts: await accounts.sql('SELECT * FROM accounts ORDER BY subject'),
    };
    await accounts.sql('UPDATE change_cursor SET cursor = NULL');
    await followed();
    expect({
      relations: await state(),
      accounts: await accounts.sql('SELECT * FROM accounts ORDER BY subject'),
    }).toEqual(before);
  });

  it('an old change that comes again by itself opens nothing that was closed', async () => {
    const history = [...registry.changes];
    // A relation recorded, ended, recorded, ended: only its first page comes again.
    const start = history.findIndex(({ keys }) => keys['GUARDIAN'] === GUARDIAN);
    await record(dismissed);
    const before = await state();
    registry.changes.splice(0, registry.changes.length, ...history.slice(start, start + 1));
    await accounts.sql('UPDATE change_cursor SET cursor = NULL');
    await followed();
    expect(await state()).toEqual(before);
    expect(await wardsOf(GUARDIAN)).toEqual([]);
    registry.changes.splice(0, registry.changes.length, ...history);
    await followed();
  });

  it('goes by the order in which changes are told, whatever instants they carry', async () => {
    registry.changes.push(
      { at: '2027-01-01T00:00:00.000Z', ...dismissed },
      { at: '2026-12-31T00:00:00.000Z', ...appointed },
    );
    await followed();
    expect(await wardsOf(GUARDIAN)).toEqual([[WARD, 'WARD']]);
  });

  it('in two processes applies each page once', async () => {
    const before = accounts.log.lines.length;
    const { service } = await accounts.startAnother();
    await record(appointed, dismissed, appointed, dismissed, appointed, dismissed, appointed);
    const applied = accounts.log.lines
      .slice(before)
      .filter(({ event }) => event === 'ACCOUNTS_CHANGES_APPLIED');
    expect(applied.reduce((sum, { fields }) => sum + (fields.count ?? 0), 0)).toBe(7);
    expect(await wardsOf(GUARDIAN)).toEqual([[WARD, 'WARD']]);
    await service.stop();
  });

  it('waits while the gateway cannot answer, then loses nothing', async () => {
    registry.broken = true;
    const answered = registry.answered;
    registry.changes.push({ at: '2026-11-21T06:00:00.000Z', ...dismissed });
    const failures = accounts.log.count('ACCOUNTS_CHANGES_FAILED');
    while (accounts.log.count('ACCOUNTS_CHANGES_FAILED') < failures + 2) await sleep(10);
    expect(registry.answered).toBe(answered);
    expect(await wardsOf(GUARDIAN)).toEqual([[WARD, 'WARD']]);
    registry.broken = false;
    await followed();
    expect(await wardsOf(GUARDIAN)).toEqual([]);
  });

  it('ends with the service, at once, though it would wait for an hour', async () => {
    const answered = registry.answered;
    const { service } = await accounts.startAnother({
      gatewayUrl: () => registry.url,
      systemKey,
      pollSeconds: 3_600,
    });
    while (registry.answered === answered) await sleep(10);
    const startedAt = performance.now();
    await service.stop();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
