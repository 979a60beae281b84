import { existsSync } from 'node:fs';
import { takeDataFolder } from './data-folder.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { choosePlace } from './postgres-place.ts';
import type { ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** A service's database as a command by hand reads it. */
export interface ServiceDatabase {
  readonly url: string;
  /** Ends what was started for it. */
  readonly close: () => Promise<void>;
}

/**
 * A service's database: by its URL, or the embedded one, which a running system has already started.
 * @throws StartError where there is none
 */
export async function openServiceDatabase(
  service: ServiceName,
  url: string | undefined,
  dataFolder: string,
): Promise<ServiceDatabase> {
  if (url !== undefined) return { url, close: async () => undefined };
  const { cluster } = await choosePlace(dataFolder);
  if (!existsSync(cluster))
    throw new StartError(`There is no database in ${dataFolder}: set DINHDANH_DATA, or the database's URL.`);
  const folder = await takeDataFolder(dataFolder).catch(() => null);
  const server = await startEmbeddedPostgres({ dataFolder });
  return {
    url: await server.databaseUrl(service),
    close: async () => {
      if (folder === null) return;
      await server.stop();
      await folder.release();
    },
  };
}

const UNREACHABLE: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000', '42P01']);

/** Tells an operator what is wrong with a database; every other error is thrown on. @throws StartError */
export function unreadable(service: ServiceName, error: unknown): never {
  const { code } = error as { code?: unknown };
  if (!UNREACHABLE.has(code)) throw error;
  throw new StartError(`The database of ${service} cannot be read (${String(code)}).`);
}
