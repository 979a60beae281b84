import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@dinhdanh/kit';
import { runSql } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';

let databases: ServiceDatabases;
let databaseUrl: string;
let folder: string;
let turn = 0;
beforeAll(async () => {
  databases = await openServiceDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  databaseUrl = await databases.create(`migrations${(turn += 1)}`);
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-migrations-'));
  await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  return () => rm(folder, { recursive: true });
});

const write = async (name: string, sql: string): Promise<void> => {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
};
const applied = async () =>
  (
    await runSql<{ migration_name: string }>(
      databaseUrl,
      'SELECT migration_name FROM _prisma_migrations ORDER BY started_at',
    )
  ).map((row) => row.migration_name);

describe('migrations', () => {
  it('are applied once each, in the order of their names, however many replicas start at once', async () => {
    await write(
      '20260102_second',
      'ALTER TABLE things ADD b integer; INSERT INTO things (a, b) VALUES (2, 2);',
    );
    await write('20260101_first', 'CREATE TABLE things (a integer); INSERT INTO things (a) VALUES (1);');
    const counts = await Promise.all([1, 2, 3, 4].map(() => migrate(databaseUrl, folder)));
    expect(counts.toSorted()).toEqual([0, 0, 0, 2]);
    expect(await applied()).toEqual(['20260101_first', '20260102_second']);
    expect(await runSql(databaseUrl, 'SELECT a FROM things ORDER BY a')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('that come later are applied to what is there', async () => {
    await write('1', 'CREATE TABLE things (a integer)');
    expect(await migrate(databaseUrl, folder)).toBe(1);
    await write('2', 'ALTER TABLE things ADD b integer');
    expect(await migrate(databaseUrl, folder)).toBe(1);
    expect(await migrate(databaseUrl, folder)).toBe(0);
  });

  it('that were changed after they were applied are refused', async () => {
    await write('1', 'CREATE TABLE things (a integer)');
    await migrate(databaseUrl, folder);
    await write('1', 'CREATE TABLE things (a bigint)');
    await write('2', 'CREATE TABLE others (a bigint)');
    await expect(migrate(databaseUrl, folder)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(await applied()).toEqual(['1']);
  });

  it('that fail leave nothing of themselves, and can be put right', async () => {
    await write('1', 'CREATE TABLE things (a integer)');
    await write('2', 'CREATE TABLE others (a integer); INSERT INTO nowhere VALUES (1)');
    await expect(migrate(databaseUrl, folder)).rejects.toThrow(/nowhere/);
    expect(await applied()).toEqual(['1']);
    await write('2', 'CREATE TABLE others (a integer)');
    expect(await migrate(databaseUrl, folder)).toBe(1);
  });
});
