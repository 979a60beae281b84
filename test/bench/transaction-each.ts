/**
 * The plain way, to measure the writer against: a transaction for each entry, which locks the head's row, extends the tree
 * by one leaf and writes. Nothing is saved on: the same statement, prepared; three messages a transaction; a pool.
 */
import { APPEND_SQL, appendValues, markOf, prepareForTest } from '@dinhdanh/access-log/testing';
import type { AppendEntry } from '@dinhdanh/access-log';
import { Frontier } from '@dinhdanh/access-log/tlog';
import pg from 'pg';

interface HeadRow {
  readonly id: number;
  readonly size: string;
  readonly frontier: Buffer;
  readonly epoch: string;
}

/** A tree of its own beside the log's, written to by a transaction each. */
export class TransactionEach {
  readonly #pool: pg.Pool;
  readonly #facet: number;

  private constructor(pool: pg.Pool, facet: number) {
    this.#pool = pool;
    this.#facet = facet;
  }

  /** Makes the tree. The facets and partitions of the log are there already. */
  static async open(databaseUrl: string, { connections }: { connections: number }): Promise<TransactionEach> {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      max: connections,
      options: '-c synchronous_commit=on',
    });
    await pool.query(
      `INSERT INTO shards (origin, begins, epoch) SELECT 'log.bench/each', '2000-01-01Z', max(epoch) FROM shards`,
    );
    const { rows } = await pool.query<{ id: number }>('SELECT min(id) AS id FROM facets');
    return new TransactionEach(pool, rows[0]?.id ?? 1);
  }

  /** Writes one entry and resolves when it is durable. */
  async append(entry: AppendEntry): Promise<void> {
    const client = await this.#pool.connect();
    try {
      const results = (await client.query(
        `BEGIN; SELECT id, size, frontier, epoch FROM shards WHERE origin = 'log.bench/each' FOR UPDATE`,
      )) as unknown as pg.QueryResult<HeadRow>[];
      const head = results[1]?.rows[0];
      if (head === undefined) throw new RangeError('no tree');
      const { rows } = prepareForTest(entry, this.#facet);
      const known = { shard: head.id, size: Number(head.size), epoch: Number(head.epoch) };
      const frontier = extended(head, rows[0]?.entry.leafHash ?? Buffer.alloc(32));
      const mark = markOf({ id: crypto.randomUUID(), digest: entry.requestId }, [null]);
      const batches = [{ mark, first: known.size, outcomes: '' }];
      const values = appendValues(known, frontier, rows, batches);
      await client.query({ name: 'append', text: APPEND_SQL, values });
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

function extended({ size, frontier }: HeadRow, leaf: Buffer): Buffer {
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64BE(BigInt(size));
  const edge = Frontier.parse(Buffer.concat([prefix, frontier]));
  if (!edge.ok) throw new RangeError(edge.fault);
  edge.value.append(leaf);
  return edge.value.serialise().subarray(8);
}
