/** Reads entries with all that is kept beside their bytes, and tells which of them differ. */
import type pg from 'pg';
import { type EntryFault, faultOfEntry, type KeptEntry } from './entry-faults.ts';

/** What is wrong with the entry of an index. */
export interface EntryFinding {
  readonly index: number;
  readonly fault: EntryFault;
}

/** Indices of a tree, from the first to before the other. */
export interface IndexRange {
  readonly shard: number;
  readonly from: number;
  readonly to: number;
}

/** Where statements go: a pool, or one connection. */
type Queries = Pick<pg.Pool, 'query'>;

/** An entry that could not be delivered is completed within a day, as a rule. */
const SOON = '1 day';
/** Of what stands outside a tree, so many are told. */
const BEYOND_MOST = 100;

/**
 * Holds the entries of a range against their bytes: columns, facet, further subjects, what is undelivered. All of the range
 * must have been appended. It costs two looks at an index for an entry, whatever the log holds.
 *
 * @returns one finding an index, in order
 */
export async function compareEntries(pool: Queries, range: IndexRange): Promise<EntryFinding[]> {
  const rows = await readRange(pool, range);
  const further = Map.groupBy(await readFurther(pool, range), ({ index }) => index);
  const undelivered = await undeliveredAmong(pool, range.shard, rows.flatMap(completedBy));
  const completes = (index: number): boolean => undelivered.has(index);
  const uncompleted = new Set(await uncompletedIn(pool, range));
  const findings: EntryFinding[] = [];
  const byIndex = Map.groupBy(rows, ({ index }) => Number(index));
  for (let index = range.from; index < range.to; index += 1) {
    const [row, ...others] = byIndex.get(index) ?? [];
    let fault: EntryFault | null = uncompleted.has(index) ? 'UNDELIVERED' : null;
    if (row === undefined) fault = 'MISSING';
    else if (others.length > 0) fault = 'DUPLICATE';
    else fault = faultOfEntry(keptEntry(row, further.get(row.index) ?? [], completes)) ?? fault;
    if (fault !== null) findings.push({ index, fault });
  }
  return findings;
}

/** Rows that stand in a tree of this size without being of it. */
export async function entriesBeyond(pool: Queries, shard: number): Promise<EntryFinding[]> {
  const { rows } = await pool.query<{ index: string }>(
    `SELECT e.index FROM entries e WHERE e.shard = $1 AND (e.index < 0 OR e.index >= (SELECT size FROM shards WHERE id = $1))
     ORDER BY e.index LIMIT ${BEYOND_MOST}`,
    [shard],
  );
  return rows.map(({ index }) => ({ index: Number(index), fault: 'BEYOND' }));
}

interface Row {
  readonly index: string;
  readonly at: Date;
  readonly subject: Buffer | null;
  readonly actor: string;
  readonly consent_id: string | null;
  readonly case_id: string | null;
  readonly request_id: string;
  readonly leaf_hash: Buffer;
  readonly bytes: Buffer;
  readonly detail_hash: Buffer | null;
  readonly event: string | null;
  readonly actor_kind: string;
  readonly purpose: string;
  readonly legal_basis: string;
  readonly outcome: string;
  readonly refusal: string | null;
  readonly claims: readonly string[];
  readonly sources: readonly string[];
  readonly with_consent: boolean;
  readonly delayed_disclosure: boolean;
}

interface FurtherRow {
  readonly index: string;
  readonly subject: Buffer;
  readonly at: Date;
}

/** Facets are read with the entries and never from memory: they may have been changed as well. */
async function readRange(pool: Queries, { shard, from, to }: IndexRange): Promise<Row[]> {
  const { rows } = await pool.query<Row>({
    name: 'compare-entries',
    text: `SELECT e.index, e.at, e.subject, e.actor, e.consent_id, e.case_id, e.request_id, e.leaf_hash, e.bytes,
        CASE WHEN e.detail IS NOT NULL THEN sha256(e.detail) END AS detail_hash, f.event, f.actor_kind, f.purpose,
        f.legal_basis, f.outcome, f.refusal, f.claims, f.sources, f.with_consent, f.delayed_disclosure
      FROM entries e LEFT JOIN facets f ON f.id = e.facet
      WHERE e.shard = $1 AND e.index >= $2 AND e.index < $3 ORDER BY e.index`,
    values: [shard, from, to],
  });
  return rows;
}

async function readFurther(pool: Queries, { shard, from, to }: IndexRange): Promise<FurtherRow[]> {
  const { rows } = await pool.query<FurtherRow>({
    name: 'compare-further',
    text: 'SELECT index, subject, at FROM further_subjects WHERE shard = $1 AND index >= $2 AND index < $3',
    values: [shard, from, to],
  });
  return rows;
}

/** The index an entry says that it completes, read roughly: what is no entry is told as that. */
function completedBy({ bytes }: Row): number[] {
  const found = /"completes":(\d{1,15}),/.exec(bytes.toString('latin1'));
  return found === null ? [] : [Number(found[1])];
}

async function undeliveredAmong(
  pool: Queries,
  shard: number,
  indices: readonly number[],
): Promise<ReadonlySet<number>> {
  if (indices.length === 0) return new Set();
  const { rows } = await pool.query<{ index: string }>(
    'SELECT index FROM undelivered WHERE shard = $1 AND index = ANY ($2::bigint[])',
    [shard, indices],
  );
  return new Set(rows.map(({ index }) => Number(index)));
}

/** Intents of the range that are kept as undelivered though no entry completes them. */
async function uncompletedIn(pool: Queries, range: IndexRange): Promise<number[]> {
  const soon = await uncompleted(
    pool,
    range,
    `AND a.at BETWEEN i.at - interval '${SOON}' AND i.at + interval '${SOON}'`,
  );
  return soon.length === 0 ? [] : uncompleted(pool, range, '');
}

async function uncompleted(pool: Queries, { shard, from, to }: IndexRange, when: string): Promise<number[]> {
  const { rows } = await pool.query<{ index: string }>(
    `SELECT u.index FROM undelivered u JOIN entries i ON i.shard = u.shard AND i.index = u.index
     WHERE u.shard = $1 AND u.index >= $2 AND u.index < $3 AND NOT EXISTS (
       SELECT FROM facets f JOIN entries a ON a.facet = f.id
       WHERE f.event = 'aborted' AND a.shard = u.shard AND a.index > u.index ${when}
         AND position(convert_to('"completes":' || u.index || ',', 'UTF8') IN a.bytes) > 0)`,
    [shard, from, to],
  );
  return rows.map(({ index }) => Number(index));
}

function keptEntry(row: Row, further: readonly FurtherRow[], completes: KeptEntry['completes']): KeptEntry {
  return {
    at: row.at,
    subject: row.subject,
    actor: row.actor,
    consentId: row.consent_id,
    caseId: row.case_id,
    requestId: row.request_id,
    leafHash: row.leaf_hash,
    bytes: row.bytes,
    detailHash: row.detail_hash,
    facet: row.event === null ? null : { ...facetColumns(row), event: row.event },
    further,
    completes,
  };
}

function facetColumns(row: Row) {
  return {
    actorKind: row.actor_kind,
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    outcome: row.outcome,
    refusal: row.refusal,
    claims: row.claims,
    sources: row.sources,
    withConsent: row.with_consent,
    delayedDisclosure: row.delayed_disclosure,
  };
}
