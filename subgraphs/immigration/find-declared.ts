import type { RawReader } from '@dinhdanh/kit';
import type { RecordedForeigner } from './identity-rules.ts';

/** What a foreigner's declaration is looked for by: the number, and only where there is none the passport. */
export interface DeclaredKeys {
  /** Empty where the passport alone is declared. */
  readonly personalNumber: string;
  readonly passportNumber: string;
  readonly passportIssuer: string;
}

/** More files of one person are not looked at. */
const FILES_MOST = 8;

/**
 * What a declaration is held against, in one statement: the files under the number or the passport, the one verified last
 * first, with the passports of each. The same statement for what nobody has.
 */
export function findDeclared(
  database: RawReader,
  { personalNumber: number, passportNumber: passport, passportIssuer: issuer }: DeclaredKeys,
): PromiseLike<RecordedForeigner[]> {
  return database.$queryRaw<RecordedForeigner[]>`
    WITH found AS (
      SELECT t.id FROM travellers t WHERE t.personal_number = ${number}
      UNION SELECT t.id FROM passports p JOIN travellers t ON t.personal_number = p.personal_number
        WHERE ${number} = '' AND p.passport_number = ${passport} AND p.issuer = ${issuer}
      UNION SELECT t.id FROM travellers t
        WHERE ${number} = '' AND t.personal_number IS NULL AND t.passport_number = ${passport})
    SELECT t.holder_name AS "fullName", t.date_of_birth AS "dateOfBirth", t.sex, t.nationality,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('number', p.passport_number, 'issuer', p.issuer,
          'expiryDate', p.expiry_date))
        FROM passports p WHERE p.personal_number = t.personal_number
          OR (t.personal_number IS NULL AND p.passport_number = t.passport_number)), '[]') AS passports
    FROM found JOIN travellers t ON t.id = found.id
    WHERE t.kind = 'FOREIGN_RESIDENT' ORDER BY t.verified_at DESC, t.id LIMIT ${FILES_MOST}`;
}
