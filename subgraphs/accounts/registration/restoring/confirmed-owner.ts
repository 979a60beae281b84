import { AppError } from '@dinhdanh/kit';
import type { Sql } from '../../sql.ts';

/** A session of an owner, who says something of the account it is of. */
export interface OwnersSession {
  readonly sessionId: string;
  readonly subject: string;
  readonly now: Date;
}

/**
 * Refuses whoever has not shown in this session, a moment ago, that they are the owner: a device that was left lying about
 * is signed in too.
 *
 * @throws AppError `UNAUTHENTICATED` · `PASSCODE_REQUIRED` · `ACCOUNT_LOCKED`, where `inUse` asks for an account in use
 */
export async function mustBeConfirmed(
  sql: Sql,
  { sessionId, subject, now }: OwnersSession,
  { inUse }: { readonly inUse: boolean },
): Promise<void> {
  const [row] = await sql.$queryRaw<{ confirmed: boolean; active: boolean }[]>`
    SELECT COALESCE(s.passcode_until > ${now}, false) AS confirmed, a.status = 'ACTIVE' AS active
    FROM sessions s JOIN accounts a ON a.subject = s.subject
    WHERE s.id = ${sessionId} AND s.subject = ${subject} AND s.revoked_at IS NULL AND s.expires_at > ${now}`;
  if (row === undefined) throw new AppError('UNAUTHENTICATED');
  if (inUse && !row.active) throw new AppError('ACCOUNT_LOCKED');
  if (!row.confirmed) throw new AppError('PASSCODE_REQUIRED');
}
