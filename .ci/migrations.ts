/**
 * Migrations of the services' databases, without a server.
 *   npm run migrate:new -- vehicles add_inspections   writes what schema.prisma has and the migrations have not
 *   node .ci/migrations.ts check [folder …]           fails when any service's migrations and schema.prisma disagree
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type MigrationComparer, openMigrationComparer } from './schema-engine.ts';
import { root } from './tool.ts';

const usage = 'npm run migrate:new -- <service> <name_of_the_change>, e.g. vehicles add_inspections\n';
const [command, ...rest] = process.argv.slice(2);

if (command === 'new') process.exitCode = await writeMigration(rest);
else if (command === 'check') process.exitCode = await checkAll(rest.length > 0 ? rest : services());
else {
  process.stderr.write(usage);
  process.exitCode = 1;
}

/** Folders of the services that have a database. */
function services(): string[] {
  return readdirSync(join(root, 'subgraphs'))
    .map((service) => join(root, 'subgraphs', service))
    .filter((folder) => existsSync(join(folder, 'prisma/schema.prisma')));
}

async function writeMigration([service = '', name = '']: string[]): Promise<number> {
  const folder = service.includes('/') ? resolve(service) : join(root, 'subgraphs', service);
  if (!/^[a-z0-9_]+$/.test(name) || !existsSync(join(folder, 'prisma/schema.prisma'))) {
    process.stderr.write(usage);
    return 1;
  }
  const sql = await withComparer((comparer) => comparer.missingMigration(folder));
  if (sql === null) {
    process.stdout.write(`${service}: the migrations already lead to schema.prisma.\n`);
    return 0;
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const path = `prisma/migrations/${stamp}_${name}/migration.sql`;
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), sql);
  writeFileSync(join(folder, 'prisma/migrations/migration_lock.toml'), 'provider = "postgresql"\n');
  process.stdout.write(`${service}: wrote ${path}; read it before you commit it.\n`);
  return 0;
}

async function checkAll(folders: readonly string[]): Promise<number> {
  if (folders.length === 0) {
    process.stdout.write('no service has a database yet\n');
    return 0;
  }
  const complaints = await withComparer(async (comparer) => {
    const found: string[] = [];
    for (const folder of folders) found.push(...(await complaintsAbout(folder, comparer)));
    return found;
  });
  process.stdout.write(
    complaints.join('\n') || `migrations lead to schema.prisma in ${folders.length} services\n`,
  );
  return complaints.length > 0 ? 1 : 0;
}

async function complaintsAbout(folder: string, comparer: MigrationComparer): Promise<string[]> {
  const service = basename(folder);
  try {
    const sql = await comparer.missingMigration(folder);
    if (sql === null) return [];
    return [
      `${service}: schema.prisma has what no migration makes (npm run migrate:new -- ${service} <name>):\n${sql}`,
    ];
  } catch (error) {
    return [
      `${service}: its migrations cannot be applied: ${error instanceof Error ? error.message : String(error)}\n`,
    ];
  }
}

async function withComparer<Result>(use: (comparer: MigrationComparer) => Promise<Result>): Promise<Result> {
  const comparer = await openMigrationComparer();
  try {
    return await use(comparer);
  } finally {
    await comparer.close();
  }
}
