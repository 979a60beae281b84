import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MigrationComparer, openMigrationComparer } from './schema-engine.ts';

const schema = `datasource db {
  provider = "postgresql"
}
model Vehicle {
  plate String @id
}
`;
const createVehicle =
  'CREATE TABLE "Vehicle" ("plate" TEXT NOT NULL, CONSTRAINT "Vehicle_pkey" PRIMARY KEY ("plate"));';

let folder: string;
let comparer: MigrationComparer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  comparer = await openMigrationComparer();
}, 120_000);

afterAll(async () => {
  await comparer.close();
  rmSync(folder, { recursive: true });
});

function service(name: string, migrations: Record<string, string>): string {
  const made = join(folder, name);
  mkdirSync(join(made, 'prisma/migrations'), { recursive: true });
  writeFileSync(join(made, 'prisma/schema.prisma'), schema);
  for (const [migration, sql] of Object.entries(migrations)) {
    mkdirSync(join(made, 'prisma/migrations', migration));
    writeFileSync(join(made, 'prisma/migrations', migration, 'migration.sql'), sql);
  }
  return made;
}

test('migrations that make what the schema says are in agreement', async () => {
  const agreeing = service('agreeing', { '1_init': createVehicle });
  expect(await comparer.missingMigration(agreeing)).toBeNull();
});

test('what the schema has and no migration makes is written as SQL', async () => {
  expect(await comparer.missingMigration(service('empty', {}))).toContain('CREATE TABLE "Vehicle"');
});

test('a later migration that takes a table away again is noticed', async () => {
  const lost = service('lost', { '1_init': createVehicle, '2_drop': 'DROP TABLE "Vehicle";' });
  expect(await comparer.missingMigration(lost)).toContain('CREATE TABLE "Vehicle"');
});

test('a migration that cannot be applied is named', async () => {
  const broken = service('broken', { '1_init': createVehicle, '2_typo': 'CRATE TABLE x;' });
  await expect(comparer.missingMigration(broken)).rejects.toThrow('2_typo: syntax error at or near "CRATE"');
});

test('one service leaves nothing behind for the next', async () => {
  expect(await comparer.missingMigration(service('second', { '1_init': createVehicle }))).toBeNull();
});
