import type { Sql } from '../sql.ts';
import type { Standing } from './decide.ts';
import type { Registration } from './registration.ts';

/** Who has the number, the phone and the face already, and whether the applicant represents the ward. */
export async function standingOf(sql: Sql, registration: Registration, today: string): Promise<Standing> {
  const { personalNumber, passport, phone, openedBy, chip, face } = registration;
  const [row] = await sql.$queryRaw<Standing[]>`
    WITH own AS (SELECT subject, level, status FROM accounts WHERE personal_number = ${personalNumber}
      OR cancelled_numbers @> ARRAY[${personalNumber}]::text[]
      OR (${passport}::text IS NOT NULL AND passports @> ARRAY[${passport}]::text[]))
    SELECT EXISTS (SELECT 1 FROM own) AS "accountExists", COALESCE((SELECT max(level) FROM own), 0)::int AS "accountLevel",
      EXISTS (SELECT 1 FROM own o JOIN credentials c ON c.subject = o.subject WHERE o.status IN ('ACTIVE', 'LOCKED'))
        AS "canChange",
      EXISTS (SELECT 1 FROM accounts a WHERE a.phone = ${phone} AND a.status <> 'CLOSED'
          AND a.personal_number IS DISTINCT FROM ${personalNumber} AND NOT EXISTS (SELECT 1 FROM relations r
            WHERE r.guardian_number = ${personalNumber} AND r.ward_number = a.personal_number))
        OR EXISTS (SELECT 1 FROM registrations o WHERE o.phone = ${phone} AND o.state = 'APPROVED'
          AND o.kind NOT IN ('CHILD', 'WARD', 'ORGANISATION')
          AND o.personal_number IS DISTINCT FROM ${personalNumber}) AS "phoneOfAnother",
      EXISTS (SELECT 1 FROM relations r JOIN accounts g ON g.personal_number = r.guardian_number
        WHERE g.subject = ${openedBy} AND r.ward_number = ${personalNumber} AND r.ended_at IS NULL
          AND (r.ends_on IS NULL OR r.ends_on > ${today}::date)) AS "isRepresentative",
      (SELECT count(*)::int FROM registrations o WHERE o.personal_number IS DISTINCT FROM ${personalNumber}
        AND (o.chip->>'faceHash' = ${chip?.faceHash ?? null} OR o.face->>'portraitHash' = ${face?.portraitHash ?? null}))
        AS "sameFace"`;
  return (
    row ?? {
      accountExists: false,
      accountLevel: 0,
      canChange: false,
      phoneOfAnother: false,
      isRepresentative: false,
      sameFace: 0,
    }
  );
}
