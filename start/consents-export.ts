import { resolve } from 'node:path';
import pg from 'pg';
import { openServiceDatabase, unreadable } from './open-service-database.ts';

/** Where the database of sharing is and where the lines go. */
export interface ConsentsWorld {
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  readonly write: (text: string) => Promise<void>;
}

/** What of a stored consent a change of the schema could break. */
interface ConsentRow {
  readonly id: string;
  readonly granted: {
    readonly document: string;
    readonly items: readonly {
      readonly claim: string;
      readonly fields: readonly string[];
      readonly sensitive: boolean;
      readonly separateTick: boolean;
    }[];
  };
}

const PAGE = 1_000;

/** Consents that may still be used; those that are revoked or over break no more. */
const LIVE = `SELECT id, granted FROM consents
  WHERE state IN ('ACTIVE', 'PAUSED', 'STOPPED') AND id > $1 ORDER BY id LIMIT ${PAGE}`;

/**
 * Writes every consent that may still be used as JSON Lines, for `npm run compose -- --check --consents`: id, document and
 * the fields agreed to, nothing of who agreed. A document may hold what a relying party asked about, such as a name.
 *
 * @throws StartError where the database cannot be read
 */
export async function exportConsents({ databaseUrl, dataFolder, write }: ConsentsWorld): Promise<void> {
  const database = await openServiceDatabase('sharing', databaseUrl, resolve(dataFolder));
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  pool.on('error', () => undefined);
  try {
    let after = '';
    for (;;) {
      const { rows } = await pool
        .query<ConsentRow>(LIVE, [after])
        .catch((error: unknown) => unreadable('sharing', error));
      await write(rows.map((row) => `${JSON.stringify(lineOf(row))}\n`).join(''));
      after = rows.at(-1)?.id ?? '';
      if (rows.length < PAGE) return;
    }
  } finally {
    await pool.end();
    await database.close();
  }
}

function lineOf({ id, granted: { document, items } }: ConsentRow): object {
  const fields = items.flatMap(({ claim, fields: keys, sensitive, separateTick }) =>
    keys.map((key) => ({ key, claim, sensitive, separateTick })),
  );
  return { id, document, fields };
}
