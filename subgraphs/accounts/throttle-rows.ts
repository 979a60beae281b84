import type { Sql } from './sql.ts';
import type { ThrottleState } from './throttle.ts';

/**
 * Locks counters until the transaction ends, making those that are missing, and reads them as they are under the lock.
 * Keys must come sorted: two attempts that lock in different orders would wait for each other.
 */
export function lockThrottles(sql: Sql, keys: readonly string[], now: Date): PromiseLike<ThrottleState[]> {
  return sql.$queryRaw<ThrottleState[]>`
    INSERT INTO throttles AS t (key, failures, last_at) SELECT key, 0, ${now} FROM unnest(${keys}::text[]) AS key
    ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key
    RETURNING t.key, t.failures, t.last_at AS "lastAt", t.blocked_until AS "blockedUntil"`;
}

/** Stores counters that are locked. */
export async function writeThrottles(sql: Sql, states: readonly ThrottleState[]): Promise<void> {
  await sql.$executeRaw`
    UPDATE throttles t SET failures = n.failures, last_at = n.last_at, blocked_until = n.blocked_until
    FROM unnest(${states.map(({ key }) => key)}::text[], ${states.map(({ failures }) => failures)}::int[],
      ${states.map(({ lastAt }) => lastAt.toISOString())}::timestamptz[],
      ${states.map(({ blockedUntil }) => blockedUntil?.toISOString() ?? null)}::timestamptz[])
      AS n(key, failures, last_at, blocked_until)
    WHERE t.key = n.key`;
}
