import { setTimeout as sleep } from 'node:timers/promises';
import { openServed } from '@dinhdanh/kit';
import type { ServedPosition, ServedStore, StoredServed } from '@dinhdanh/kit';
import { service as vehicles } from '@dinhdanh/vehicles';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';

let databases: ServiceDatabases;
let pool: pg.Pool;
let served: ServedStore;
const record = (callId: string) => ({ callId, actorKind: 'person', subjects: 1, claims: 3 });

beforeAll(async () => {
  databases = await openServiceDatabases();
  const databaseUrl = await databases.create('vehicles');
  await vehicles.migrate(databaseUrl);
  pool = new pg.Pool({ connectionString: databaseUrl, max: 12 });
  // The server may end before the last connection has heard of it.
  pool.on('error', () => undefined);
  served = openServed(
    async (sql, values) => (await pool.query<Record<string, unknown>>(sql, [...values])).rows,
  );
});

afterAll(async () => {
  await pool.end();
  await databases.stop();
});

/** Everything there is behind a position, once it may be told. */
async function settled(position: ServedPosition | null = null): Promise<readonly StoredServed[]> {
  await sleep(2_100);
  return served.after(position, 10_000);
}

describe('served records in the database', () => {
  it('are read back in their order with the instant of the database', async () => {
    await served.write([record('order.0.0')]);
    await served.write([record('order.1.0'), record('order.1.1')]);
    const found = (await settled()).filter(({ callId }) => callId.startsWith('order.'));
    expect(found.map(({ callId }) => callId).slice(0, 1)).toEqual(['order.0.0']);
    expect(found).toHaveLength(3);
    expect(found[0]).toEqual({ ...record('order.0.0'), at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) });
    const rest = await served.after(found[0] ?? null, 10);
    expect(rest.map(({ callId }) => callId).toSorted()).toEqual(['order.1.0', 'order.1.1']);
  });

  it('are written whole or not at all, and a call id never twice', async () => {
    await expect(served.write([record('twice.0.0'), record('order.0.0')])).rejects.toThrow('served_pkey');
    expect((await settled()).some(({ callId }) => callId === 'twice.0.0')).toBe(false);
  });

  it('that come late hold back those that follow, however long their commit takes', async () => {
    const slow = await pool.connect();
    await slow.query('BEGIN');
    const late = openServed(async (sql, values) => (await slow.query(sql, [...values])).rows);
    await late.write([record('late.0.0')]);
    await served.write([record('early.0.0')]);
    const before = await settled();
    expect(before.some(({ callId }) => callId === 'early.0.0' || callId === 'late.0.0')).toBe(false);
    await slow.query('COMMIT');
    slow.release();
    const behind = await served.after(before.at(-1) ?? null, 10);
    expect(behind.map(({ callId }) => callId)).toEqual(['late.0.0', 'early.0.0']);
  });

  it('are all seen once by a reader that goes on while many write', async () => {
    const names = Array.from({ length: 400 }, (_, number) => `many-${number}.0.0`);
    const seen: string[] = [];
    let position: ServedPosition | null = (await settled()).at(-1) ?? null;
    let writing = true;
    const read = async (): Promise<void> => {
      const page = await served.after(position, 37);
      seen.push(...page.map(({ callId }) => callId));
      position = page.at(-1) ?? position;
    };
    const reader = (async () => {
      while (writing) {
        await read();
        await sleep(5);
      }
    })();
    const queue = [...names];
    const writer = async (): Promise<void> => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift())
        await served.write([record(name)]);
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    writing = false;
    await reader;
    await sleep(2_100);
    for (let count = -1; count !== seen.length; ) {
      count = seen.length;
      await read();
    }
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  it('are deleted when they are older than they are kept, so many at a time', async () => {
    await pool.query(
      `INSERT INTO served SELECT 'old-' || n, now() - interval '13 months 1 day', 'person', 1, 1 FROM generate_series(1, 5) n`,
    );
    await pool.query(
      `INSERT INTO served SELECT 'kept', now() - interval '12 months 27 days', 'person', 1, 1`,
    );
    expect(await served.sweep(13, 3)).toBe(3);
    expect(await served.sweep(13, 3)).toBe(2);
    expect(await served.sweep(13, 3)).toBe(0);
    const { rows } = await pool.query(
      `SELECT call_id FROM served WHERE call_id LIKE 'old-%' OR call_id = 'kept'`,
    );
    expect(rows).toEqual([{ call_id: 'kept' }]);
  });
});
