import { service } from '@dinhdanh/access-log';
import type { RunningService } from '@dinhdanh/kit';
import { runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceDatabases, type ServiceDatabases } from '../harness/service-database.ts';
import { entryOf, LOG_SETTINGS, type LogUnderTest, startLog } from './log-under-test.ts';

const key = Buffer.alloc(32, 7);

let databases: ServiceDatabases;
let under: LogUnderTest;
let running: RunningService;
let client: ServiceClient;
beforeAll(async () => {
  databases = await openServiceDatabases();
  under = await startLog(undefined, databases);
  running = await service.start({
    host: '127.0.0.1',
    port: 0,
    databaseUrl: under.databaseUrl,
    callerKey: key,
    clock: under.clock.read,
    log: under.log,
    settings: LOG_SETTINGS,
  });
  client = new ServiceClient(running, key, under.clock.read);
});
afterAll(async () => {
  await running.stop();
  await under.stop();
  await databases.stop();
});

const size = async (): Promise<number> =>
  Number((await under.sql<{ size: string }>('SELECT size FROM shards'))[0]?.size ?? 0);

const append = (entries: readonly unknown[], batch: string = crypto.randomUUID()) =>
  client.post('/append', { batch, entries });

describe('the append door', () => {
  it('answers each entry in its order, the wrong ones by a code', async () => {
    const before = await size();
    const { status, body } = await append([
      entryOf(),
      { ...entryOf(), colour: 'red' },
      entryOf({ time: '2026-11-21T03:00:05.001Z' }),
      entryOf({ claims: ['ho ten: Nguyen Van A'] }),
      entryOf({ time: '2026-11-21T03:00:05.000Z' }),
    ]);
    expect(status).toBe(200);
    expect(body).toEqual({
      origin: 'log.test/2026h2',
      receipts: [
        { index: before, leafHash: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) },
        { refused: 'ENTRY_INVALID' },
        { refused: 'TIME_IN_FUTURE' },
        { refused: 'ENTRY_INVALID' },
        { index: before + 1, leafHash: expect.any(String) },
      ],
    });
    expect(await size()).toBe(before + 2);
  });

  it('answers a batch that is sent again as it did before, and writes nothing twice', async () => {
    const batch = crypto.randomUUID();
    const entries = [entryOf({ requestId: 'once' })];
    const answers = await Promise.all([append(entries, batch), append(entries, batch)]);
    const later = await append(entries, batch);
    expect(answers[1].body).toEqual(answers[0].body);
    expect(later.body).toEqual(answers[0].body);
    expect(await under.sql(`SELECT 1 FROM entries WHERE request_id = 'once'`)).toHaveLength(1);
  });

  it('refuses a batch id that comes with other entries', async () => {
    const batch = crypto.randomUUID();
    await append([entryOf()], batch);
    const { status, body } = await append([entryOf({ requestId: 'other' })], batch);
    expect(status).toBe(400);
    expect(body.errors[0].extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'batch',
      reason: 'BATCH_REUSED',
    });
  });

  it.each([
    ['a list', []],
    ['no entries', { batch: 'batch-0001', entries: [] }],
    ['too many entries', { batch: 'batch-0002', entries: Array.from({ length: 257 }, () => ({})) }],
    ['no batch', { entries: [{}] }],
    ['more than is known', { batch: 'batch-0003', entries: [{}], force: true }],
  ])('refuses a body of %s', async (_name, body) => {
    const before = await size();
    const answer = await client.post('/append', body);
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(await size()).toBe(before);
  });

  it.each([
    ['a person', { kind: 'person', id: 'gateway' }],
    ['an auditor', { kind: 'auditor', id: 'staff-1' }],
    ['another system', { kind: 'system', id: 'accounts' }],
  ] as const)('takes nothing from %s', async (_name, act) => {
    const before = await size();
    const answer = await client.post('/append', { batch: 'batch-0009', entries: [entryOf()] }, { act });
    expect(answer.status).toBe(403);
    expect(await size()).toBe(before);
  });

  it('tells why it can take nothing, and when to try again', async () => {
    const url = new URL(under.databaseUrl);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    await runSql(url.href, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
    await runSql(url.href, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ]);
    const { status, headers, body } = await append([entryOf()]);
    expect(status).toBe(503);
    expect(body.errors[0].extensions).toEqual({
      code: 'ACCESS_LOG_UNAVAILABLE',
      reason: 'DATABASE',
      retryAfterSeconds: 2,
    });
    expect(headers.get('retry-after')).toBe('2');
    expect((await fetch(`${running.origin}/readyz`)).status).toBe(503);
    await runSql(url.href, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
    await expect.poll(async () => (await append([entryOf()])).status).toBe(200);
    expect((await fetch(`${running.origin}/readyz`)).status).toBe(200);
  });
});
