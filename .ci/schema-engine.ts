/**
 * Prisma's schema engine as WebAssembly, over PostgreSQL in memory: the only form of it that comes by npm.
 *
 * The engine connects before it does anything, even to compare two texts, and plays migrations onto a second,
 * "shadow" database. Both are PGlite in memory here, so no database of anybody can be touched. (Over a PostgreSQL
 * server the same call would play the migrations onto the real database.)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
// The package's own door imports its WebAssembly as a module, which Node cannot do: the halves are joined below.
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

type MigrationDirectory = engineModule.MigrationList['migrationDirectories'][number];

/** Compares a service's migrations with its schema.prisma. */
export interface MigrationComparer {
  /**
   * The SQL that leads from the migrations to the schema, null when they already agree.
   * @param folder the service's folder, absolute, with prisma/schema.prisma and prisma/migrations/
   * @throws when a migration cannot be applied to an empty database, or the schema is not valid
   */
  missingMigration(folder: string): Promise<string | null>;
  close(): Promise<void>;
}

/** Opens the engine. One empty database is made (some seconds) and copied for each comparison (half a second). */
export async function openMigrationComparer(): Promise<MigrationComparer> {
  joinEngine();
  const empty = new PGlite();
  await empty.waitReady;
  const image = await empty.dumpDataDir('none');
  return {
    missingMigration: async (folder) => {
      const shadow = new PGlite({ loadDataDir: image });
      try {
        await rehearse(readMigrations(join(folder, 'prisma/migrations')), shadow);
        return await compare(folder, empty, shadow);
      } finally {
        await shadow.close();
      }
    },
    close: () => empty.close(),
  };
}

/**
 * Applies the migrations and takes them back. A statement that fails inside the engine ends the whole process with
 * an unhandled rejection, so it must fail here first, with the name of its migration.
 */
async function rehearse({ migrationDirectories }: engineModule.MigrationList, shadow: PGlite): Promise<void> {
  await shadow.exec('BEGIN');
  for (const { path, migrationFile } of migrationDirectories) {
    if (migrationFile.content.tag === 'error') continue;
    await shadow.exec(migrationFile.content.value).catch((error: unknown) => {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
  }
  await shadow.exec('ROLLBACK');
}

async function compare(folder: string, empty: PGlite, shadow: PGlite): Promise<string | null> {
  const schemaPath = join(folder, 'prisma/schema.prisma');
  const schema = readFileSync(schemaPath, 'utf8');
  const connected = new PrismaPGlite(empty);
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: [[schemaPath, schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory({
      provider: connected.provider,
      adapterName: connected.adapterName,
      connect: () => connected.connect(),
      connectToShadowDb: () => new PrismaPGlite(shadow).connect(),
    }),
  );
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations(join(folder, 'prisma/migrations')) },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: schema }] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? null : (stdout ?? '');
  } finally {
    engine.free();
  }
}

/** The two parts of WebAssembly used here: its types come only with those of a browser. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: { __wbindgen_start(): void } };
  };
};

let joined = false;

function joinEngine(): void {
  if (joined) return;
  const wasmPath = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const compiled = new WebAssembly.Module(readFileSync(wasmPath.replace(/\.js$/, '.wasm')));
  const { exports } = new WebAssembly.Instance(compiled, { './schema_engine_bg.js': engineModule });
  (engineModule as unknown as { __wbg_set_wasm(exported: object): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  joined = true;
}

function readMigrations(baseDir: string): engineModule.MigrationList {
  const names = existsSync(baseDir) ? readdirSync(baseDir, { withFileTypes: true }) : [];
  const migrationDirectories = names
    .filter((entry) => entry.isDirectory())
    .map(({ name }): MigrationDirectory => {
      const value = readFileSync(join(baseDir, name, 'migration.sql'), 'utf8');
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
