import { openStore } from '@dinhdanh/access-log';
import { runSql } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';

let databases: ServiceDatabases;

beforeAll(async () => {
  databases = await openServiceDatabases();
});
afterAll(async () => databases.stop());

test('a database that ends while a connection is lent out fails the statement, never the process', async () => {
  const databaseUrl = await databases.create('broken-connection');
  const store = openStore({ databaseUrl });
  const client = await store.pool.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const gone = new Promise((resolve) => client.once('end', resolve));
  await runSql(databaseUrl, 'SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await gone;
  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release(true);
  await expect(store.ping()).resolves.toBeUndefined();
  await store.close();
});
