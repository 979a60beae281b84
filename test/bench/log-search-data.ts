import { createHash, createHmac, hkdfSync } from 'node:crypto';
import pg from 'pg';
import { benchFacets } from './log-search-facets.ts';

/** People, businesses and officials the entries are about and by. */
export const PEOPLE = 100_000;
export const RELYING_PARTIES = 300;
export const OFFICERS = 50;
/** Months the entries are spread over: the five years that the law has them kept. */
const MONTHS = 60;
/** The month after the last one, and the instant the bench takes for now. */
export const NOW = new Date('2026-12-01T00:00:00Z');

/** The number of a person of the bench, with an unassigned prefix. */
export const numberOf = (person: number): string => `097${String(person).padStart(9, '0')}`;

/**
 * Fills an empty database with entries of five years. Rows are made by the server itself, in bulk and without the
 * writer: this is a database to measure reading on, and its trees have no hashes that lead to a root. The bytes are
 * canonical JSON of some 600 bytes, as entries have.
 */
export async function fillLog(databaseUrl: string, key: Buffer, entries: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      "SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'",
    );
    await fillPeople(client, key);
    await fillFacets(client);
    await client.query(
      `INSERT INTO actors SELECT 'rp-' || n, 'relying_party', 'Tổ chức ' || n FROM generate_series(0, ${RELYING_PARTIES - 1}) n`,
    );
    const sizes = new Map<number, number>();
    for (let month = 0; month < MONTHS; month += 1) {
      const count = Math.floor((entries * (month + 1)) / MONTHS) - Math.floor((entries * month) / MONTHS);
      await fillMonth(client, new Date(Date.UTC(2021, 11 + month)), count, sizes);
      process.stderr.write(`\rfilling ${entries} entries: ${Math.round((100 * (month + 1)) / MONTHS)} %`);
    }
    process.stderr.write('\n');
    await fillUndelivered(client);
    await fillRollUps(client);
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

async function fillPeople(client: pg.Client, key: Buffer): Promise<void> {
  await client.query(
    'CREATE TABLE bench_people (person int, year int, pseudonym bytea, PRIMARY KEY (person, year))',
  );
  for (let year = 2021; year <= 2026; year += 1) {
    const yearKey = Buffer.from(hkdfSync('sha256', key, '', `pseudonym ${year}`, 32));
    const pseudonyms = Array.from({ length: PEOPLE }, (_, person) =>
      createHmac('sha256', yearKey).update(numberOf(person)).digest('hex'),
    );
    await client.query(
      `INSERT INTO bench_people SELECT place - 1, $1, decode(hex, 'hex') FROM unnest($2::text[]) WITH ORDINALITY t (hex, place)`,
      [year, pseudonyms],
    );
  }
}

async function fillFacets(client: pg.Client): Promise<void> {
  await client.query('CREATE TABLE bench_facets (facet int, upto float8 PRIMARY KEY)');
  let upto = 0;
  for (const one of benchFacets) {
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO facets (event, actor_kind, purpose, legal_basis, outcome, refusal, claims, sources, with_consent,
         delayed_disclosure, digest) VALUES ($1, $2, $3, '91/2025/QH15', $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
      [
        ...[one.event, one.actorKind, one.purpose, one.outcome, one.refusal, one.claims, one.sources],
        ...[one.withConsent, one.delayed, createHash('sha256').update(JSON.stringify(one)).digest()],
      ],
    );
    upto += one.weight;
    await client.query('INSERT INTO bench_facets VALUES ($1, $2)', [rows[0]?.id, upto]);
  }
  await client.query('UPDATE bench_facets SET upto = upto / $1', [upto]);
}

/** A month is filled before it becomes a partition: its indexes are then built at once. */
async function fillMonth(
  client: pg.Client,
  month: Date,
  count: number,
  sizes: Map<number, number>,
): Promise<void> {
  const [year, number] = [month.getUTCFullYear(), month.getUTCMonth()];
  const next = new Date(Date.UTC(year, number + 1));
  const origin = `log.dinhdanh.example/${year}h${number < 6 ? 1 : 2}`;
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO shards (origin, begins) VALUES ($1, $2)
     ON CONFLICT (origin) DO UPDATE SET origin = EXCLUDED.origin RETURNING id`,
    [origin, new Date(Date.UTC(year, number < 6 ? 0 : 6))],
  );
  const shard = rows[0]?.id ?? 0;
  const base = sizes.get(shard) ?? 0;
  const table = `entries_${year}_${String(number + 1).padStart(2, '0')}`;
  await client.query(`CREATE TABLE ${table} (LIKE entries)`);
  const days = (next.getTime() - month.getTime()) / 86_400_000;
  await client.query(rowsOfMonth({ table, shard, base, count, days, year, from: month.toISOString() }));
  await client.query(
    `ALTER TABLE entries ATTACH PARTITION ${table} FOR VALUES FROM ('${month.toISOString()}') TO ('${next.toISOString()}')`,
  );
  // The tree itself stays empty: nothing is to be signed and published beside what is measured.
  sizes.set(shard, base + count);
}

interface Month {
  readonly table: string;
  readonly shard: number;
  readonly base: number;
  readonly count: number;
  readonly days: number;
  readonly year: number;
  readonly from: string;
}

/** Days are alike; of a day's entries 8 in 100 fall into the night. Few persons, businesses and officials have most of it. */
function rowsOfMonth({ table, shard, base, count, days, year, from }: Month): string {
  return `INSERT INTO ${table} (shard, index, at, facet, subject, actor, consent_id, case_id, request_id, leaf_hash, bytes)
SELECT ${shard}, ${base} + i, at, facet, subject, actor, consent_id, case_id, request_id, sha256(bytes), bytes
FROM (SELECT drawn.*, convert_to('{"actor":{"id":"' || actor || '","kind":"' || actor_kind || '","session":"s-' || i ||
    '"},"caseId":' || coalesce('"' || case_id || '"', 'null') || ',"claims":' || to_json(claims)::text ||
    ',"completes":null,"consentId":' || coalesce('"' || consent_id || '"', 'null') || ',"delayedDisclosure":' || delayed_disclosure ||
    ',"detailHash":null,"event":"' || event || '","legalBasis":"' || legal_basis || '","level":2,"operationHash":"' ||
    translate(encode(sha256(claims::text::bytea), 'base64'), '+/=', '-_') || '","outcome":"' || outcome || '","policyVersion":"2026-11-01","purpose":"' ||
    purpose || '","refusal":' || coalesce('"' || refusal || '"', 'null') || ',"requestId":"' || request_id || '","salt":"AAAAAAAAAAAAAAAAAAAAAA","sources":' ||
    to_json(sources)::text || ',"subjects":["' || pseudonym || '"],"time":"' ||
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","version":1}', 'UTF8') AS bytes
  FROM (SELECT d.*, f.*, f.id AS facet, p.pseudonym AS subject,
      translate(encode(p.pseudonym, 'base64'), '+/=', '-_') AS pseudonym,
      CASE f.actor_kind WHEN 'relying_party' THEN 'rp-' || floor(${RELYING_PARTIES} * d.r2 ^ 3)
        WHEN 'officer' THEN 'officer-' || floor(${OFFICERS} * d.r2 ^ 2)
        WHEN 'auditor' THEN 'auditor-' || floor(5 * d.r2) WHEN 'authority' THEN 'authority-1'
        ELSE translate(encode(p.pseudonym, 'base64'), '+/=', '-_') END AS actor,
      CASE WHEN f.with_consent THEN 'consent-' || (d.person * 31 + floor(20 * d.r2)) END AS consent_id,
      CASE WHEN f.actor_kind IN ('officer', 'authority') AND d.r2 < 0.9 THEN 'VA-' || floor(20000 * d.r2)
        WHEN f.actor_kind = 'auditor' THEN 'TT-' || floor(500 * d.r2) END AS case_id
    FROM (SELECT i, gen_random_uuid()::text AS request_id, random() AS r1, random() AS r2,
        floor(${PEOPLE} * random() ^ 1.5)::int AS person,
        date_trunc('milliseconds', timestamptz '${from}' + floor(part) * interval '1 day' + interval '1 day' *
          CASE WHEN part - floor(part) < 0.05 THEN (part - floor(part)) / 0.05 * 6 / 24
               WHEN part - floor(part) < 0.97 THEN (6 + (part - floor(part) - 0.05) / 0.92 * 16) / 24
               ELSE (22 + (part - floor(part) - 0.97) / 0.03 * 2) / 24 END - interval '7 hours' + interval '7 hours') AS at
      FROM (SELECT i, i::float8 / ${count} * ${days} AS part FROM generate_series(0, ${count - 1}) i) placed) d
    JOIN bench_people p ON p.person = d.person AND p.year = ${year}
    JOIN LATERAL (SELECT facet FROM bench_facets WHERE upto >= d.r1 ORDER BY upto LIMIT 1) chosen ON true
    JOIN facets f ON f.id = chosen.facet) drawn
) whole ORDER BY i`;
}

/** One released reading in a thousand was not delivered. */
async function fillUndelivered(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO undelivered (shard, index, at, counted) SELECT e.shard, e.index, e.at, true FROM entries e
     JOIN facets f ON f.id = e.facet WHERE f.event = 'intent' AND e.index % 1000 = 7`,
  );
}

/** What the follower would have counted, counted by the server at once; and cursors at the end, so that it rests. */
async function fillRollUps(client: pg.Client): Promise<void> {
  const day = "(e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date";
  await client.query(`
    INSERT INTO roll_up_cursors SELECT id, 0 FROM shards;
    CREATE TEMP TABLE by_facet AS SELECT ${day} AS day, extract(hour FROM e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int AS hour,
      e.facet, count(*) AS count FROM entries e GROUP BY 1, 2, 3;
    INSERT INTO access_counts
      SELECT day, 'all', '', sum(count) FROM by_facet GROUP BY 1
      UNION ALL SELECT day, 'hour', hour::text, sum(count) FROM by_facet GROUP BY 1, 3
      UNION ALL SELECT day, 'kind', f.actor_kind, sum(count) FROM by_facet JOIN facets f ON f.id = facet GROUP BY 1, 3
      UNION ALL SELECT day, 'outcome', f.outcome, sum(count) FROM by_facet JOIN facets f ON f.id = facet GROUP BY 1, 3
      UNION ALL SELECT day, 'claim', split_part(claim, '(', 1), sum(count) FROM by_facet JOIN facets f ON f.id = facet
        CROSS JOIN unnest(f.claims) claim GROUP BY 1, 3;
    INSERT INTO actor_days
      SELECT ${day}, f.actor_kind, e.actor, count(*) FILTER (WHERE f.outcome = 'released'), count(DISTINCT e.subject), 0, 0, 0,
        count(*) FILTER (WHERE f.outcome = 'refused'), array_fill(0, ARRAY[24])
      FROM entries e JOIN facets f ON f.id = e.facet
      WHERE f.actor_kind NOT IN ('person', 'representative', 'applicant') GROUP BY 1, 2, 3;
    INSERT INTO access_count_months SELECT date_trunc('month', day)::date, dimension, label, sum(count)
      FROM access_counts GROUP BY 1, 2, 3;
    INSERT INTO actor_months
      SELECT date_trunc('month', day)::date, kind, actor, sum(reads), sum(people), max(people), 0, 0, 0, sum(refused),
        array_fill(0, ARRAY[24])
      FROM actor_days GROUP BY 1, 2, 3`);
}
