import type pg from 'pg';
import { legalDay, nightOf } from './legal-hours.ts';
import type { RolledEntry } from './rolled-entry.ts';
import type { PeopleTotal } from './roll-up-rows.ts';
import type { ReadingSettings } from './config.ts';

/** How many persons are many. */
export type AlertThresholds = Pick<ReadingSettings, 'nightPeople' | 'dayPeople'>;

/** A business reads whoever has agreed, at any hour: officials alone are watched for how many they read. */
const watched: ReadonlySet<string> = new Set(['officer', 'authority']);

/** What has just been counted, and what it came to. */
export interface JustCounted {
  readonly shard: number;
  readonly entries: readonly RolledEntry[];
  readonly totals: readonly PeopleTotal[];
  readonly thresholds: AlertThresholds;
  readonly now: Date;
}

/**
 * Raises an alert where an official has read many persons in a day or a night. It names the last entry of theirs that
 * was counted; told again of the same day or night, it only counts on.
 */
export async function raiseAlerts(client: pg.PoolClient, counted: JustCounted): Promise<void> {
  const { shard, entries, totals, thresholds, now } = counted;
  const many = totals.filter(
    ({ span, kind, people }) =>
      watched.has(kind) && people >= (span === 'day' ? thresholds.dayPeople : thresholds.nightPeople),
  );
  for (const { span, date, kind, actor, people } of many) {
    const last = entries.findLast(
      (entry) =>
        entry.actor === actor &&
        entry.facet.actorKind === kind &&
        entry.subjects.length > 0 &&
        date === (span === 'day' ? legalDay(entry.at) : nightOf(entry.at)),
    );
    const alert = span === 'day' ? 'MANY_PEOPLE' : 'NIGHT_READING';
    await client.query({
      name: 'raise-alert',
      text: `INSERT INTO alerts (at, kind, request_id, origin, index, count, matter)
        SELECT $1, $2, $3, s.origin, $4, $5, $6 FROM shards s WHERE s.id = $7
        ON CONFLICT (matter) DO UPDATE SET count = greatest(alerts.count, EXCLUDED.count),
          index = EXCLUDED.index, origin = EXCLUDED.origin, request_id = EXCLUDED.request_id
        WHERE alerts.count < EXCLUDED.count`,
      values: [
        now,
        alert,
        last?.requestId ?? null,
        last?.index ?? null,
        people,
        `${alert} ${date} ${kind} ${actor}`,
        shard,
      ],
    });
  }
}
