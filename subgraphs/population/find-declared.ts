import type { RawReader } from '@dinhdanh/kit';
import type { RecordedCitizen } from './identity-rules.ts';

/**
 * What a declaration under a number is held against, in one statement: the record that has it, as its own or as one
 * cancelled since, with both residences and the dates of its cards. The same statement for a number that nobody has.
 */
export async function findDeclared(database: RawReader, number: string): Promise<RecordedCitizen | null> {
  const [row] = await database.$queryRaw<RecordedCitizen[]>`
    SELECT c.personal_number AS "personalNumber", c.full_name AS "fullName", c.date_of_birth AS "dateOfBirth", c.sex,
      c.nationality, c.old_id_number AS "oldIdNumber",
      c.status IN ('DECEASED', 'MISSING') OR c.death_date IS NOT NULL OR c.missing_date IS NOT NULL AS "isGone",
      COALESCE((SELECT jsonb_agg(jsonb_build_object('kind', a.kind, 'text', a.text, 'legacyText', a.legacy_text))
        FROM addresses a WHERE a.citizen_id = c.id AND a.kind IN ('PERMANENT', 'CURRENT')), '[]') AS addresses,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('documentType', i.document_type, 'cardStatus', i.card_status,
          'issueDate', i.issue_date, 'expiryDate', i.expiry_date))
        FROM identity_cards i WHERE i.citizen_id = c.id), '[]') AS cards
    FROM citizens c
    WHERE c.personal_number = ${number} OR c.previous_numbers @> ARRAY[${number}]::text[]
    ORDER BY c.personal_number <> ${number} LIMIT 1`;
  return row ?? null;
}
