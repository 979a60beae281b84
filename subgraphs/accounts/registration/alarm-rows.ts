import type { Sql } from '../sql.ts';

/** An alarm for the review queue. */
export interface AlarmRow {
  readonly code: string;
  readonly registrationId: string | null;
  readonly count: number;
}

/** Writes alarms for the review queue. */
export async function writeAlarms(sql: Sql, alarms: readonly AlarmRow[], at: Date): Promise<void> {
  for (const { code, registrationId, count } of alarms) {
    await sql.$executeRaw`INSERT INTO registration_alarms (at, code, registration_id, count)
      VALUES (${at}, ${code}, ${registrationId}, ${count})`;
  }
}
