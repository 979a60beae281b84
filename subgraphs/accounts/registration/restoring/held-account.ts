import type { SubjectIdentifiers } from '@dinhdanh/kit';
import type { Sql } from '../../sql.ts';
import type { Registration } from '../registration.ts';

/** By what registrations name somebody. */
export type NamedPerson = Pick<SubjectIdentifiers, 'personalNumber' | 'cancelledNumbers' | 'passports'>;

/** An account that a registration is about to change. */
export interface HeldAccount {
  readonly subject: string;
  readonly personalNumber: string;
  /** E.164. */
  readonly phone: string | null;
  readonly status: 'ACTIVE' | 'LOCKED';
}

/** The account of whom a registration names that can be changed: one statement, found or not. */
export async function findHeld(
  sql: Sql,
  { personalNumber, passport }: Pick<Registration, 'personalNumber' | 'passport'>,
): Promise<HeldAccount | null> {
  const [row] = await sql.$queryRaw<HeldAccount[]>`
    SELECT a.subject, a.personal_number AS "personalNumber", a.phone, a.status::text AS status
    FROM accounts a JOIN credentials c ON c.subject = a.subject
    WHERE a.status IN ('ACTIVE', 'LOCKED') AND (a.personal_number = ${personalNumber}
      OR a.cancelled_numbers @> ARRAY[${personalNumber}]::text[]
      OR (${passport}::text IS NOT NULL AND a.passports @> ARRAY[${passport}]::text[]))
    ORDER BY a.personal_number = ${personalNumber} DESC LIMIT 1`;
  return row ?? null;
}
