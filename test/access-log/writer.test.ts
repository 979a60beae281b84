import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccessLog } from '@dinhdanh/access-log';
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

/** The machine may be busy; what must be quick has a limit of its own. */
const PATIENCE = { timeout: 100_000 };

const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (failure: { detail?: { reason?: string } }) => failure.detail?.reason ?? 'unknown',
  );
const attempt = (accessLog: AccessLog): Promise<string> => reasonOf(accessLog.append([entryOf()]));
/** Changes a setting of the server, and waits until its connections go by it. */
async function reload(sql: string, setting: string, value: string): Promise<void> {
  await under.sql(sql);
  await under.sql('SELECT pg_reload_conf()');
  const read = async () => (await under.sql(`SELECT current_setting('${setting}') AS value`))[0]?.['value'];
  await expect.poll(read, PATIENCE).toBe(value);
  // Open ones read it with their next statement once the signal is there, which was sent before.
  await sleep(200);
}
const epoch = async (): Promise<string | undefined> =>
  (await under.sql<{ epoch: string }>('SELECT epoch FROM shards'))[0]?.epoch;

describe('two writers', () => {
  it('have one post: the one that starts takes it, the other refuses and says so', async () => {
    const first = under.open();
    expect(await attempt(first)).toBe('taken');
    const second = under.open();
    expect(await attempt(second)).toBe('taken');
    expect(await attempt(first)).toBe('FENCED');
    expect(first.refusal()).toBe('FENCED');
    expect(await attempt(second)).toBe('taken');
    expect(under.log.count('ACCESS_LOG_WRITER_FENCED')).toBe(1);
    await expect
      .poll(() => under.sql('SELECT kind, count FROM alerts'), PATIENCE)
      .toEqual([{ kind: 'WRITER_FENCED', count: 1 }]);
    expect(await expectWholeTrees(under)).toBe(3);
  });

  it('are told apart before the later one has written anything', async () => {
    const first = under.open();
    expect(await attempt(first)).toBe('taken');
    const before = await epoch();
    const second = under.open();
    await expect.poll(epoch, PATIENCE).not.toBe(before);
    expect(await attempt(first)).toBe('FENCED');
    expect(await attempt(second)).toBe('taken');
    expect(await expectWholeTrees(under)).toBe(2);
  });

  it('do not take the post from each other in turns', async () => {
    const first = under.open();
    expect(await attempt(first)).toBe('taken');
    const second = under.open();
    expect(await attempt(second)).toBe('taken');
    const standing = await epoch();
    for (let round = 0; round < 10; round += 1) {
      await sleep(200);
      await Promise.all([attempt(first), attempt(second)]);
    }
    expect(await epoch()).toBe(standing);
  });

  it('notice without a write that the post is gone', async () => {
    const first = under.open();
    expect(await attempt(first)).toBe('taken');
    under.open();
    await expect.poll(first.refusal).toBe('FENCED');
  });

  it('follow each other when the one at the post is gone', async () => {
    const first = under.open();
    expect(await attempt(first)).toBe('taken');
    const second = under.open();
    expect(await attempt(second)).toBe('taken');
    expect(await attempt(first)).toBe('FENCED');
    await second.close();
    await expect.poll(() => attempt(first), PATIENCE).toBe('taken');
    expect(await expectWholeTrees(under)).toBe(3);
  });

  it('under load leave one tree without a gap, and a receipt for nothing that is not there', async () => {
    const first = under.open();
    let running = true;
    const receipts = new Map<number, string>();
    const load = (accessLog: AccessLog) =>
      Array.from({ length: 8 }, async () => {
        while (running) {
          const answer = await accessLog.append([entryOf()]).catch(() => null);
          for (const receipt of answer?.receipts ?? []) {
            if ('index' in receipt) {
              expect(receipts.has(receipt.index)).toBe(false);
              receipts.set(receipt.index, receipt.leafHash);
            }
          }
          if (answer === null) await sleep(20);
        }
      });
    const loads = load(first);
    await expect.poll(() => receipts.size, PATIENCE).toBeGreaterThan(10);
    const second = under.open();
    loads.push(...load(second));
    const taken = async () => attempt(second).then((reason) => reason === 'taken');
    await expect.poll(taken, PATIENCE).toBe(true);
    const before = receipts.size;
    await expect.poll(() => receipts.size, PATIENCE).toBeGreaterThan(before + 20);
    running = false;
    await Promise.all(loads);
    await expectWholeTrees(
      under,
      [...receipts].map(([index, leafHash]) => ({ origin: 'log.test/2026h2', index, leafHash })),
    );
  });
});

describe('a connection that breaks', () => {
  it('between statement and answer: what was committed gets its receipt', async () => {
    const proxy = await startFaultProxy(under.databaseUrl.replace('postgresql:', 'http:'));
    const url = new URL(under.databaseUrl);
    url.port = String(proxy.port);
    const accessLog = under.open({ databaseUrl: url.href });
    await accessLog.append([entryOf()]);
    proxy.set({ kind: 'reset', afterBytes: 0 });
    // The first attempt to come back may be broken too; then the call is refused, and the entry stands all the same.
    const answer = accessLog.append([entryOf({ requestId: 'broken' })]).then(
      ({ receipts }) => receipts,
      () => [{ index: 1 }],
    );
    await expect.poll(proxy.open, PATIENCE).toBe(0);
    proxy.set({ kind: 'none' });
    expect(await answer).toMatchObject([{ index: 1 }]);
    await expect.poll(() => attempt(accessLog), PATIENCE).toBe('taken');
    expect(await under.sql(`SELECT index FROM entries WHERE request_id = 'broken'`)).toEqual([
      { index: '1' },
    ]);
    expect(under.log.lines).toContainEqual({
      event: 'ACCESS_LOG_OUTCOME_SETTLED',
      fields: { reason: 'COMMITTED' },
    });
    expect(await expectWholeTrees(under)).toBe(3);
    await accessLog.close();
    await proxy.close();
  });

  it('and a batch that is sent again gets what became of the first sending', async () => {
    const proxy = await startFaultProxy(under.databaseUrl.replace('postgresql:', 'http:'));
    const url = new URL(under.databaseUrl);
    url.port = String(proxy.port);
    const accessLog = under.open({ databaseUrl: url.href });
    await accessLog.append([entryOf()]);
    proxy.set({ kind: 'reset', afterBytes: 0 });
    const batch = { id: 'batch-1', digest: 'digest' };
    // Broken until the call was given up.
    expect(await reasonOf(accessLog.append([entryOf()], batch))).toBe('DATABASE');
    proxy.set({ kind: 'none' });
    await expect.poll(() => reasonOf(accessLog.append([entryOf()], batch)), PATIENCE).toBe('taken');
    expect((await accessLog.append([entryOf()], batch)).receipts).toMatchObject([{ index: 1 }]);
    expect(await expectWholeTrees(under)).toBe(2);
    await accessLog.close();
    await proxy.close();
  });

  it('while nothing is under way goes unnoticed', async () => {
    const accessLog = under.open();
    await accessLog.append([entryOf()]);
    const ended = await under.sql<{ pid: number }>(
      `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'access-log writer'`,
    );
    const left = () =>
      under.sql('SELECT pid FROM pg_stat_activity WHERE pid = ANY ($1)', [ended.map(({ pid }) => pid)]);
    await expect.poll(left, PATIENCE).toEqual([]);
    expect(await attempt(accessLog)).toBe('taken');
  });
});

describe('a database that', () => {
  it.each([
    ['53100', 'FULL'],
    ['58030', 'DATABASE'],
  ])('answers %s: entries are refused as %s, and taken again once it is over', async (code, reason) => {
    const accessLog = under.open();
    expect(await attempt(accessLog)).toBe('taken');
    await under.sql(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '${code}'; END $$`);
    await under.sql(
      'CREATE TRIGGER fail BEFORE INSERT ON entries_2026_11 FOR EACH ROW EXECUTE FUNCTION fail()',
    );
    expect(await attempt(accessLog)).toBe(reason);
    expect(accessLog.refusal()).toBe(reason);
    await under.sql('DROP TRIGGER fail ON entries_2026_11');
    expect(await attempt(accessLog)).toBe('taken');
    expect(accessLog.refusal()).toBeNull();
    expect(await expectWholeTrees(under)).toBe(2);
  });

  it.each(['fsync', 'full_page_writes'])(
    'has %s switched off takes nothing, from the next entry on',
    async (setting) => {
      const accessLog = under.open();
      expect(await attempt(accessLog)).toBe('taken');
      await reload(`ALTER SYSTEM SET ${setting} = off`, setting, 'off');
      expect(await attempt(accessLog)).toBe('NOT_DURABLE');
      expect(under.log.lines).toContainEqual({
        event: 'ACCESS_LOG_NOT_DURABLE',
        fields: { reason: setting },
      });
      const another = under.open();
      expect(await attempt(another)).toBe('NOT_DURABLE');
      await another.close();
      await reload(`ALTER SYSTEM RESET ${setting}`, setting, 'on');
      await expect.poll(() => attempt(accessLog), PATIENCE).toBe('taken');
      expect(await expectWholeTrees(under)).toBe(2);
    },
  );

  it('waits for no disk by default is made to, for the writer alone', async () => {
    await under.open().append([entryOf()]);
    expect(await under.sql('SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'off' }]);
  });

  it('comes back without what it had acknowledged is not appended to', async () => {
    const accessLog = under.open();
    await accessLog.append([entryOf(), entryOf(), entryOf()]);
    const [old] = await under.sql<{ size: string; frontier: Buffer }>('SELECT size, frontier FROM shards');
    await accessLog.append([entryOf()]);
    await under.sql('UPDATE shards SET size = $1, frontier = $2', [old?.size, old?.frontier]);
    expect(await attempt(accessLog)).toBe('NOT_DURABLE');
    await sleep(1_500);
    expect(await attempt(accessLog)).toBe('NOT_DURABLE');
    expect(under.log.count('ACCESS_LOG_REWOUND')).toBe(1);
    await expect
      .poll(() => under.sql('SELECT kind FROM alerts'), PATIENCE)
      .toEqual([{ kind: 'LOG_REWOUND' }]);
  });
});

describe('whoever may stop the log', () => {
  it('is asked before each call, and its reason is the answer', async () => {
    let reason: 'WITNESS_AWAY' | null = null;
    const accessLog = under.open({ mayAppend: () => reason });
    expect(await attempt(accessLog)).toBe('taken');
    reason = 'WITNESS_AWAY';
    expect([await attempt(accessLog), accessLog.refusal()]).toEqual(['WITNESS_AWAY', 'WITNESS_AWAY']);
    reason = null;
    expect(await attempt(accessLog)).toBe('taken');
  });
});
