import { randomBytes } from 'node:crypto';
import { sessionIdOf } from '@dinhdanh/kit';
import { runSql } from '@dinhdanh/kit/testing';

/** Signs people in past the door, in the database of accounts: as many different ones of the bulk as are asked for. */
export async function mintSessions(accountsUrl: string, most: number): Promise<string[]> {
  const tokens = Array.from({ length: most }, () => randomBytes(32).toString('base64url'));
  const ids = tokens.map(sessionIdOf);
  // Whoever has a password is of the cast. A draw that is the same each time, and spread over the whole table.
  const minted = await runSql<{ id: string }>(
    accountsUrl,
    `WITH people AS (
       SELECT a.subject, row_number() OVER (ORDER BY md5(a.subject)) AS at FROM accounts a
       WHERE a.level = 2 AND a.status = 'ACTIVE' AND a.kind = 'CITIZEN' AND a.date_of_birth < '2005'
         AND NOT EXISTS (SELECT 1 FROM credentials c WHERE c.subject = a.subject)
       ORDER BY md5(a.subject) LIMIT $1)
     INSERT INTO sessions (id, subject, created_at, expires_at, passcode_until, confirmation_id, confirmed_at, confirmation_method)
     SELECT ($2::text[])[at], subject, now(), now() + interval '8 hours', now() + interval '8 hours',
       gen_random_uuid()::text, now(), 'PASSCODE' FROM people
     RETURNING id`,
    [most, ids],
  );
  const known = new Set(minted.map(({ id }) => id));
  return tokens.filter((_, at) => known.has(ids[at] ?? ''));
}
