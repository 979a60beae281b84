/** The writer's own connection: it keeps what it commits, or says that it does not. */
import pg from 'pg';
import { unavailable } from './database-failure.ts';

/** A statement is given up by the server after this, and by us a little later: then the connection is replaced. */
const STATEMENT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 6_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** What must be on for a commit to be one that a power cut cannot take back. */
const REQUIRED = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/**
 * Commits wait for the disk. And a writer whose machine has vanished is found dead by the server within some ten seconds:
 * until then its lock would keep the others from its post.
 */
const SESSION = `SET synchronous_commit = on; SET tcp_keepalives_idle = 4; SET tcp_keepalives_interval = 2;
  SET tcp_keepalives_count = 3`;

/**
 * Connects, and sees to it that commits wait for the disk.
 *
 * @throws AppError `ACCESS_LOG_UNAVAILABLE`, reason `NOT_DURABLE`, with the setting's name as its cause
 */
export async function connectWriter(databaseUrl: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'access-log writer',
  });
  client.on('error', lost);
  client.on('end', lost);
  try {
    await client.connect();
    await client.query(SESSION);
    const missing = await missingPromise(client);
    if (missing !== null) throw unavailable('NOT_DURABLE', missing);
    return client;
  } catch (failure) {
    await closeConnection(client);
    throw failure;
  }
}

/** The first setting that is off and must be on, or null. */
export async function missingPromise(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name',
    [REQUIRED],
  );
  return rows.find(({ value }) => value !== 'on')?.name ?? null;
}

/** Ends a connection, however broken: nothing is waited for that may never come. */
export async function closeConnection(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  // The socket of a peer that has gone silent would be kept for as long as the system tries.
  (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
}
