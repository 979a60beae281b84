import { recordChange } from '@dinhdanh/kit';
import { runSql } from '@dinhdanh/kit/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';

let databases: ServiceDatabases;
let databaseUrl: string;
beforeAll(async () => {
  databases = await openServiceDatabases();
  databaseUrl = await databases.create('changes');
  await runSql(
    databaseUrl,
    'CREATE TABLE changes (id bigserial PRIMARY KEY, at timestamptz DEFAULT now(), kind text, keys jsonb)',
  );
});
afterAll(() => databases.stop());

/** A transaction on a connection of its own, spoken to as a Prisma client's. */
async function begin() {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  return {
    $executeRawUnsafe: async (sql: string, ...values: unknown[]) =>
      (await client.query(sql, values)).rowCount ?? 0,
    end: async (how: 'COMMIT' | 'ROLLBACK') => {
      await client.query(how);
      await client.end();
    },
  };
}

const change = (value: string) => ({ kind: 'CHANGED', keys: [{ role: 'DOCUMENT', value }] });

describe('changes of a registry', () => {
  it('are told in the order of their commits: who resumes after the last one seen misses none', async () => {
    const [early, late] = [await begin(), await begin()];
    await recordChange(early, change('early'));
    const waiting = recordChange(late, change('late')).then(() => late.end('COMMIT'));
    // Readers are not held up, and see neither.
    expect(await runSql(databaseUrl, 'SELECT id FROM changes')).toEqual([]);
    await early.end('COMMIT');
    await waiting;
    const rows = await runSql(databaseUrl, `SELECT id, keys->0->>'value' AS value FROM changes ORDER BY id`);
    expect(rows).toEqual([
      { id: '1', value: 'early' },
      { id: '2', value: 'late' },
    ]);
  });

  it('stand and fall with the writes of their transaction', async () => {
    const transaction = await begin();
    await transaction.$executeRawUnsafe('CREATE TABLE written (a integer)');
    await recordChange(transaction, change('none'));
    await transaction.end('ROLLBACK');
    expect(await runSql(databaseUrl, `SELECT 1 FROM changes WHERE keys->0->>'value' = 'none'`)).toEqual([]);
    expect(await runSql(databaseUrl, `SELECT to_regclass('written') AS written`)).toEqual([
      { written: null },
    ]);
  });
});
