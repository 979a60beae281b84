import type pg from 'pg';
import { dayBounds, isNight, legalDay, nightBounds, nightOf, nightSql } from './legal-hours.ts';
import type { RolledEntry } from './rolled-entry.ts';
import type { CountedEntry } from './tally-entries.ts';

interface Look {
  /** Place in the list of entries. */
  readonly place: number;
  readonly index: number;
  readonly actor: string;
  readonly subject: Buffer;
  readonly from: Date;
  readonly to: Date;
  readonly night: boolean;
}

/**
 * Finds out of whom an actor reads for the first time in a day, and in a night: the entry is the first where none
 * appended before it says so. Each entry's answer is its own, so it does not matter in which order they are counted, or
 * how often; and no list of persons is kept anywhere.
 */
export async function countNewPeople(
  client: pg.PoolClient,
  shard: number,
  entries: readonly RolledEntry[],
  readingFacets: readonly number[],
): Promise<CountedEntry[]> {
  const looks = entries.flatMap(looksOf);
  const first = await findFirst(client, shard, looks, readingFacets);
  const inDay = countBy(looks.filter((look) => first.has(look) && !look.night));
  const inNight = countBy(looks.filter((look) => first.has(look) && look.night));
  return entries.map((entry, place) => ({
    ...entry,
    newInDay: inDay.get(place) ?? 0,
    newInNight: inNight.get(place) ?? 0,
  }));
}

function looksOf({ at, actor, index, subjects }: RolledEntry, place: number): Look[] {
  return subjects.flatMap((pseudonym) => {
    const base = { place, index, actor, subject: Buffer.from(pseudonym, 'base64url') };
    const day = { ...base, ...dayBounds(legalDay(at)), night: false };
    return isNight(at) ? [day, { ...base, ...nightBounds(nightOf(at)), night: true }] : [day];
  });
}

async function findFirst(
  client: pg.PoolClient,
  shard: number,
  looks: readonly Look[],
  readingFacets: readonly number[],
): Promise<Set<Look>> {
  if (looks.length === 0) return new Set();
  const earlier = (conditions: string): string => `${conditions} AND e.actor = look.actor
    AND e.facet = ANY ($8::int[]) AND (e.shard, e.index) < ($1::smallint, look.index)
    AND (NOT look.night OR ${nightSql('e.at')})`;
  const { rows } = await client.query<{ place: string }>({
    name: 'roll-up-first',
    text: `SELECT look.place FROM
        unnest($2::bigint[], $3::text[], $4::bytea[], $5::timestamptz[], $6::timestamptz[], $7::boolean[])
        WITH ORDINALITY look (index, actor, subject, begins, ends, night, place)
      WHERE NOT EXISTS (SELECT FROM entries e WHERE ${earlier('e.subject = look.subject AND e.at >= look.begins AND e.at < look.ends')})
        AND NOT EXISTS (SELECT FROM further_subjects f
          JOIN entries e ON e.at = f.at AND e.shard = f.shard AND e.index = f.index
          WHERE f.subject = look.subject AND f.at >= look.begins AND f.at < look.ends AND ${earlier('true')})`,
    values: [
      shard,
      looks.map(({ index }) => index),
      looks.map(({ actor }) => actor),
      looks.map(({ subject }) => subject),
      looks.map(({ from }) => from),
      looks.map(({ to }) => to),
      looks.map(({ night }) => night),
      readingFacets,
    ],
  });
  return new Set(rows.map(({ place }) => looks[Number(place) - 1] as Look));
}

function countBy(looks: readonly Look[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { place } of looks) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}
