import type { Sql } from '../sql.ts';
import type { OtpHistory } from './rules.ts';

/** Of whom the rows are asked: keyed hashes. */
export interface OtpWho {
  readonly phone: string;
  readonly account: string;
  readonly prefix: string | null;
  readonly source: string | null;
}

/** A code that may still be answered, as it stands under its lock. */
export interface OtpRow {
  readonly id: string;
  readonly codeHash: string;
  readonly tries: number;
  readonly expiresAt: Date;
}

/** A code about to be kept. */
export interface NewOtpRow extends Omit<OtpRow, 'tries'> {
  readonly purpose: string;
  readonly living: string;
  readonly phone: string;
  readonly account: string;
  readonly source: string | null;
  readonly createdAt: Date;
}

/** More wrong codes of one prefix than this are not counted further: the pause has reached its end long before. */
const MOST_COUNTED = 1_000;

/** Makes whoever counts by the same keys wait until this transaction ends. Sorted, so that no two wait for each other. */
export async function lockOtp(sql: Sql, locks: readonly string[]): Promise<void> {
  const sorted = locks.toSorted();
  await sql.$executeRaw`SELECT pg_advisory_xact_lock(l) FROM unnest(${sorted}::text[]::bigint[]) AS l`;
}

/** What there was in the last hour and day. One statement. */
export async function readHistory(sql: Sql, who: OtpWho, now: Date): Promise<OtpHistory> {
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const rows = await sql.$queryRaw<{ of: keyof OtpHistory; at: Date | null; count: number }[]>`
    SELECT 'phone' AS "of", created_at AS at, 1 AS count FROM otp_challenges
      WHERE phone = ${who.phone} AND created_at > ${dayAgo}
    UNION ALL SELECT 'account', created_at, 1 FROM otp_challenges
      WHERE account = ${who.account} AND created_at > ${dayAgo}
    UNION ALL SELECT 'source', created_at, 1 FROM otp_challenges
      WHERE source = ${who.source} AND created_at > ${hourAgo}
    UNION ALL SELECT 'sourceFailures', at, 1 FROM otp_failures WHERE source = ${who.source} AND at > ${hourAgo}
    UNION ALL SELECT 'prefixFailures', NULL, count(*)::int FROM (
      SELECT 1 FROM otp_failures WHERE prefix = ${who.prefix} AND at > ${hourAgo} LIMIT ${MOST_COUNTED}::int) p`;
  const times = (of: keyof OtpHistory): Date[] =>
    rows.flatMap((row) => (row.of === of && row.at !== null ? [row.at] : []));
  return {
    phone: times('phone'),
    account: times('account'),
    source: times('source'),
    sourceFailures: times('sourceFailures'),
    prefixFailures: rows.find(({ of }) => of === 'prefixFailures')?.count ?? 0,
  };
}

/** Ends the code a request has by now, if it has one. */
export async function replaceOtp(sql: Sql, living: string): Promise<void> {
  await sql.$executeRaw`
    UPDATE otp_challenges SET status = 'REPLACED', living = NULL WHERE living = ${living} AND status = 'OPEN'`;
}

/** Keeps a new code. */
export async function insertOtp(sql: Sql, row: NewOtpRow): Promise<void> {
  await sql.$executeRaw`
    INSERT INTO otp_challenges (id, purpose, living, code_hash, phone, account, source, status, created_at, expires_at)
    VALUES (${row.id}, ${row.purpose}, ${row.living}, ${row.codeHash}, ${row.phone}, ${row.account}, ${row.source},
      'OPEN', ${row.createdAt}, ${row.expiresAt})`;
}

/** The code a request has by now, locked until the transaction ends. */
export async function lockLiving(sql: Sql, living: string): Promise<OtpRow | null> {
  const [row] = await sql.$queryRaw<OtpRow[]>`
    SELECT id, code_hash AS "codeHash", tries, expires_at AS "expiresAt" FROM otp_challenges
    WHERE living = ${living} AND status = 'OPEN' FOR UPDATE`;
  return row ?? null;
}

/**
 * Counts a try, and uses the code where it was right or spends it where that was the last; the statement itself states
 * that it may still be answered. Tells the tries there were with this one, or null where it was too late.
 */
export async function countTry(
  sql: Sql,
  id: string,
  { right, most, now }: { readonly right: boolean; readonly most: number; readonly now: Date },
): Promise<number | null> {
  const [row] = await sql.$queryRaw<{ tries: number }[]>`
    UPDATE otp_challenges SET tries = tries + 1,
      status = (CASE WHEN ${right} THEN 'USED' WHEN tries + 1 >= ${most}::int THEN 'SPENT' ELSE 'OPEN' END)::otp_status,
      living = CASE WHEN ${right} OR tries + 1 >= ${most}::int THEN NULL ELSE living END,
      used_at = CASE WHEN ${right} THEN ${now}::timestamptz END
    WHERE id = ${id} AND status = 'OPEN' AND tries < ${most}::int AND expires_at > ${now}
    RETURNING tries`;
  return row?.tries ?? null;
}

/** Notes a wrong code, or that there was nothing to note: one statement either way. */
export async function noteFailure(
  sql: Sql,
  { source, prefix }: Pick<OtpWho, 'source' | 'prefix'>,
  now: Date,
): Promise<void> {
  await sql.$executeRaw`INSERT INTO otp_failures (at, source, prefix) VALUES (${now}, ${source}, ${prefix})`;
}
