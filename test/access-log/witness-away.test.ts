import { logKeyOf, service } from '@dinhdanh/access-log';
import { startWitness } from '@dinhdanh/start';
import { ServiceClient } from '@dinhdanh/kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';
import { entryOf, LOG_SETTINGS } from './log-under-test.ts';
import { type PublishedLog, startPublishedLog } from './publish-under-test.ts';

let databases: ServiceDatabases;
let log: PublishedLog;
beforeAll(async () => {
  databases = await openServiceDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  log = await startPublishedLog(databases);
  await log.append(10);
});
afterEach(() => log.stop());

/** Nobody listens there. */
const gone = () => [{ url: 'http://127.0.0.1:9', key: log.witness.key }];

const alerts = (): Promise<Record<string, unknown>[]> =>
  log.sql('SELECT kind, origin, count FROM alerts ORDER BY id');
const published = async (): Promise<number> =>
  Number((await log.sql<{ n: string }>('SELECT published_size AS n FROM shards'))[0]?.n);

const AWAY = { kind: 'WITNESS_AWAY', origin: 'log.test/2026h2', count: 1 };
const REFUSED = { kind: 'WITNESS_REFUSED', origin: 'log.test/2026h2', count: 1 };

describe('a witness that is away', () => {
  it('does not stop the log for an hour, with an alarm; then it does, until the witness is back', async () => {
    await log.publisher().round();
    const settings = { witnessMinutes: 60 };
    const publisher = log.publisher({ settings, witnesses: gone() });
    await log.append(10);
    await publisher.round();
    expect([publisher.watch.standing(), publisher.policy.mayAppend()]).toEqual(['AWAY', true]);
    expect(await alerts()).toEqual([]);
    log.clock.advance(15);
    await publisher.round();
    expect(await alerts()).toEqual([AWAY]);
    log.clock.advance(59 * 60);
    await publisher.round();
    expect(publisher.policy.mayAppend()).toBe(true);
    log.clock.advance(60);
    await publisher.round();
    expect([publisher.watch.standing(), publisher.policy.mayAppend()]).toEqual(['STOPPED', false]);
    expect(log.log.count('ACCESS_LOG_APPENDS_STOPPED')).toBe(1);
    expect(await alerts()).toEqual([AWAY]);
    // Another process does not begin the hour anew.
    const second = log.publisher({ settings, witnesses: gone() });
    await second.round();
    expect(second.watch.standing()).toBe('STOPPED');
    // What nobody has cosigned was not put up.
    expect(await published()).toBe(10);
    const back = log.publisher({ settings });
    await back.round();
    expect([back.watch.standing(), await published()]).toEqual(['COSIGNED', 20]);
    expect(await log.sql('SELECT 1 FROM alerts WHERE settled_at IS NULL')).toEqual([]);
    const third = log.publisher({ settings, witnesses: gone() });
    await third.round();
    expect(third.watch.standing()).toBe('AWAY');
  });

  it('is told once when it goes and once when it comes back', async () => {
    const publisher = log.publisher();
    await publisher.round();
    process.kill(log.witness.pid() ?? 0, 'SIGKILL');
    await log.append(1);
    await expect
      .poll(async () => publisher.round().then(() => publisher.watch.standing()), { interval: 20 })
      .toBe('AWAY');
    await publisher.round();
    expect(log.log.count('ACCESS_LOG_WITNESS_AWAY')).toBe(1);
    // The start brings it back on its port, with its key and its memory.
    await expect.poll(async () => publisher.round().then(() => publisher.watch.standing())).toBe('COSIGNED');
    expect(log.log.count('ACCESS_LOG_WITNESS_BACK')).toBe(1);
    expect((await log.verify()).recomputed).toBe(11);
  });

  it('of two is not missed where one is enough', async () => {
    const [nobody] = gone();
    const other = await secondWitness();
    const witnesses = [{ url: nobody?.url ?? '', key: other.key }, log.witness];
    const one = log.publisher({ settings: { quorum: 1 }, witnesses });
    await one.round();
    expect([one.watch.standing(), await published()]).toEqual(['COSIGNED', 10]);
    await log.append(1);
    const all = log.publisher({ witnesses });
    await all.round();
    expect([all.watch.standing(), await published()]).toEqual(['AWAY', 10]);
    const both = log.publisher({ witnesses: [other, log.witness] });
    await both.round();
    expect([both.watch.standing(), await published()]).toEqual(['COSIGNED', 11]);
  });

  it('that is none leaves a log that runs and says so', async () => {
    const publisher = log.publisher({ witnesses: [] });
    expect(publisher.watch.standing()).toBe('NONE');
    await publisher.round();
    expect([publisher.policy.mayAppend(), await published()]).toEqual([true, 10]);
    expect((await log.verify({ quorum: 0 })).recomputed).toBe(10);
    publisher.start();
    await publisher.stop();
    expect(log.log.count('ACCESS_LOG_WITNESS_NONE')).toBe(1);
  });

  async function secondWitness() {
    const folder = `${log.witnessFolder}/second`;
    const logKey = logKeyOf(LOG_SETTINGS.name, LOG_SETTINGS.signingKey) ?? '';
    const witness = await startWitness({ folder, host: '127.0.0.1', port: 0, logKey, isQuiet: true });
    onTestFinished(witness.stop);
    return witness;
  }
});

describe('a log that was restored from an old copy', () => {
  /** The database as it was at a size, with everything after forgotten, and the writer's word changed to fit. */
  async function restore(): Promise<void> {
    await log.publisher().round();
    await log.sql('CREATE TABLE copy AS SELECT * FROM shards');
    await log.sql('CREATE TABLE tiles_copy AS SELECT * FROM tiles');
    await log.append(20);
    await log.publisher().round();
    await log.sql('DELETE FROM entries WHERE index >= 10');
    await log.sql('DELETE FROM tiles');
    await log.sql('INSERT INTO tiles SELECT * FROM tiles_copy');
    await log.sql('DELETE FROM witnesses');
    await log.sql(
      `UPDATE shards SET size = c.size, frontier = c.frontier, signed_size = c.signed_size,
         signed_note = c.signed_note, published_size = c.published_size, published_note = c.published_note
       FROM copy c WHERE c.id = shards.id`,
    );
  }

  it('takes nothing before its witness was asked, and nothing after the witness has refused', async () => {
    await restore();
    const publisher = log.publisher();
    expect([publisher.watch.standing(), publisher.policy.mayAppend()]).toEqual(['STARTING', false]);
    await publisher.round();
    expect([publisher.watch.standing(), publisher.policy.mayAppend()]).toEqual(['REFUSED', false]);
    expect(await alerts()).toEqual([REFUSED]);
    expect(log.log.count('ACCESS_LOG_WITNESS_REFUSED')).toBe(1);
    await publisher.round();
    expect(await alerts()).toEqual([REFUSED]);
    // Neither a restart nor a witness that has gone meanwhile makes it forget.
    const later = log.publisher({ witnesses: gone() });
    await later.round();
    expect(later.watch.standing()).toBe('REFUSED');
  });

  it('that grows into another history of the same length is refused just so', async () => {
    await restore();
    // What a writer would do that no witness has warned.
    const writer = log.open();
    for (let at = 0; at < 25; at += 1) await writer.append([entryOf({ requestId: `other-${at}` })]);
    const publisher = log.publisher();
    await publisher.round();
    expect(publisher.watch.standing()).toBe('REFUSED');
    expect(await alerts()).toEqual([REFUSED]);
    expect(await published()).toBe(10);
  });

  it('goes on under an alarm alone where it is told to', async () => {
    await restore();
    const publisher = log.publisher({ settings: { refusalStops: false } });
    await publisher.round();
    expect([publisher.watch.standing(), publisher.policy.mayAppend()]).toEqual(['AWAY', true]);
    expect(await alerts()).toEqual([REFUSED]);
  });
});

describe('the service', () => {
  const key = Buffer.alloc(32, 7);

  async function start(witnesses: unknown, publishing: unknown = {}) {
    const running = await service.start({
      host: '127.0.0.1',
      port: 0,
      databaseUrl: log.databaseUrl,
      callerKey: key,
      clock: log.clock.read,
      log: log.log,
      settings: { ...LOG_SETTINGS, witnesses, publishing: { intervalMs: 20, ...(publishing as object) } },
    });
    onTestFinished(running.stop);
    return new ServiceClient(running, key, log.clock.read);
  }

  const STATUS = `{ accessLogStatus { origin size checkpointSize checkpoint logKey
    witnesses { key size cosignedAt reachable } } }`;

  it('publishes by itself and tells how the log stands', async () => {
    const client = await start([log.witness]);
    const status = async () => (await client.ask(STATUS)).body.data.accessLogStatus;
    await expect.poll(async () => (await status()).checkpointSize).toBe(10);
    const { checkpoint, ...rest } = await status();
    expect(rest).toEqual({
      origin: 'log.test/2026h2',
      size: 10,
      checkpointSize: 10,
      logKey: logKeyOf('log.test/2026h2', LOG_SETTINGS.signingKey),
      witnesses: [{ key: log.witness.key, size: 10, cosignedAt: expect.any(String), reachable: true }],
    });
    expect(checkpoint).toMatch(/^log\.test\/2026h2\n10\n.{44}\n\n— log\.test\/2026h2 .+\n— witness.+\n$/);
    const { body } = await client.post('/read-log', { path: 'checkpoint' });
    expect(Buffer.from(body.body, 'base64').toString()).toBe(checkpoint);
  });

  it('refuses entries with WITNESS_AWAY when its patience is over', async () => {
    const client = await start(gone(), { witnessMinutes: 0 });
    const append = () => client.post('/append', { batch: crypto.randomUUID(), entries: [entryOf()] });
    const later = async (): Promise<number> => {
      log.clock.advance(1);
      return (await append()).status;
    };
    await expect.poll(later).toBe(503);
    const { body } = await append();
    expect(body.errors[0].extensions).toMatchObject({
      code: 'ACCESS_LOG_UNAVAILABLE',
      reason: 'WITNESS_AWAY',
    });
    const { data } = (await client.ask(STATUS)).body;
    expect(data.accessLogStatus.witnesses).toMatchObject([{ reachable: false, size: null }]);
  });
});
