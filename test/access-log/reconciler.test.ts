import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { entryOf } from './log-under-test.ts';
import { call, startLog } from './reconciled-log.ts';
import type { GivenCall, LogUnderTest } from './reconciled-log.ts';

const GRACE_SECONDS = 1;
let log: LogUnderTest;

beforeAll(async () => {
  log = await startLog({ reconcileSeconds: 0.05, graceSeconds: GRACE_SECONDS, lateSeconds: 2 });
});

afterAll(() => log.stop());

afterEach(() => {
  for (const service of log.served.keys()) log.served.set(service, log.served.get(service) ?? []);
});

const serve = (service: string, ...calls: GivenCall[]): void =>
  void log.served.set(service, [...(log.served.get(service) ?? []), ...calls]);

/** Writes an entry that names these sources. */
async function enter(requestId: string, sources: readonly string[], at = new Date()): Promise<void> {
  const entry = entryOf({ requestId, sources: sources.toSorted(), time: at.toISOString() });
  const { status } = await log.client.post('/append', { batch: randomUUID(), entries: [entry] });
  expect(status).toBe(200);
}

const alerts = (requestId: string) =>
  log.sql<{ kind: string; service: string; count: number; settled: boolean }>(
    `SELECT kind, service, count, settled_at IS NOT NULL AS settled FROM alerts WHERE request_id = $1 ORDER BY service`,
    [requestId],
  );

/** Waits until reconciliation has asked for whatever is served now, two pages of it, and has done with the answers. */
async function wentThrough(): Promise<void> {
  const before = log.rounds();
  while (log.rounds() < before + 3) await sleep(10);
}

/** Waits until whatever is served now has been read, and judged past its grace. */
async function reconciled(): Promise<void> {
  await wentThrough();
  await sleep(GRACE_SECONDS * 1000);
  await wentThrough();
}

describe('reconciliation', () => {
  it('says nothing of calls that have their entry, before they were read or soon after', async () => {
    const [early, late] = [randomUUID(), randomUUID()];
    await enter(early, ['population', 'vehicles']);
    serve('population', call(early), call(late));
    serve('vehicles', call(early, { callId: `${early}.0.1` }));
    // It was read, and its entry was missed.
    const missed = () => log.sql('SELECT 1 FROM unlogged_calls WHERE request_id = $1', [late]);
    await expect.poll(missed, { interval: 10 }).toHaveLength(1);
    await enter(late, ['population']);
    await reconciled();
    expect([await alerts(early), await alerts(late)]).toEqual([[], []]);
    expect(await log.sql('SELECT * FROM unlogged_calls')).toEqual([]);
  });

  it('raises one alert for a request and service without an entry, whatever the number of its calls', async () => {
    const request = randomUUID();
    serve(
      'population',
      ...[0, 1, 2, 3].map((attempt) => call(request, { callId: `${request}.0.${attempt}` })),
    );
    serve('driving-licences', call(request));
    await reconciled();
    expect(await alerts(request)).toEqual([
      { kind: 'SERVED_NOT_LOGGED', service: 'driving-licences', count: 1, settled: false },
      { kind: 'SERVED_NOT_LOGGED', service: 'population', count: 4, settled: false },
    ]);
    const told = log.log.lines.filter(({ fields }) => fields.requestId === request);
    expect(told.map(({ event }) => event)).toEqual([
      'ACCESS_LOG_SERVED_NOT_LOGGED',
      'ACCESS_LOG_SERVED_NOT_LOGGED',
    ]);
  });

  it('is not content with an entry that does not name the service, or is of another time', async () => {
    const [other, old] = [randomUUID(), randomUUID()];
    await enter(other, ['vehicles']);
    await enter(old, ['population'], new Date(Date.now() - 11 * 60_000));
    serve('population', call(other), call(old));
    await reconciled();
    expect((await alerts(other)).length + (await alerts(old)).length).toBe(2);
  });

  it('wants no entry for what told nothing of anybody', async () => {
    const requests = [randomUUID(), randomUUID()] as const;
    serve('population', call(requests[0], { actorKind: 'system', subjects: 0, claims: 1 }));
    serve('accounts', call(requests[1], { subjects: 1, claims: 0 }));
    await reconciled();
    expect([await alerts(requests[0]), await alerts(requests[1])]).toEqual([[], []]);
  });

  it('wants one for a system that could touch somebody, and for an auditor of the log itself', async () => {
    const requests = [randomUUID(), randomUUID()] as const;
    serve('population', call(requests[0], { actorKind: 'system' }));
    serve('access-log', call(requests[1], { actorKind: 'auditor', subjects: 0 }));
    await reconciled();
    expect([(await alerts(requests[0])).length, (await alerts(requests[1])).length]).toEqual([1, 1]);
  });

  it('keeps nothing of an id that is not of the gateway’s form but its hash', async () => {
    serve('population', call('079202612345'));
    await reconciled();
    const found = await log.sql<{ request_id: string }>(
      `SELECT request_id FROM alerts WHERE request_id LIKE 'sha256:%'`,
    );
    expect(found).toHaveLength(1);
    const [kept] = await log.sql<{ text: string }>(
      `SELECT (SELECT string_agg(a::text, ' ') FROM alerts a) || (SELECT string_agg(u::text, ' ') FROM unlogged_calls u) AS text`,
    );
    expect(kept?.text).not.toContain('079202612345');
  });

  it('settles an alert when all entries have come after all, and keeps it', async () => {
    const request = randomUUID();
    serve('population', call(request));
    await reconciled();
    expect(await alerts(request)).toMatchObject([{ settled: false }]);
    await enter(request, ['population']);
    await log.sql(`UPDATE unlogged_calls SET checked_at = now() - interval '2 minutes'`);
    await expect
      .poll(() => alerts(request))
      .toMatchObject([{ kind: 'SERVED_NOT_LOGGED', settled: true, count: 1 }]);
  });

  it('goes on where it was after a restart, and alerts nothing twice', async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    serve('population', call(before));
    await reconciled();
    await log.restart();
    serve('population', call(after));
    await reconciled();
    await sleep(GRACE_SECONDS * 1000);
    expect(await alerts(before)).toMatchObject([{ count: 1 }]);
    expect(await alerts(after)).toMatchObject([{ count: 1 }]);
  });

  it('leaves alone what was served before the log was there', async () => {
    const request = randomUUID();
    serve('population', call(request, { at: '2026-01-01T00:00:00.000Z' }));
    await reconciled();
    expect(await alerts(request)).toEqual([]);
  });

  it('tells of a service that cannot be read for too long, once, and that it is read again', async () => {
    log.served.set('immigration', null);
    const late = () =>
      log.sql<{ settled: boolean }>(
        `SELECT settled_at IS NOT NULL AS settled FROM alerts WHERE kind = 'RECONCILIATION_LATE' AND service = 'immigration'`,
      );
    await expect.poll(late).toEqual([{ settled: false }]);
    await sleep(1_000);
    expect(await late()).toEqual([{ settled: false }]);
    expect(log.log.count('ACCESS_LOG_RECONCILIATION_LATE')).toBe(1);
    log.served.set('immigration', []);
    await expect.poll(late).toEqual([{ settled: true }]);
  });

  it('shows alerts to auditors, newest first, a page at a time, and to nobody else', async () => {
    const query = `query ($after: String) { accessAlerts(first: 2, after: $after) {
      nodes { id at kind service requestId count settledAt } pageInfo { hasNextPage endCursor } } }`;
    const asAuditor = { act: { kind: 'auditor', id: 'kiemtra01' } } as const;
    const { body: first } = await log.client.ask(query, {}, asAuditor);
    const page = first.data.accessAlerts;
    expect(page.nodes).toHaveLength(2);
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect(Number(page.nodes[0].id)).toBeGreaterThan(Number(page.nodes[1].id));
    const { body: second } = await log.client.ask(query, { after: page.pageInfo.endCursor }, asAuditor);
    expect(Number(second.data.accessAlerts.nodes[0].id)).toBeLessThan(Number(page.nodes[1].id));
    const asPerson = { act: { kind: 'person', id: 'somebody' } } as const;
    const { body: refused } = await log.client.ask(query, {}, asPerson);
    expect(refused.data.accessAlerts).toBeNull();
    expect(refused.errors[0].extensions.code).toBe('NOT_PERMITTED');
  });
});
