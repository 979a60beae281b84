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
  await addActorMonths(client, tally.actorDays, days);
  const nights = await addActorNights(client, tally.actorNights);
  return [...days, ...nights];
}

/** Adds to the counts by day and by month. */
export async function addCounts(client: pg.PoolClient, rows: readonly CountRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = [
    rows.map(({ day }) => day),
    rows.map(({ dimension }) => dimension),
    rows.map(({ label }) => label),
    rows.map(({ count }) => count),
  ];
  await client.query({
    name: 'add-counts',
    text: `INSERT INTO access_counts AS kept (day, dimension, label, count)
      SELECT * FROM unnest($1::date[], $2::text[], $3::text[], $4::bigint[])
      ON CONFLICT (day, dimension, label) DO UPDATE SET count = kept.count + EXCLUDED.count`,
    values,
  });
  await client.query({
    name: 'add-count-months',
    text: `INSERT INTO access_count_months AS kept (month, dimension, label, count)
      SELECT date_trunc('month', day)::date, dimension, label, sum(count)
      FROM unnest($1::date[], $2::text[], $3::text[], $4::bigint[]) t (day, dimension, label, count) GROUP BY 1, 2, 3
      ON CONFLICT (month, dimension, label) DO UPDATE SET count = kept.count + EXCLUDED.count`,
    values,
  });
}

const numbers = ['reads', 'people', 'withoutConsent', 'withoutCase', 'atNight', 'refused'] as const;
const columns = ['reads', 'people', 'without_consent', 'without_case', 'at_night', 'refused'] as const;
const sums = columns.map((column) => `${column} = kept.${column} + EXCLUDED.${column}`).join(', ');
const hourSums = `hours = (SELECT array_agg(a + b ORDER BY hour)
                 FROM unnest(kept.hours, EXCLUDED.hours) WITH ORDINALITY h (a, b, hour))`;
const hourTotals = Array.from({ length: 24 }, (_, hour) => `sum(hours[${hour + 1}])::int`).join(', ');
/** The rows of actors and days, as `t`. Arrays of arrays do not pass through unnest one by one: hours travel as text. */
const actorDays = `(SELECT day, kind, actor, ${columns.join(', ')}, hours::int[] AS hours
        FROM unnest($1::date[], $2::text[], $3::text[],
          $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::text[])
          given (day, kind, actor, ${columns.join(', ')}, hours)) t`;

const valuesOf = (rows: readonly ActorDay[]): unknown[] => [
  rows.map(({ day }) => day),
  rows.map(({ kind }) => kind),
  rows.map(({ actor }) => actor),
  ...numbers.map((name) => rows.map((row) => row[name])),
  rows.map(({ hours }) => `{${hours.join(',')}}`),
];

async function addActorDays(client: pg.PoolClient, rows: readonly ActorDay[]): Promise<PeopleTotal[]> {
  if (rows.length === 0) return [];
  const added = await client.query<Omit<PeopleTotal, 'span'>>({
    name: 'add-actor-days',
    text: `INSERT INTO actor_days AS kept (day, kind, actor, ${columns.join(', ')}, hours)
      SELECT day, kind, actor, ${columns.join(', ')}, hours FROM ${actorDays}
      ON CONFLICT (day, kind, actor) DO UPDATE SET ${sums}, ${hourSums}
      RETURNING day::text AS date, kind, actor, people`,
    values: valuesOf(rows),
  });
  return added.rows.map((row) => ({ ...row, span: 'day' }));
}

/** Adds the same to the months. `totals` are those of the days after it: of a month the highest is kept. */
async function addActorMonths(
  client: pg.PoolClient,
  rows: readonly ActorDay[],
  totals: readonly PeopleTotal[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'add-actor-months',
    text: `INSERT INTO actor_months AS kept (month, kind, actor, ${columns.join(', ')}, hours, most_people)
      SELECT date_trunc('month', t.day)::date, kind, actor,
        ${columns.map((column) => `sum(t.${column})`).join(', ')}, ARRAY[${hourTotals}], max(total.people)
      FROM ${actorDays}
      JOIN unnest($11::date[], $12::text[], $13::text[], $14::int[]) total (day, kind, actor, people)
        USING (day, kind, actor)
      GROUP BY 1, 2, 3
      ON CONFLICT (month, kind, actor) DO UPDATE SET ${sums}, ${hourSums},
        most_people = greatest(kept.most_people, EXCLUDED.most_people)`,
    values: [
      ...valuesOf(rows),
      totals.map(({ date }) => date),
      totals.map(({ kind }) => kind),
      totals.map(({ actor }) => actor),
      totals.map(({ people }) => people),
    ],
  });
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
