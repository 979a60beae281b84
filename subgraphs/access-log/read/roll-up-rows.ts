import type pg from 'pg';
import type { ActorDay, ActorNight, CountRow, Tally } from './tally-entries.ts';

/** How many persons an actor has read by now, in a day or a night. */
export interface PeopleTotal {
  readonly span: 'day' | 'night';
  /** `YYYY-MM-DD`; of a night, that of its evening. */
  readonly date: string;
  readonly kind: string;
  readonly actor: string;
  readonly people: number;
}

/** Adds a tally to the roll-ups; tells what it came to for the actors in it. */
export async function addTally(client: pg.PoolClient, tally: Tally): Promise<PeopleTotal[]> {
  await addCounts(client, tally.counts);
  const days = await addActorDays(client, tally.actorDays);
  const nights = await addActorNights(client, tally.actorNights);
  return [...days, ...nights];
}

/** Adds to the counts by day. */
export async function addCounts(client: pg.PoolClient, rows: readonly CountRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'add-counts',
    text: `INSERT INTO access_counts AS kept (day, dimension, label, count)
      SELECT * FROM unnest($1::date[], $2::text[], $3::text[], $4::bigint[])
      ON CONFLICT (day, dimension, label) DO UPDATE SET count = kept.count + EXCLUDED.count`,
    values: [
      rows.map(({ day }) => day),
      rows.map(({ dimension }) => dimension),
      rows.map(({ label }) => label),
      rows.map(({ count }) => count),
    ],
  });
}

const numbers = ['reads', 'people', 'withoutConsent', 'withoutCase', 'atNight', 'refused'] as const;
const columns = ['reads', 'people', 'without_consent', 'without_case', 'at_night', 'refused'] as const;
const sums = columns.map((column) => `${column} = kept.${column} + EXCLUDED.${column}`).join(', ');

async function addActorDays(client: pg.PoolClient, rows: readonly ActorDay[]): Promise<PeopleTotal[]> {
  if (rows.length === 0) return [];
  const added = await client.query<Omit<PeopleTotal, 'span'>>({
    name: 'add-actor-days',
    // Arrays of arrays do not pass through unnest one by one: the hours travel as text.
    text: `INSERT INTO actor_days AS kept (day, kind, actor, ${columns.join(', ')}, hours)
      SELECT day, kind, actor, ${columns.join(', ')}, hours::int[] FROM unnest($1::date[], $2::text[], $3::text[],
        $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::text[])
        t (day, kind, actor, ${columns.join(', ')}, hours)
      ON CONFLICT (day, kind, actor) DO UPDATE SET ${sums},
        hours = (SELECT array_agg(a + b ORDER BY hour)
                 FROM unnest(kept.hours, EXCLUDED.hours) WITH ORDINALITY h (a, b, hour))
      RETURNING day::text AS date, kind, actor, people`,
    values: [
      rows.map(({ day }) => day),
      rows.map(({ kind }) => kind),
      rows.map(({ actor }) => actor),
      ...numbers.map((name) => rows.map((row) => row[name])),
      rows.map(({ hours }) => `{${hours.join(',')}}`),
    ],
  });
  return added.rows.map((row) => ({ ...row, span: 'day' }));
}

async function addActorNights(client: pg.PoolClient, rows: readonly ActorNight[]): Promise<PeopleTotal[]> {
  if (rows.length === 0) return [];
  const added = await client.query<Omit<PeopleTotal, 'span'>>({
    name: 'add-actor-nights',
    text: `INSERT INTO actor_nights AS kept (night, kind, actor, people)
      SELECT * FROM unnest($1::date[], $2::text[], $3::text[], $4::int[])
      ON CONFLICT (night, kind, actor) DO UPDATE SET people = kept.people + EXCLUDED.people
      RETURNING night::text AS date, kind, actor, people`,
    values: [
      rows.map(({ night }) => night),
      rows.map(({ kind }) => kind),
      rows.map(({ actor }) => actor),
      rows.map(({ people }) => people),
    ],
  });
  return added.rows.map((row) => ({ ...row, span: 'night' }));
}
