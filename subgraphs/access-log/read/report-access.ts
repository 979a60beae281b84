import { randomUUID } from 'node:crypto';
import { AppError, legalDateOf } from '@dinhdanh/kit';
import type { AccessReport, AccessReportState, MutationReportAccessArgs } from '../generated/resolvers.ts';
import { findEntry, ownPseudonymIn } from './find-entry.ts';
import { personReader } from './reader.ts';
import { workingDaysAfter } from './working-days.ts';
import type { ReadingContext } from './reading-room.ts';

/** A report is answered within two working days (Decree 356/2025, art. 5). */
const WORKING_DAYS = 2;

/**
 * Takes a person's word that a reading of their data should not have been, and tells the auditors by an alert. Codes
 * only; said twice, it stands once.
 *
 * @throws AppError `NOT_FOUND` for an entry about somebody else as for none
 */
export async function reportAccess(
  _: unknown,
  { input }: MutationReportAccessArgs,
  context: ReadingContext,
): Promise<AccessReport> {
  const room = context.room.reading;
  const reader = personReader(context, room);
  const entry = await findEntry(room, input);
  const subject = entry === null ? null : await ownPseudonymIn(room, entry, reader, context.now);
  if (entry === null || subject === null) throw new AppError('NOT_FOUND');
  const due = workingDaysAfter(legalDateOf(context.now), WORKING_DAYS, room.settings.holidays);
  const { rows } = await room.pool.query<{ id: string; state: AccessReportState; due_on: string }>({
    name: 'keep-report',
    // One statement: there is no report without its alert. The update changes nothing and gives the first report back.
    text: `WITH report AS (
        INSERT INTO access_reports AS kept (id, subject, shard, index, reason, reported_at, due_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (shard, index, subject, reason) DO UPDATE SET reason = kept.reason
        RETURNING id, state, due_on::text, xmax = 0 AS fresh),
      alert AS (
        INSERT INTO alerts (at, kind, origin, index, matter)
        SELECT $6, 'REPORTED', $8, $4, 'REPORTED ' || $8 || ' ' || $4 FROM report WHERE fresh
        ON CONFLICT (matter) DO UPDATE SET count = alerts.count + 1)
      SELECT id, state, due_on FROM report`,
    values: [randomUUID(), subject, entry.shard, input.index, input.reason, context.now, due, input.origin],
  });
  const [report] = rows;
  return { id: report?.id ?? null, state: report?.state ?? null, dueOn: report?.due_on ?? null };
}
