import type pg from 'pg';
import { raiseAlert } from '../alerts.ts';
import type { Hash, Tile } from '../tlog/index.ts';

/** A tree as its row stands. */
export interface ShardState {
  readonly id: number;
  readonly origin: string;
  readonly begins: Date;
  readonly size: number;
  /** Roots of the full subtrees, largest first. */
  readonly frontier: Buffer;
  readonly signedSize: number;
  readonly signedNote: string | null;
  readonly publishedSize: number;
  readonly publishedNote: string | null;
  readonly publishedAt: Date | null;
}

/** A tile of hashes with what is in it. */
export interface StoredTile {
  readonly tile: Tile;
  readonly bytes: Buffer;
}

/** What a witness has last cosigned of a tree. */
export interface WitnessRecord {
  readonly shard: number;
  readonly key: string;
  readonly size: number;
  readonly cosignedAt: Date;
}

/** What the log found amiss about itself. `matter` tells one from the next. */
export interface PublishAlert {
  readonly at: Date;
  readonly kind: 'WITNESS_AWAY' | 'WITNESS_REFUSED' | 'LOG_INCONSISTENT';
  readonly origin: string;
  readonly index: number | null;
  readonly matter: string;
}

/** The statements of publishing. Each is whole or not at all; none depends on another having just run. */
export class PublishStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** All trees, the newest first: two a year. */
  async shards(): Promise<ShardState[]> {
    return (await this.#pool.query<ShardRow>(`${SELECT_SHARDS} ORDER BY begins DESC`)).rows.map(shardOf);
  }

  /** One tree, by its origin. */
  async shard(origin: string): Promise<ShardState | null> {
    const { rows } = await this.#pool.query<ShardRow>(`${SELECT_SHARDS} WHERE origin = $1`, [origin]);
    return rows[0] === undefined ? null : shardOf(rows[0]);
  }

  /** The hashes of the leaves from one index to before another; fewer where the first is missing among them. */
  async leaves(shard: number, from: number, to: number): Promise<Hash[]> {
    const { rows } = await this.#pool.query<{ index: string; leaf_hash: Buffer }>(
      `SELECT index, leaf_hash FROM entries WHERE shard = $1 AND index >= $2 AND index < $3 ORDER BY index`,
      [shard, from, to],
    );
    return unbroken(from, rows).map((row) => row.leaf_hash);
  }

  /** The bytes of entries, in the same way. */
  async entries(shard: number, from: number, to: number): Promise<Buffer[]> {
    const { rows } = await this.#pool.query<{ index: string; bytes: Buffer }>(
      `SELECT index, bytes FROM entries WHERE shard = $1 AND index >= $2 AND index < $3 ORDER BY index`,
      [shard, from, to],
    );
    return unbroken(from, rows).map((row) => row.bytes);
  }

  /** The tiles asked for, cut to their width where a wider one is kept; what is not there is left out. */
  async tiles(shard: number, wanted: readonly Tile[]): Promise<StoredTile[]> {
    const { rows } = await this.#pool.query<{ position: string; bytes: Buffer }>(
      `SELECT w.position, t.bytes
       FROM unnest($2::smallint[], $3::bigint[], $4::smallint[]) WITH ORDINALITY AS w (level, index, width, position),
         LATERAL (SELECT bytes FROM tiles
                  WHERE shard = $1 AND level = w.level AND index = w.index AND width >= w.width
                  ORDER BY width LIMIT 1) t`,
      [shard, ...columnsOf(wanted)],
    );
    return rows.flatMap(({ position, bytes }) => {
      const tile = wanted[Number(position) - 1];
      return tile === undefined ? [] : [{ tile, bytes: bytes.subarray(0, tile.width * 32) }];
    });
  }

  /**
   * Keeps tiles. One that is wider replaces those of its place that are narrower: a partial tile is the beginning of
   * every later one, and is cut out of it when asked for.
   */
  async keepTiles(shard: number, tiles: readonly StoredTile[]): Promise<void> {
    await this.#pool.query(
      `WITH fresh AS (
         SELECT * FROM unnest($2::smallint[], $3::bigint[], $4::smallint[], $5::bytea[]) AS f (level, index, width, bytes)
       ), outgrown AS (
         DELETE FROM tiles t USING fresh f
         WHERE t.shard = $1 AND t.level = f.level AND t.index = f.index AND t.width < f.width
       )
       INSERT INTO tiles (shard, level, index, width, bytes) SELECT $1, f.* FROM fresh f
       ON CONFLICT (shard, level, index, width) DO UPDATE SET bytes = EXCLUDED.bytes`,
      [shard, ...columnsOf(tiles.map(({ tile }) => tile)), tiles.map(({ bytes }) => bytes)],
    );
  }

  /**
   * Writes down what is about to be shown to the world as signed, if nothing else was signed since `before`: so no size
   * is ever signed with two roots, by whichever process. On disk when it returns, whatever the server's default.
   *
   * @returns false where something else was signed meanwhile
   */
  async sign(before: ShardState, size: number, note: string): Promise<boolean> {
    const client = await this.#pool.connect();
    let broken: Error | boolean = true;
    try {
      await client.query('BEGIN');
      await client.query('SET LOCAL synchronous_commit = on');
      const { rowCount } = await client.query(
        `UPDATE shards SET signed_size = $2, signed_note = $3
         WHERE id = $1 AND signed_size = $4 AND signed_note IS NOT DISTINCT FROM $5`,
        [before.id, size, note, before.signedSize, before.signedNote],
      );
      await client.query('COMMIT');
      broken = false;
      return rowCount === 1;
    } finally {
      client.release(broken);
    }
  }

  /** Puts a note up to be read, unless a larger one has been put up meanwhile. */
  async publish(shard: number, size: number, note: string, at: Date): Promise<void> {
    await this.#pool.query(
      `UPDATE shards SET published_size = $2, published_note = $3, published_at = $4
       WHERE id = $1 AND published_size <= $2`,
      [shard, size, note, at],
    );
  }

  /** What each witness has last cosigned of each tree. */
  async witnesses(): Promise<WitnessRecord[]> {
    const { rows } = await this.#pool.query<{ shard: number; key: string; size: string; cosigned_at: Date }>(
      `SELECT shard, key, size, cosigned_at FROM witnesses`,
    );
    return rows.map(({ shard, key, size, cosigned_at: cosignedAt }) => ({
      shard,
      key,
      size: Number(size),
      cosignedAt,
    }));
  }

  /** Records what a witness has cosigned. */
  async keepWitness({ shard, key, size, cosignedAt }: WitnessRecord): Promise<void> {
    await this.#pool.query(
      `INSERT INTO witnesses (shard, key, size, cosigned_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (shard, key) DO UPDATE SET size = EXCLUDED.size, cosigned_at = EXCLUDED.cosigned_at`,
      [shard, key, size, cosignedAt],
    );
  }

  /** Raises an alert, once a matter. */
  async alert({ at, index, ...alert }: PublishAlert): Promise<void> {
    const place = index === null ? {} : { index };
    await raiseAlert(this.#pool, { ...alert, ...place, service: 'access-log' }, at, true);
  }

  /** Marks the absences of a witness as over. */
  async settleAbsences(name: string, at: Date): Promise<void> {
    await this.#pool.query(
      `UPDATE alerts SET settled_at = $2
       WHERE kind = 'WITNESS_AWAY' AND settled_at IS NULL AND starts_with(matter, $1)`,
      [absencesOf(name), at],
    );
  }

  /** When open alerts of a kind have begun, from an instant on: null where there was none since. */
  async firstAlertSince(kind: PublishAlert['kind'], since: Date | null): Promise<Date | null> {
    const { rows } = await this.#pool.query<{ at: Date | null }>(
      `SELECT min(at) AS at FROM alerts WHERE kind = $1 AND settled_at IS NULL AND at > coalesce($2::timestamptz, '-infinity')`,
      [kind, since],
    );
    return rows[0]?.at ?? null;
  }
}

/** What the matters of a witness's absences begin with. */
export function absencesOf(name: string): string {
  return `WITNESS_AWAY ${name} `;
}

interface ShardRow {
  readonly id: number;
  readonly origin: string;
  readonly begins: Date;
  readonly size: string;
  readonly frontier: Buffer;
  readonly signed_size: string;
  readonly signed_note: string | null;
  readonly published_size: string;
  readonly published_note: string | null;
  readonly published_at: Date | null;
}

const SELECT_SHARDS = `SELECT id, origin, begins, size, frontier, signed_size, signed_note, published_size,
  published_note, published_at FROM shards`;

function shardOf(row: ShardRow): ShardState {
  return {
    id: row.id,
    origin: row.origin,
    begins: row.begins,
    size: Number(row.size),
    frontier: row.frontier,
    signedSize: Number(row.signed_size),
    signedNote: row.signed_note,
    publishedSize: Number(row.published_size),
    publishedNote: row.published_note,
    publishedAt: row.published_at,
  };
}

function columnsOf(tiles: readonly Tile[]): [unknown[], unknown[], unknown[]] {
  return [tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ width }) => width)];
}

/** Rows up to the first whose index does not follow on. Of two at one index neither is believed. */
function unbroken<Row extends { index: string }>(from: number, rows: readonly Row[]): readonly Row[] {
  const gap = rows.findIndex(({ index }, position) => Number(index) !== from + position);
  if (gap < 0) return rows;
  return rows.slice(0, Math.min(gap, Math.max(0, Number(rows[gap]?.index) - from)));
}
