import { matchName } from '@dinhdanh/kit';
import type { SubjectIdentifiers } from '@dinhdanh/kit';
import type { Sql } from '../sql.ts';

interface ApplicantRow {
  readonly kind: SubjectIdentifiers['kind'];
  readonly personalNumber: string | null;
  readonly passport: string | null;
  readonly fullName: string;
  readonly dateOfBirth: string;
}

/**
 * What a registration declares that is filled in or being decided, in one statement; null for any other. A number is
 * declared, or a passport: nobody has verified either.
 */
export async function findApplicant(sql: Sql, registrationId: string): Promise<SubjectIdentifiers | null> {
  const [row] = await sql.$queryRaw<ApplicantRow[]>`
    SELECT CASE WHEN r.kind = 'FOREIGN_RESIDENT' OR r.identity->>'nationality' <> 'VNM'
        THEN 'FOREIGN_RESIDENT' ELSE 'CITIZEN' END AS kind,
      r.personal_number AS "personalNumber", r.passport, r.identity->>'fullName' AS "fullName",
      r.identity->>'dateOfBirth' AS "dateOfBirth"
    FROM registrations r
    WHERE r.id = ${registrationId} AND r.state IN ('OPEN', 'SUBMITTED', 'IN_REVIEW') AND r.identity IS NOT NULL
      AND COALESCE(r.personal_number, r.passport) IS NOT NULL`;
  if (row === undefined) return null;
  const { kind, personalNumber, passport, fullName, dateOfBirth } = row;
  return {
    kind,
    personalNumber: personalNumber ?? '',
    cancelledNumbers: [],
    oldIdNumber: null,
    matchName: matchName(fullName),
    dateOfBirth,
    passports: passport === null ? [] : [passport],
  };
}
