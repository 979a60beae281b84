import type pg from 'pg';
import { raiseAlert } from '../alerts.ts';
import { ENTRY_WINDOW_MS, requestOf } from '../tlog/index.ts';
import type { ServedCall } from '../tlog/index.ts';
import { safeId } from './safe-id.ts';

/** How far a service has been read. */
export interface ServedPositionRow {
  readonly cursor: string | null;
  readonly readAt: Date;
}

/** A request of which a service has served calls that no entry names. */
export interface UnloggedRequest {
  readonly service: string;
  readonly requestId: string;
  /** Calls of it so far. */
  readonly count: number;
}

/** The tables of reconciliation. */
export interface ReconciliationStore {
  /** Where the services stand; one that was never read begins now. */
  readonly positions: (
    services: readonly string[],
    now: Date,
  ) => Promise<ReadonlyMap<string, ServedPositionRow>>;
  /**
   * Moves a service on and keeps those of the calls that no entry names. False where another process was faster: then
   * nothing is done.
   */
  readonly take: (page: TakenPage) => Promise<boolean>;
  /** Forgets the calls whose entries have come since. */
  readonly forgetLogged: () => Promise<void>;
  /** Raises the alerts that are due, at most so many calls at a time; tells the new ones. */
  readonly raiseDue: (now: Date, most: number) => Promise<readonly UnloggedRequest[]>;
  /** Looks again for the entries of calls that were alerted, and settles the alerts of those that have all. */
  readonly settleLate: (now: Date) => Promise<void>;
  /** True where the alert is new. */
  readonly raiseLate: (service: string, readAt: Date, now: Date) => Promise<boolean>;
  readonly settleRead: (service: string, now: Date) => Promise<void>;
}

/** A page of served calls about to be taken. */
export interface TakenPage {
  readonly service: string;
  readonly from: string | null;
  /** Null where there was nothing behind `from`. */
  readonly to: string | null;
  /** Those that need an entry. */
  readonly calls: readonly ServedCall[];
  readonly now: Date;
  /** When calls without an entry become alerts. */
  readonly due: Date;
}

/** A position is written at least so often, and otherwise only when it moves. */
const NOTE_READ_SECONDS = 30;
/** Alerted calls are looked for once a minute, some at a time, for a week. */
const LOOK_AGAIN_SECONDS = 60;
const LOOK_AGAIN_MOST = 500;
const LOOK_AGAIN_DAYS = 7;

/** That there is an entry for a call `c`: of its request, at its time, with its service among the sources asked. */
const isLogged = (service: string): string => `EXISTS (
  SELECT 1 FROM entries JOIN facets ON facets.id = entries.facet
  WHERE entries.request_id = c.request_id AND ${service} = ANY (facets.sources)
    AND entries.at BETWEEN c.at - interval '${ENTRY_WINDOW_MS} ms' AND c.at + interval '${ENTRY_WINDOW_MS} ms')`;

/** The tables of reconciliation in the access log's database. */
export function openReconciliation(pool: pg.Pool): ReconciliationStore {
  return {
    positions: async (services, now) => {
      await pool.query(
        `INSERT INTO served_positions (service, read_at) SELECT unnest($1::text[]), $2
         ON CONFLICT DO NOTHING`,
        [services, now],
      );
      const { rows } = await pool.query<ServedPositionRow & { service: string }>(
        'SELECT service, cursor, read_at AS "readAt" FROM served_positions WHERE service = ANY ($1)',
        [services],
      );
      return new Map(rows.map(({ service, ...position }) => [service, position]));
    },
    take: (page) => take(pool, page),
    forgetLogged: async () => {
      await pool.query(`DELETE FROM unlogged_calls c WHERE alert IS NULL AND ${isLogged('c.service')}`);
    },
    raiseDue: (now, most) => raiseDue(pool, now, most),
    settleLate: (now) => settleLate(pool, now),
    raiseLate: (service, readAt, now) => {
      const matter = `reconciliation-late ${service} ${readAt.toISOString()}`;
      return raiseAlert(pool, { kind: 'RECONCILIATION_LATE', service, matter }, now, true);
    },
    settleRead: async (service, now) => {
      await pool.query(
        `UPDATE alerts SET settled_at = $2
         WHERE kind = 'RECONCILIATION_LATE' AND service = $1 AND settled_at IS NULL`,
        [service, now],
      );
    },
  };
}

async function take(pool: pg.Pool, { service, from, to, calls, now, due }: TakenPage): Promise<boolean> {
  const rows = calls.map(({ callId, at }) => ({
    call_id: safeId(callId),
    request_id: safeId(requestOf(callId)),
    at,
  }));
  const { rows: moved } = await pool.query(
    `WITH moved AS (
       UPDATE served_positions SET cursor = coalesce($3, cursor), read_at = $4
       WHERE service = $1 AND cursor IS NOT DISTINCT FROM $2
         AND ($3::text IS NOT NULL OR read_at < $4::timestamptz - interval '${NOTE_READ_SECONDS} seconds')
       RETURNING service),
     kept AS (
       INSERT INTO unlogged_calls (service, call_id, request_id, at, due)
       SELECT moved.service, c.call_id, c.request_id, c.at, $5
       FROM moved, reconciliation,
         jsonb_to_recordset($6::text::jsonb) AS c (call_id text, request_id text, at timestamptz)
       WHERE c.at >= reconciliation.since AND NOT ${isLogged('moved.service')}
       ON CONFLICT DO NOTHING)
     SELECT service FROM moved`,
    [service, from, to, now, due, JSON.stringify(rows)],
  );
  return to === null || moved.length > 0;
}

async function raiseDue(pool: pg.Pool, now: Date, most: number): Promise<readonly UnloggedRequest[]> {
  const { rows } = await pool.query<UnloggedRequest>(
    `WITH due AS (
       SELECT service, call_id, request_id FROM unlogged_calls
       WHERE alert IS NULL AND due <= $1 ORDER BY due LIMIT $2 FOR UPDATE SKIP LOCKED),
     raised AS (
       INSERT INTO alerts (at, kind, service, request_id, count, matter)
       SELECT $1, 'SERVED_NOT_LOGGED', service, request_id, count(*), 'served-not-logged ' || service || ' ' || request_id
       FROM due GROUP BY service, request_id
       ON CONFLICT (matter) DO UPDATE SET count = alerts.count + excluded.count, settled_at = NULL
       RETURNING id, service, request_id, count, xmax = 0 AS fresh),
     marked AS (
       UPDATE unlogged_calls SET alert = raised.id, checked_at = $1
       FROM due JOIN raised USING (service, request_id)
       WHERE unlogged_calls.service = due.service AND unlogged_calls.call_id = due.call_id)
     SELECT service, request_id AS "requestId", count FROM raised WHERE fresh`,
    [now, most],
  );
  return rows;
}

async function settleLate(pool: pg.Pool, now: Date): Promise<void> {
  const { rows } = await pool.query<{ service: string; callId: string; alert: string; gone: boolean }>(
    `SELECT c.service, c.call_id AS "callId", c.alert, ${isLogged('c.service')} AS gone FROM unlogged_calls c
     WHERE alert IS NOT NULL AND checked_at < $1::timestamptz - interval '${LOOK_AGAIN_SECONDS} seconds'
     ORDER BY checked_at LIMIT ${LOOK_AGAIN_MOST}`,
    [now],
  );
  if (rows.length === 0) return;
  const found = rows.filter(({ gone }) => gone);
  await pool.query(
    `DELETE FROM unlogged_calls USING unnest($1::text[], $2::text[]) AS f (service, call_id)
     WHERE unlogged_calls.service = f.service AND unlogged_calls.call_id = f.call_id`,
    [found.map(({ service }) => service), found.map(({ callId }) => callId)],
  );
  await pool.query(
    `UPDATE alerts SET settled_at = $2 WHERE id = ANY ($1::bigint[]) AND settled_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM unlogged_calls WHERE unlogged_calls.alert = alerts.id)`,
    [found.map(({ alert }) => alert), now],
  );
  await pool.query(
    `UPDATE unlogged_calls SET checked_at = $3 FROM unnest($1::text[], $2::text[]) AS f (service, call_id)
     WHERE unlogged_calls.service = f.service AND unlogged_calls.call_id = f.call_id`,
    [rows.map(({ service }) => service), rows.map(({ callId }) => callId), now],
  );
  await pool.query(
    `DELETE FROM unlogged_calls
     WHERE alert IS NOT NULL AND due < $1::timestamptz - interval '${LOOK_AGAIN_DAYS} days'`,
    [now],
  );
}
