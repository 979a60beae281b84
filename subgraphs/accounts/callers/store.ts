import { Prisma } from '../generated/prisma/client.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Ward } from '../account.ts';
import type { ConsenterRow, SessionRow } from '../session.ts';

/** The identifiers of an account's row as registries join on them. */
const identifiers = (row: string): Prisma.Sql =>
  Prisma.raw(`jsonb_build_object(
  'kind', ${row}.kind, 'personalNumber', ${row}.personal_number, 'cancelledNumbers', ${row}.cancelled_numbers,
  'oldIdNumber', ${row}.old_id_number, 'matchName', ${row}.match_name, 'dateOfBirth', ${row}.date_of_birth,
  'passports', ${row}.passports)`);

/** Those who act for the owner of an account's row. */
const guardians = (row: string): Prisma.Sql =>
  Prisma.raw(`COALESCE((SELECT jsonb_agg(jsonb_build_object('relation', r.relation, 'endsOn', r.ends_on,
      'confirmed', r.confirmed_at IS NOT NULL))
    FROM relations r WHERE r.ward_number = ${row}.personal_number AND r.ended_at IS NULL), '[]')`);

/** The living sessions among ids, by id, in one statement; none that is unknown, ended, revoked, or whose owner's account is closed. */
export async function findSessions(
  prisma: PrismaClient,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, SessionRow>> {
  const rows = await prisma.$queryRaw<SessionRow[]>`
    SELECT s.id AS "sessionId", s.passcode_until AS "passcodeUntil", s.confirmation_id AS "confirmationId",
      s.confirmed_at AS "confirmedAt", s.confirmation_method::text AS "confirmationMethod",
      CASE WHEN a.subject IS NOT NULL THEN jsonb_build_object('subject', a.subject, 'level', a.level,
        'status', a.status, 'lockReason', a.lock_reason, 'ids', ${identifiers('a')}) END AS account,
      CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'role', o.role, 'status', o.status) END AS staff,
      s.registration_id AS "registrationId",
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', r.id, 'subject', w.subject, 'relation', r.relation,
          'endsOn', r.ends_on, 'ids', ${identifiers('w')}) ORDER BY w.date_of_birth, r.id)
        FROM relations r JOIN accounts w ON w.personal_number = r.ward_number
        WHERE r.guardian_number = a.personal_number AND r.ended_at IS NULL), '[]') AS wards,
      ${guardians('a')} AS guardians,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', b.id, 'legalName', b.legal_name, 'taxCode', b.tax_code,
          'sector', b.sector) ORDER BY b.legal_name, b.id)
        FROM organisations b WHERE b.representative = a.subject AND b.ended_at IS NULL), '[]') AS organisations
    FROM sessions s LEFT JOIN accounts a ON a.subject = s.subject LEFT JOIN staff o ON o.id = s.staff_id
    WHERE s.id = ANY(${[...ids]}::text[]) AND s.revoked_at IS NULL AND s.expires_at > ${now}
      AND (s.registration_id IS NOT NULL OR COALESCE(a.status, o.status) IN ('ACTIVE', 'LOCKED'))`;
  return new Map(rows.map((row) => [row.sessionId, row]));
}

/**
 * Who agreed and whose data they agreed to share, in one statement, or null: an account that is unknown or not in use,
 * or a relation that never was one between the two.
 */
export async function findConsenter(
  prisma: PrismaClient,
  asked: { readonly grantor: string; readonly subject: string; readonly relationId: string | null },
): Promise<ConsenterRow | null> {
  const [row] = await prisma.$queryRaw<ConsenterRow[]>`
    SELECT g.level, g.status::text AS status, g.date_of_birth AS "dateOfBirth", ${guardians('g')} AS guardians,
      ${identifiers('s')} AS ids,
      CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('relation', r.relation, 'endsOn', r.ends_on,
        'ended', r.ended_at IS NOT NULL) END AS relation
    FROM accounts g JOIN accounts s ON s.subject = ${asked.subject}
      LEFT JOIN relations r ON r.id = ${asked.relationId} AND r.guardian_number = g.personal_number
        AND r.ward_number = s.personal_number
    WHERE g.subject = ${asked.grantor} AND g.status IN ('ACTIVE', 'LOCKED')
      AND CASE WHEN ${asked.relationId}::text IS NULL THEN g.subject = s.subject ELSE r.id IS NOT NULL END`;
  return row ?? null;
}

/** Everybody the owner was ever told to act for and has not been told to cease. */
export function wardsOf(prisma: PrismaClient, subject: string): Promise<Ward[]> {
  return prisma.$queryRaw<Ward[]>`
    SELECT r.id, w.subject, r.relation::text AS relation, r.ends_on::text AS "endsOn", ${identifiers('w')} AS ids
    FROM accounts a JOIN relations r ON r.guardian_number = a.personal_number
      JOIN accounts w ON w.personal_number = r.ward_number
    WHERE a.subject = ${subject} AND r.ended_at IS NULL
    ORDER BY w.date_of_birth, r.id`;
}
