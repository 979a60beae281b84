import { resolve } from 'node:path';
import { openServed } from '@dinhdanh/kit';
import type { ServedPosition, ServedStore } from '@dinhdanh/kit';
import pg from 'pg';
import type { ExportOptions } from './export-options.ts';
import { openServiceDatabase, unreadable } from './open-service-database.ts';
import type { ServiceName } from './service-names.ts';

/** Where the service's database is and where the lines go. */
export interface ExportWorld {
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  readonly dataFolder: string;
  readonly write: (text: string) => Promise<void>;
}

const PAGE = 5_000;

/**
 * Writes what a service has served as JSON Lines, out of its own database: its operator needs neither the gateway nor
 * the access log for it. The embedded database is started for it where it does not run.
 *
 * @throws StartError where the database cannot be read
 */
export async function exportServed(
  { service, from, to }: ExportOptions,
  { databaseUrls, dataFolder, write }: ExportWorld,
): Promise<void> {
  const database = await openServiceDatabase(service, databaseUrls[service], resolve(dataFolder));
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  pool.on('error', () => undefined);
  try {
    const served = openServed(
      async (sql, values) => (await pool.query<Record<string, unknown>>(sql, [...values])).rows,
    );
    let position: ServedPosition | null = from === null ? null : { at: from, callId: '' };
    for (;;) {
      const page = await readPage(served, position, service);
      const wanted = to === null ? page : page.filter(({ at }) => at < to);
      await write(wanted.map((call) => `${JSON.stringify({ service, ...call })}\n`).join(''));
      position = page.at(-1) ?? null;
      if (page.length < PAGE || wanted.length < page.length || position === null) return;
    }
  } finally {
    await pool.end();
    await database.close();
  }
}

function readPage(
  served: ServedStore,
  position: ServedPosition | null,
  service: ServiceName,
): ReturnType<ServedStore['after']> {
  return served.after(position, PAGE).catch((error: unknown) => unreadable(service, error));
}
