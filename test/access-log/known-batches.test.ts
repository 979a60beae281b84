import type { AccessLog } from '@dinhdanh/access-log';
import { forgetOld } from '@dinhdanh/access-log/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import { openServiceDatabases, type ServiceDatabases } from '../harness/service-database.ts';
import { expectWholeTrees } from './expect-whole-trees.ts';
import { entryOf, type LogUnderTest, startLog } from './log-under-test.ts';

let databases: ServiceDatabases;
beforeAll(async () => {
  databases = await openServiceDatabases();
});
afterAll(() => databases.stop());

let under: LogUnderTest;
beforeEach(async () => {
  under = await startLog(undefined, databases);
});
afterEach(() => under.stop());

const batch = (id: string, digest = 'digest') => ({ id: id.padEnd(8, '-'), digest });
const entries = async (): Promise<number> =>
  Number((await under.sql<{ count: string }>('SELECT count(*) FROM entries'))[0]?.count);
const again = (log: AccessLog, given: readonly unknown[], id: string) =>
  log.append(given, batch(id)).catch((failure: unknown) => failure);

describe('a batch that is sent again to another process', () => {
  it('is answered with the receipts it had, whatever was refused in it, and is not written again', async () => {
    const before = under.open();
    await before.append([entryOf(), entryOf()]);
    const given = [
      entryOf(),
      { ...entryOf(), colour: 'red' },
      entryOf({ event: 'aborted', completes: 0 }),
      entryOf({ event: 'aborted', completes: 77 }),
      entryOf(),
    ];
    const answer = await before.append(given, batch('one'));
    expect(answer.receipts.map((receipt) => ('index' in receipt ? receipt.index : receipt.refused))).toEqual([
      2,
      'ENTRY_INVALID',
      3,
      'COMPLETES_UNKNOWN',
      4,
    ]);
    await before.close();
    const after = under.open();
    expect(await after.append(given, batch('one'))).toEqual(answer);
    expect(await after.append(given, batch('one'))).toEqual(answer);
    expect(await entries()).toBe(5);
    expect(await expectWholeTrees(under)).toBe(5);
  });

  it('is answered the same where all it did was to complete an intent', async () => {
    const before = under.open();
    await before.append([entryOf()]);
    const given = [entryOf({ event: 'aborted', completes: 0 })];
    const answer = await before.append(given, batch('aborted'));
    expect(answer.receipts).toEqual([{ index: 1, leafHash: expect.any(String) }]);
    await before.close();
    expect(await again(under.open(), given, 'aborted')).toEqual(answer);
    expect(await entries()).toBe(2);
  });

  it('is told from those beside it: they are written, it is not', async () => {
    const before = under.open();
    const many = Array.from({ length: 40 }, (_, number) => `batch-${number}`);
    const first = await Promise.all(many.slice(0, 20).map((id) => again(before, [entryOf(), entryOf()], id)));
    await before.close();
    const after = under.open();
    const second = await Promise.all(many.map((id) => again(after, [entryOf(), entryOf()], id)));
    expect(second.slice(0, 20)).toEqual(first);
    expect(await entries()).toBe(80);
    expect(await expectWholeTrees(under)).toBe(80);
  });

  it('is refused where its id comes with other content', async () => {
    const before = under.open();
    await before.append([entryOf()], batch('one'));
    await before.close();
    const after = under.open();
    const other = after.append([entryOf()], batch('one', 'other'));
    await expect(other).rejects.toMatchObject({ code: 'BAD_USER_INPUT', detail: { reason: 'BATCH_REUSED' } });
    expect(await entries()).toBe(1);
  });

  it('keeps its origin across the turn of a half-year', async () => {
    const before = under.open();
    const answer = await before.append([entryOf()], batch('one'));
    await before.close();
    under.clock.advance(60 * 86_400);
    const after = under.open();
    expect(await after.append([entryOf()], batch('one'))).toEqual(answer);
    expect(answer.origin).toBe('log.test/2026h2');
  });

  it('is written once where its writer was cut off with the commit under way, and never knew', async () => {
    const proxy = await startFaultProxy(under.databaseUrl.replace('postgresql:', 'http:'));
    const url = new URL(under.databaseUrl);
    url.port = String(proxy.port);
    const cutOff = under.open({ databaseUrl: url.href });
    await cutOff.append([entryOf()]);
    // The statement goes out, and no answer comes back, now or ever.
    proxy.set({ kind: 'reset', afterBytes: 0 });
    const sent = again(cutOff, [entryOf({ requestId: 'once' })], 'one');
    await expect.poll(entries).toBe(2);
    const survivor = under.open();
    const answer = await survivor.append([entryOf({ requestId: 'once' })], batch('one'));
    expect(answer.receipts).toMatchObject([{ index: 1 }]);
    expect(await entries()).toBe(2);
    proxy.set({ kind: 'none' });
    await sent;
    await cutOff.close();
    await proxy.close();
  });
});

describe('what is kept of batches', () => {
  it('is no word that their senders chose', async () => {
    await under.open().append([entryOf()], batch('097188000101'));
    const [row] = await under.sql('SELECT batches::text AS row FROM batches');
    expect(row?.['row']).not.toContain('097188000101');
    expect(
      await under.sql('SELECT octet_length(id) AS id, octet_length(digest) AS digest FROM batches'),
    ).toEqual([{ id: 16, digest: 32 }]);
  });

  it('is forgotten after an hour, and not before', async () => {
    const log = under.open();
    for (const id of ['old', 'older', 'young']) await log.append([entryOf()], batch(id));
    await under.sql(`UPDATE batches SET at = now() - interval '61 minutes' WHERE first < 2`);
    await under.sql(`UPDATE batches SET at = now() - interval '59 minutes' WHERE first = 2`);
    const pool = new pg.Pool({ connectionString: under.databaseUrl });
    expect(await forgetOld(pool)).toBe(2);
    await pool.end();
    expect(await under.sql('SELECT first FROM batches')).toEqual([{ first: '2' }]);
  });

  it('is nothing of a call that wrote nothing', async () => {
    const log = under.open();
    await log.append([{ ...entryOf(), colour: 'red' }], batch('one'));
    expect(await under.sql('SELECT 1 FROM batches')).toEqual([]);
  });
});
