import { compareEntries, entriesBeyond } from '@dinhdanh/access-log/testing';
import type { KeptLog } from './kept-log.ts';
import { Random } from './random.ts';

/** What a superuser does who leaves every byte of the tree alone. */
interface ColumnTampering {
  readonly name: string;
  /** With the entry's index as `$2`, the tree as `$1`. Changes a row, or it was no tampering. */
  readonly sql: string;
  /** The entries it can be done to; all where it is left out. */
  readonly among?: string;
}

const ENTRY = 'WHERE shard = $1 AND index = $2';
const another = (column: string): string =>
  `(SELECT ${column} FROM kept.entries o WHERE o.shard = $1 AND o.${column} IS DISTINCT FROM entries.${column} ORDER BY o.index LIMIT 1)`;
const WITH_OTHERS = 'SELECT DISTINCT index FROM kept.further_subjects WHERE shard = $1';

const columnTamperings: readonly ColumnTampering[] = [
  {
    name: "columns: an entry's person is another",
    sql: `UPDATE entries SET subject = ${another('subject')} ${ENTRY}`,
  },
  { name: "columns: an entry's person is nobody", sql: `UPDATE entries SET subject = NULL ${ENTRY}` },
  {
    name: "columns: an entry's actor is another",
    sql: `UPDATE entries SET actor = ${another('actor')} ${ENTRY}`,
  },
  {
    name: "columns: an entry's facet is another",
    sql: `UPDATE entries SET facet = ${another('facet')} ${ENTRY}`,
  },
  {
    name: "columns: an entry's time is another",
    sql: `UPDATE entries SET at = at - interval '1 second' ${ENTRY}`,
  },
  {
    name: "columns: an entry's consent is another",
    sql: `UPDATE entries SET consent_id = 'consent-0' ${ENTRY}`,
  },
  {
    name: 'further subjects: one row is deleted',
    sql: `DELETE FROM further_subjects WHERE (shard, index, subject) =
      (SELECT shard, index, subject FROM kept.further_subjects ${ENTRY} ORDER BY subject LIMIT 1)`,
    among: WITH_OTHERS,
  },
  {
    name: 'further subjects: an entry is put before somebody else',
    sql: `INSERT INTO further_subjects SELECT sha256(request_id::bytea), at, shard, index FROM entries ${ENTRY}`,
  },
  {
    name: 'undelivered: a reading is said not to have been delivered',
    sql: `INSERT INTO undelivered (shard, index) SELECT shard, index FROM entries ${ENTRY}`,
  },
];

/** What came of one way to tamper. */
export interface ColumnResult {
  readonly tampering: string;
  readonly cases: number;
  readonly found: number;
  readonly byIndex: number;
  /** Cases in which the verifier, which reads bytes alone, had nothing to find. */
  readonly treeStillVerifies: number;
}

/** Tampers with what stands beside the bytes, so often each way, and has all of the log compared after each. */
export async function tamperWithColumns(
  log: KeptLog,
  { seed, cases, verifies }: { seed: string; cases: number; verifies: () => Promise<boolean> },
): Promise<ColumnResult[]> {
  const results: ColumnResult[] = [];
  for (const { name, sql, among } of columnTamperings) {
    const random = new Random(`${seed}/${name}`);
    const indices = among === undefined ? null : await indicesOf(log, among);
    let [found, byIndex, treeStillVerifies] = [0, 0, 0];
    for (let count = 0; count < cases; count += 1) {
      const index = indices === null ? random.between(0, log.size - 1) : random.pick(indices);
      const { rowCount } = await log.client.query(sql, [log.shard, index]);
      if (rowCount !== 1) throw new Error(`${name}: nothing was changed at ${index}`);
      const findings = await compareWhole(log);
      if (findings.length > 0) found += 1;
      if (findings.length === 1 && findings[0] === index) byIndex += 1;
      if (await verifies()) treeStillVerifies += 1;
      await log.restore();
    }
    results.push({ tampering: name, cases, found, byIndex, treeStillVerifies });
  }
  return results;
}

/** The indices at which entries differ from their bytes, as the log's own watch would find them. */
export async function compareWhole({ client, shard, size }: KeptLog): Promise<number[]> {
  const findings = [
    ...(await compareEntries(client, { shard, from: 0, to: size })),
    ...(await entriesBeyond(client, shard)),
  ];
  return findings.map(({ index }) => index);
}

async function indicesOf({ client, shard }: KeptLog, sql: string): Promise<number[]> {
  const { rows } = await client.query<{ index: string }>(`${sql} ORDER BY index`, [shard]);
  return rows.map(({ index }) => Number(index));
}
