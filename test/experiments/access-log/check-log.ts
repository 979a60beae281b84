import { decodeEntry, Frontier, HASH_BYTES, leafHash } from '@dinhdanh/access-log/tlog';
import pg from 'pg';
import { DOOR_PREFIX } from './door-callers.ts';
import type { Release } from './load.ts';

/** One tree as its head row tells it. */
interface Head {
  readonly id: number;
  readonly origin: string;
  readonly size: string;
  readonly frontier: Buffer;
  readonly signed_size: string;
  readonly published_size: string;
}

interface Row {
  readonly index: string;
  readonly request_id: string;
  readonly leaf_hash: Buffer;
  readonly bytes: Buffer;
}

/** What one tree was found to hold, read row by row from its first. */
interface Tree {
  readonly leaves: Buffer;
  readonly requests: readonly string[];
}

/** What was found in a log. */
export interface LogFindings {
  /** A sentence for each. */
  readonly violations: readonly string[];
  /** Requests that came in by the door and stand in the log more than once. */
  readonly writtenTwice: number;
}

const PAGE = 10_000;

/**
 * Holds everything that was acknowledged against what the database holds, row by row, and the database against itself.
 * Trusts no column: leaf hashes and roots are made anew from the entries' bytes.
 */
export async function checkLog(databaseUrl: string, releases: readonly Release[]): Promise<LogFindings> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const violations: string[] = [];
    const trees = new Map<string, Tree>();
    const { rows } = await client.query<Head>('SELECT * FROM shards ORDER BY id');
    for (const head of rows) trees.set(head.origin, await checkTree(client, head, violations));
    await checkReferences(client, violations);
    for (const release of releases) {
      const fault = faultOf(release, trees.get(release.origin));
      if (fault !== null) violations.push(`${release.requestId} at ${release.index}: ${fault}`);
    }
    return { violations, writtenTwice: countTwice([...trees.values()].flatMap(({ requests }) => requests)) };
  } finally {
    await client.end();
  }
}

function faultOf({ requestId, index, leafHash: expected }: Release, tree: Tree | undefined): string | null {
  if (tree === undefined) return 'released, and its log is not there';
  const leaf = tree.leaves.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  if (leaf.length === 0) return 'released, and its entry is not there';
  if (!leaf.equals(Buffer.from(expected, 'base64'))) return 'released, and another entry is there';
  return tree.requests[index] === requestId ? null : 'released, and the entry there is of another request';
}

async function checkTree(client: pg.Client, head: Head, violations: string[]): Promise<Tree> {
  const { origin } = head;
  const frontier = new Frontier();
  const leaves: Buffer[] = [];
  const requests: string[] = [];
  for (;;) {
    const { rows } = await client.query<Row>(
      'SELECT index, request_id, leaf_hash, bytes FROM entries WHERE shard = $1 AND index >= $2 ORDER BY index LIMIT $3',
      [head.id, frontier.size, PAGE],
    );
    for (const row of rows) {
      const fault = faultOfRow(row, frontier.size);
      // What comes after a gap or a second row at one index cannot be told any more.
      if (fault !== null) violations.push(`${origin} ${row.index}: ${fault}`);
      if (Number(row.index) !== frontier.size) return { leaves: Buffer.concat(leaves), requests };
      const leaf = leafHash(row.bytes);
      frontier.append(leaf);
      leaves.push(leaf);
      requests.push(row.request_id);
    }
    if (rows.length < PAGE) break;
  }
  violations.push(...headFaults(head, frontier).map((fault) => `${origin}: ${fault}`));
  return { leaves: Buffer.concat(leaves), requests };
}

function faultOfRow(row: Row, index: number): string | null {
  if (Number(row.index) !== index) return `an index is missing or stands twice: ${index} was next`;
  if (!leafHash(row.bytes).equals(row.leaf_hash)) return 'the leaf hash is not that of the bytes';
  const entry = decodeEntry(row.bytes);
  if (!entry.ok) return `the bytes are no entry: ${entry.fault}`;
  return entry.value.requestId === row.request_id ? null : 'the columns are not those of the bytes';
}

function countTwice(requests: readonly string[]): number {
  const ours = requests.filter((request) => request.startsWith(DOOR_PREFIX));
  return ours.length - new Set(ours).size;
}

function headFaults(head: Head, frontier: Frontier): string[] {
  const size = Number(head.size);
  const faults: string[] = [];
  if (frontier.size !== size) faults.push(`the head says ${size} entries and there are ${frontier.size}`);
  // The serialised frontier begins with the size, which the head has in a column of its own.
  if (!frontier.serialise().subarray(8).equals(head.frontier))
    faults.push('the root is not that of the entries');
  if (Number(head.signed_size) > size)
    faults.push(`${head.signed_size} entries are signed and ${size} are there`);
  if (Number(head.published_size) > Number(head.signed_size))
    faults.push('more is published than was signed');
  return faults;
}

/** Rows beside the entries speak of entries that are there. */
async function checkReferences(client: pg.Client, violations: string[]): Promise<void> {
  for (const table of ['further_subjects', 'undelivered']) {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM ${table} other WHERE NOT EXISTS
         (SELECT FROM entries WHERE entries.shard = other.shard AND entries.index = other.index)`,
    );
    if (rows[0]?.count !== '0')
      violations.push(`${table}: ${rows[0]?.count} rows of entries that are not there`);
  }
}
