import { leafHash } from '@dinhdanh/access-log/tlog';
import type { Hash } from '@dinhdanh/access-log/tlog';
import pg from 'pg';

/** Tables that tampering touches. */
const TABLES = ['shards', 'entries', 'further_subjects', 'undelivered', 'tiles'] as const;

/**
 * A superuser's hand on the database of a log, with a copy of how it was: each tampering is taken back before the next.
 * What it runs, runs as somebody whom no trigger and no rule of the database stops.
 */
export class KeptLog {
  readonly client: pg.Client;
  readonly shard: number;
  /** The log as it was: entries' bytes by index. */
  readonly entries: readonly Buffer[];
  readonly leaves: readonly Hash[];
  /** Checkpoints as they were published, with the witness's word, by size. */
  readonly cosigned: ReadonlyMap<number, string>;

  private constructor(
    client: pg.Client,
    shard: number,
    entries: readonly Buffer[],
    cosigned: ReadonlyMap<number, string>,
  ) {
    this.cosigned = cosigned;
    this.client = client;
    this.shard = shard;
    this.entries = entries;
    this.leaves = entries.map(leafHash);
  }

  /** Takes the copy of everything that stands in the tree of this origin. */
  static async keep(
    databaseUrl: string,
    origin: string,
    cosigned: ReadonlyMap<number, string>,
  ): Promise<KeptLog> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('SET session_replication_role = replica');
    await client.query('DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept');
    for (const table of TABLES) await client.query(`CREATE TABLE kept.${table} AS TABLE ${table}`);
    const { rows } = await client.query<{ id: number }>('SELECT id FROM shards WHERE origin = $1', [origin]);
    const shard = rows[0]?.id ?? -1;
    const found = await client.query<{ bytes: Buffer }>(
      'SELECT bytes FROM entries WHERE shard = $1 ORDER BY index',
      [shard],
    );
    return new KeptLog(
      client,
      shard,
      found.rows.map(({ bytes }) => bytes),
      cosigned,
    );
  }

  get size(): number {
    return this.entries.length;
  }

  /** Puts everything back as it was. The writer's post is left to who has it now. */
  async restore(): Promise<void> {
    const { client } = this;
    await client.query('BEGIN');
    for (const table of TABLES.slice(1)) {
      await client.query(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept.${table}`);
    }
    await client.query(
      `UPDATE shards SET size = k.size, frontier = k.frontier, signed_size = k.signed_size, signed_note = k.signed_note,
         published_size = k.published_size, published_note = k.published_note, published_at = k.published_at
       FROM kept.shards k WHERE k.id = shards.id`,
    );
    await client.query('COMMIT');
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
