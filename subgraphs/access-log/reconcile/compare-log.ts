import pg from 'pg';
import { compareEntries, entriesBeyond } from './compare-entries.ts';
import type { EntryFinding } from './compare-entries.ts';

/** An entry that is not what its bytes say, and the tree it stands in. */
export interface LogFinding extends EntryFinding {
  readonly origin: string;
}

const AT_ONCE = 2_000;

/**
 * Holds all of a log's database against the entries' bytes, from the first to the last of each tree, as an auditor does who
 * trusts no process of the log. What is appended meanwhile is left out.
 *
 * @param tell hears every finding, in order
 * @param passed hears how many entries were looked at so far
 * @returns how many entries there were
 */
export async function compareLog(
  databaseUrl: string,
  tell: (finding: LogFinding) => Promise<void>,
  passed: (entries: number) => void = () => undefined,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on('error', () => undefined);
  let entries = 0;
  try {
    const { rows } = await pool.query<{ id: number; origin: string; size: string }>(
      'SELECT id, origin, size FROM shards ORDER BY id',
    );
    for (const { id: shard, origin, size } of rows) {
      for (let from = 0; from < Number(size); from += AT_ONCE) {
        const to = Math.min(from + AT_ONCE, Number(size));
        for (const finding of await compareEntries(pool, { shard, from, to }))
          await tell({ origin, ...finding });
        passed((entries += to - from));
      }
      for (const finding of await entriesBeyond(pool, shard)) await tell({ origin, ...finding });
    }
  } finally {
    await pool.end();
  }
  return entries;
}
