import { recordChange } from '@dinhdanh/kit';
import type { Sql } from '../sql.ts';
import { guardianshipEnded } from './account-change.ts';
import type { EndedRelation } from './account-change.ts';

/** Marks ended relations as told and tells of them, once each, in the transaction that ended them. */
export async function tellEnds(sql: Sql, ids: readonly string[], at: Date): Promise<void> {
  const ended = await sql.$queryRaw<EndedRelation[]>`
    UPDATE relations r SET end_told_at = ${at} WHERE r.id = ANY(${ids}::text[]) AND r.end_told_at IS NULL
    RETURNING r.id, (SELECT subject FROM accounts WHERE personal_number = r.guardian_number) AS guardian,
      (SELECT subject FROM accounts WHERE personal_number = r.ward_number) AS ward`;
  for (const relation of ended) await recordChange(sql, guardianshipEnded(relation));
}
