import { setTimeout as sleep } from 'node:timers/promises';
import type { AccessLog, AppendAnswer } from '@dinhdanh/access-log';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../harness/fault-proxy.ts';
import { openServiceDatabases, type ServiceDatabases } from '../harness/service-database.ts';
import { expectWholeTrees, type KeptReceipt } from './expect-whole-trees.ts';
import { entryOf, type LogUnderTest, startLog } from './log-under-test.ts';

let databases: ServiceDatabases;
let under: LogUnderTest;
let proxy: FaultProxy;
let proxied: string;
beforeAll(async () => {
  databases = await openServiceDatabases();
  under = await startLog(undefined, databases);
  proxy = await startFaultProxy(under.databaseUrl.replace('postgresql:', 'http:'));
  const url = new URL(under.databaseUrl);
  url.port = String(proxy.port);
  proxied = url.href;
});
afterAll(async () => {
  await under.stop();
  await proxy.close();
  await databases.stop();
});

/** What happens, one after the other; what is appended is not waited for. */
type Step =
  /** Calls, by the number of entries of each. */
  | { readonly kind: 'append'; readonly calls: readonly number[] }
  /** A commit whose answer is lost. */
  | { readonly kind: 'lose-answer' }
  /** A statement that is ended before it is committed. */
  | { readonly kind: 'end-statement' }
  /** The connection breaks, or the server ends it, wherever it is. */
  | { readonly kind: 'cut' | 'terminate' }
  /** The process is gone and another begins. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'wait' };

const calls = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: calls.map((counts): Step => ({ kind: 'append', calls: counts })) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ kind: 'lose-answer' }, { kind: 'end-statement' }) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ kind: 'cut' }, { kind: 'terminate' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'wait' }) },
);

let requests = 0;

/** Everything that was ever answered, over all runs. */
const kept: (KeptReceipt & { readonly requestId: string })[] = [];

async function append(accessLog: AccessLog, count: number): Promise<boolean> {
  const ids = Array.from({ length: count }, () => `r-${(requests += 1)}`);
  const batch = { id: `batch-${requests}`, digest: 'same' };
  const entries = ids.map((requestId) => entryOf({ requestId }));
  // As a gateway does: what is refused is sent again, once.
  const send = (): Promise<AppendAnswer | null> => accessLog.append(entries, batch).catch(() => null);
  const answer = (await send()) ?? (await send());
  for (const [place, receipt] of (answer?.receipts ?? []).entries()) {
    if ('index' in receipt && answer !== null)
      kept.push({ origin: answer.origin, requestId: ids[place] ?? '', ...receipt });
  }
  return answer !== null;
}

/** Waits for what comes soon or, since the writer may be elsewhere by then, not at all. */
async function soon(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 2_000;
  while (!(await holds()) && performance.now() < end) await sleep(5);
}

const WRITER = `FROM pg_stat_activity WHERE application_name = 'access-log writer' AND datname = current_database()`;

/** A run of steps: the writer that is open, and everything that is under way. */
class Run {
  #accessLog = under.open({ databaseUrl: proxied });
  readonly #underWay: Promise<unknown>[] = [];

  async take(steps: readonly Step[]): Promise<void> {
    for (const one of steps) await this.#take(one);
    await Promise.all(this.#underWay);
    // Whatever has happened, it comes back by itself.
    await expect.poll(() => append(this.#accessLog, 1)).toBe(true);
    await this.#accessLog.close();
  }

  async #take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'append':
        for (const count of one.calls) this.#append(count);
        return;
      case 'lose-answer':
        return this.#loseAnswer();
      case 'end-statement':
        return this.#endStatement();
      case 'cut':
        proxy.killAll();
        return;
      case 'terminate':
        await under.sql(`SELECT pg_terminate_backend(pid) ${WRITER}`);
        return;
      case 'restart':
        this.#underWay.push(this.#accessLog.close());
        this.#accessLog = under.open({ databaseUrl: proxied });
        return;
      default:
        await sleep(20);
    }
  }

  #append(count: number): void {
    this.#underWay.push(append(this.#accessLog, count));
  }

  async #loseAnswer(): Promise<void> {
    await append(this.#accessLog, 1);
    proxy.set({ kind: 'reset', afterBytes: 0 });
    this.#append(3);
    await soon(() => proxy.open() === 0);
    proxy.set({ kind: 'none' });
  }

  async #endStatement(): Promise<void> {
    await append(this.#accessLog, 1);
    const holder = new pg.Client({ connectionString: under.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN; SELECT 1 FROM shards FOR UPDATE');
    this.#append(3);
    const isHeld = async (): Promise<boolean> =>
      (await under.sql(`SELECT 1 ${WRITER} AND wait_event_type = 'Lock'`)).length > 0;
    await soon(isHeld);
    await under.sql(`SELECT pg_terminate_backend(pid) ${WRITER}`);
    await holder.end();
  }
}

/** Both ends that a broken commit can have, whatever is drawn. */
const examples: [Step[]][] = [
  [[{ kind: 'append', calls: [1, 2] }, { kind: 'lose-answer' }, { kind: 'append', calls: [5] }]],
  [[{ kind: 'append', calls: [1, 2] }, { kind: 'end-statement' }, { kind: 'append', calls: [5] }]],
];

it('whatever breaks in between: one tree without a gap, and each receipt true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      await new Run().take(steps);
      const count = await expectWholeTrees(under, kept);
      // Each receipt is of another entry, and of the entry it was given for.
      const rows = await under.sql<{ index: string; request_id: string }>(
        'SELECT index, request_id FROM entries',
      );
      const requestAt = new Map(rows.map((row) => [Number(row.index), row.request_id]));
      expect(kept.filter(({ index, requestId }) => requestAt.get(index) !== requestId)).toEqual([]);
      expect(new Set(kept.map(({ index }) => index)).size).toBe(kept.length);
      expect(count).toBeGreaterThanOrEqual(kept.length);
    }),
    { numRuns: 15, seed: 20_261_121, endOnFailure: true, examples },
  );
  expect(kept.length).toBeGreaterThan(300);
  const settled = under.log.lines.filter(({ event }) => event === 'ACCESS_LOG_OUTCOME_SETTLED');
  expect(new Set(settled.map(({ fields }) => fields.reason))).toEqual(new Set(['COMMITTED', 'ABSENT']));
});
