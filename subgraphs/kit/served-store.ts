import type { ServedRecord, WriteServed } from './served.ts';

/** A served record as it was stored. */
export interface StoredServed extends ServedRecord {
  /** When it was written, by the database's clock: RFC 3339, UTC, milliseconds. */
  readonly at: string;
}

/** A place in the order of served records: after the record of this instant and call. */
export interface ServedPosition {
  readonly at: string;
  /** Empty for the beginning of the instant. */
  readonly callId: string;
}

/** The table of served records, which is the same in every service. */
export interface ServedStore {
  readonly write: WriteServed;
  /**
   * The records behind a position, oldest first. None is ever left out: a record that another process is still writing
   * holds back those that follow it.
   */
  readonly after: (position: ServedPosition | null, take: number) => Promise<readonly StoredServed[]>;
  /** Deletes records older than so many months, at most so many; tells how many there were. */
  readonly sweep: (months: number, most: number) => Promise<number>;
}

/** Runs one statement on a service's database. */
export type RunStatement = (sql: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

/** The key of the advisory lock that a writer of served records shares with all others until its commit. */
const SERVED_LOCK = 72_707_371;

/** Records younger than this are told later: the database's clock may be set back by as much. */
const CLOCK_STEP_SECONDS = 2;

// The inner query takes the lock, and OFFSET 0 keeps it a query of its own: only then is the clock looked at.
const WRITE = `INSERT INTO "served" ("call_id", "at", "actor_kind", "subjects", "claims")
  SELECT record ->> 'callId', clock_timestamp(), record ->> 'actorKind', (record ->> 'subjects')::int, (record ->> 'claims')::int
  FROM (SELECT jsonb_array_elements($1::text::jsonb) AS record, pg_advisory_xact_lock_shared(${SERVED_LOCK}) OFFSET 0) AS records`;

const instant = (expression: string): string =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * The instant before which nothing can be added any more. A writer takes the shared lock before it looks at the clock,
 * so its instant is later than the beginning of its transaction; one that has not yet taken the lock will look at the
 * clock later than now.
 */
const SETTLED = `SELECT ${instant(`least(clock_timestamp() - interval '${CLOCK_STEP_SECONDS} seconds',
    (SELECT min(xact_start) FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = 0 AND objid = ${SERVED_LOCK} AND objsubid = 1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())))`)} AS settled`;

// A statement of its own, and later than SETTLED: it sees what was committed while that one looked.
const AFTER = `SELECT "call_id" AS "callId", ${instant('"at"')} AS "at", "actor_kind" AS "actorKind", "subjects", "claims"
  FROM "served"
  WHERE ("at", "call_id") > ($1::text::timestamptz, $2::text) AND "at" < $3::text::timestamptz
  ORDER BY "served"."at", "served"."call_id" LIMIT $4::int`;

const SWEEP = `WITH gone AS (
    DELETE FROM "served" WHERE "call_id" IN (
      SELECT "call_id" FROM "served" WHERE "at" < now() - make_interval(months => $1::int)
      ORDER BY "at" LIMIT $2::int FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*)::int AS count FROM gone`;

const BEGINNING: ServedPosition = { at: '-infinity', callId: '' };

/** The table of served records of one service's database. */
export function openServed(run: RunStatement): ServedStore {
  return {
    write: async (records) => {
      await run(WRITE, [JSON.stringify(records)]);
    },
    after: async (position, take) => {
      const [{ settled }] = (await run(SETTLED, [])) as [{ settled: string }];
      const { at, callId } = position ?? BEGINNING;
      return (await run(AFTER, [at, callId, settled, take])) as StoredServed[];
    },
    sweep: async (months, most) => {
      const [{ count }] = (await run(SWEEP, [months, most])) as [{ count: number }];
      return count;
    },
  };
}
