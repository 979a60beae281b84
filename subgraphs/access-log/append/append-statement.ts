/** The one statement that writes entries. */
import { bigintArray, byteaArray, integerArray, textArray, timestampArray } from './binary-array.ts';
import { furtherSubjects } from './further-subjects.ts';
import type { BatchRow } from './batch-mark.ts';
import type { PreparedEntry } from './prepare-entry.ts';

/**
 * Everything depends on the head's update. Were the insert a statement of its own or merely beside the update, the rows
 * of a writer that has been replaced would stay when its update matched nothing: data-modifying parts of a `WITH` run to
 * their end whatever the rest finds. Here they read from `head`, which is empty then, and so are they. The update also
 * asks whether the server still promises to keep what it commits, which a reload of its settings may have changed.
 * One row when all was written, none otherwise; a unique violation of `batches` where a call of it was written before.
 */
export const APPEND_SQL = `
WITH head AS (
  UPDATE shards SET size = $4, frontier = $5
  WHERE id = $1 AND size = $2 AND epoch = $3
    AND current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
    AND current_setting('synchronous_commit') = 'on'
  RETURNING id
), written AS (
  INSERT INTO entries
    (shard, index, at, facet, subject, actor, consent_id, case_id, request_id, leaf_hash, bytes, detail)
  SELECT head.id, $2::bigint + entry.place - 1, entry.at, entry.facet, entry.subject, entry.actor, entry.consent_id,
    entry.case_id, entry.request_id, entry.leaf_hash, entry.bytes, entry.detail
  FROM head, unnest($6::timestamptz[], $7::integer[], $8::bytea[], $9::text[], $10::text[], $11::text[], $12::text[],
    $13::bytea[], $14::bytea[], $15::bytea[]) WITH ORDINALITY AS entry
    (at, facet, subject, actor, consent_id, case_id, request_id, leaf_hash, bytes, detail, place)
), further AS (
  INSERT INTO further_subjects (subject, at, shard, index)
  SELECT further.subject, further.at, head.id, further.index
  FROM head, unnest($16::bytea[], $17::timestamptz[], $18::bigint[]) AS further (subject, at, index)
), completed AS (
  INSERT INTO undelivered (shard, index) SELECT head.id, completed FROM head, unnest($19::bigint[]) AS completed
), remembered AS (
  INSERT INTO batches (id, digest, shard, first, outcomes)
  SELECT batch.id, batch.digest, head.id, batch.first, batch.outcomes
  FROM head, unnest($20::bytea[], $21::bytea[], $22::bigint[], $23::text[]) AS batch (id, digest, first, outcomes)
)
SELECT id FROM head`;

/** The head as its writer knows it. */
export interface KnownHead {
  readonly shard: number;
  readonly size: number;
  readonly epoch: number;
}

/** An entry with the facet it was found to have. */
export interface FacetedEntry {
  readonly entry: PreparedEntry;
  readonly facet: number;
}

/** The parameters of {@link APPEND_SQL}; `frontier` is that of the tree with the entries. */
export function appendValues(
  head: KnownHead,
  frontier: Buffer,
  rows: readonly FacetedEntry[],
  batches: readonly BatchRow[] = [],
): (number | Buffer)[] {
  const entries = rows.map(({ entry }) => entry);
  const further = entries.flatMap(({ actor, subjects, atMs }, place) =>
    furtherSubjects(actor.kind, subjects).map((subject) => ({ subject, atMs, index: head.size + place })),
  );
  return [
    head.shard,
    head.size,
    head.epoch,
    head.size + rows.length,
    frontier,
    timestampArray(entries.map(({ atMs }) => atMs)),
    integerArray(rows.map(({ facet }) => facet)),
    byteaArray(entries.map(({ subjects }) => subjects[0] ?? null)),
    textArray(entries.map(({ actor }) => actor.id)),
    textArray(entries.map(({ consentId }) => consentId)),
    textArray(entries.map(({ caseId }) => caseId)),
    textArray(entries.map(({ requestId }) => requestId)),
    byteaArray(entries.map(({ leafHash }) => leafHash)),
    byteaArray(entries.map(({ bytes }) => bytes)),
    byteaArray(entries.map(({ detail }) => detail)),
    byteaArray(further.map(({ subject }) => subject)),
    timestampArray(further.map(({ atMs }) => atMs)),
    bigintArray(further.map(({ index }) => index)),
    bigintArray(entries.flatMap(({ completes }) => (completes === null ? [] : [completes.index]))),
    byteaArray(batches.map(({ mark }) => mark.id)),
    byteaArray(batches.map(({ mark }) => mark.digest)),
    bigintArray(batches.map(({ first }) => first)),
    textArray(batches.map(({ outcomes }) => outcomes)),
  ];
}
