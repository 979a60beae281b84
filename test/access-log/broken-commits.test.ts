import { setTimeout as sleep } from 'node:timers/promises';
import type { AccessLog, AppendAnswer } from '@dinhdanh/access-log';
import fc from 'fast-check';
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

/** What happens, one after the other, while nothing before it is waited for unless it says so. */
type Step =
  /** Calls, by the number of entries of each; some of them broken. */
  | { readonly kind: 'append'; readonly calls: readonly number[] }
  /** The answers of whatever is under way are lost; what was sent may be committed or not. */
  | { readonly kind: 'break' | 'cut' }
  /** The server ends the writer's connection. */
  | { readonly kind: 'terminate' }
  /** The process is gone and another begins. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 })
      .map((calls) => ({ kind: 'append' as const, calls })),
  },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ kind: 'break' }, { kind: 'cut' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'terminate' }) },
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

async function run(steps: readonly Step[]): Promise<void> {
  let accessLog = under.open({ databaseUrl: proxied });
  const under_way: Promise<boolean>[] = [];
  for (const { kind, ...rest } of steps) {
    if (kind === 'append' && 'calls' in rest) {
      for (const count of rest.calls as number[]) under_way.push(append(accessLog, count));
    }
    if (kind === 'break') proxy.set({ kind: 'reset', afterBytes: 0 });
    if (kind === 'break') await sleep(15);
    if (kind === 'break') proxy.set({ kind: 'none' });
    if (kind === 'cut') proxy.killAll();
    if (kind === 'terminate') await under.sql(TERMINATE);
    if (kind === 'wait') await sleep(20);
    if (kind === 'restart') {
      const before = accessLog;
      accessLog = under.open({ databaseUrl: proxied });
      under_way.push(before.close().then(() => true));
    }
  }
  await Promise.all(under_way);
  // Whatever has happened, it comes back by itself.
  await expect.poll(() => append(accessLog, 1), { timeout: 10_000 }).toBe(true);
  await accessLog.close();
}

const TERMINATE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'access-log writer' AND datname = current_database()`;

it('whatever breaks in between: one tree without a gap, and each receipt true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      await run(steps);
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
    { numRuns: 15, seed: 20_261_121, endOnFailure: true },
  );
  expect(kept.length).toBeGreaterThan(300);
  // Each way of being settled was met: what stood and was given its receipt late, and what did not stand.
  const settled = under.log.lines.filter(({ event }) => event === 'ACCESS_LOG_OUTCOME_SETTLED');
  expect(settled.map(({ fields }) => fields.reason)).toContain('COMMITTED');
});
