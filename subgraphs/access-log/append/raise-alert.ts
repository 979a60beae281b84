import type pg from 'pg';
import type { WriterAlert } from './writer.ts';

/** Puts a matter before the auditors; the same matter again is counted, not told twice. */
export async function raiseAlert(
  pool: pg.Pool,
  { kind, number, origin }: WriterAlert,
  at: Date,
): Promise<void> {
  await pool.query(
    `INSERT INTO alerts (at, kind, service, origin, matter) VALUES ($1, $2, 'access-log', $3, $4)
     ON CONFLICT (matter) DO UPDATE SET count = alerts.count + 1`,
    [at, kind, origin, `${kind} ${number}`],
  );
}
