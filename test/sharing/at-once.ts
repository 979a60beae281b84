import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * Sends requests so that those which only look first all have looked before any may write: writes to what the authorization
 * server keeps wait until then.
 */
export async function atOnce<Result>(
  databaseUrl: string,
  send: () => readonly Promise<Result>[],
): Promise<Result[]> {
  const holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE artifacts IN EXCLUSIVE MODE');
    const sent = Promise.all(send());
    await sleep(1_000);
    await holder.query('COMMIT');
    return await sent;
  } finally {
    await holder.end();
  }
}
