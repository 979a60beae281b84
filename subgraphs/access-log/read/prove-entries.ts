import {
  formatTlogProof,
  inclusionNodes,
  inclusionProof,
  parseCheckpoint,
  parseNote,
  type Tile,
  tileReader,
  tilesOfNodes,
} from '../tlog/index.ts';
import type { FoundEntry } from './find-entries.ts';
import type { ReadingRoom } from './reading-room.ts';

type Proven = Pick<FoundEntry, 'shard' | 'index'>;

/**
 * The proofs of entries in the form of https://c2sp.org/tlog-proof, each against the checkpoint its tree serves now;
 * null where that does not cover the entry yet. One statement for the checkpoints and one for the tiles of each tree.
 *
 * Nothing is checked here: whoever trusts the log's own word needs no proof.
 */
export async function proveEntries(
  room: ReadingRoom,
  entries: readonly Proven[],
): Promise<readonly (string | null)[]> {
  const shards = [...new Set(entries.map(({ shard }) => shard))];
  const heads = await readHeads(room, shards);
  const proofs = new Map<string, string | null>();
  for (const shard of shards) {
    const head = heads.get(shard);
    const indices = entries.filter((entry) => entry.shard === shard).map(({ index }) => index);
    const made = head === undefined ? new Map<number, string>() : await proveIndices(room, head, indices);
    for (const index of indices) proofs.set(`${shard}/${index}`, made.get(index) ?? null);
  }
  return entries.map(({ shard, index }) => proofs.get(`${shard}/${index}`) ?? null);
}

interface Head {
  readonly shard: number;
  readonly size: number;
  readonly note: string;
}

async function readHeads({ pool }: ReadingRoom, shards: readonly number[]): Promise<Map<number, Head>> {
  const { rows } = await pool.query<{ id: number; published_note: string }>({
    name: 'published-heads',
    text: 'SELECT id, published_note FROM shards WHERE id = ANY ($1::smallint[]) AND published_note IS NOT NULL',
    values: [shards],
  });
  const heads = new Map<number, Head>();
  for (const { id, published_note: note } of rows) {
    const size = sizeOf(note);
    if (size !== null) heads.set(id, { shard: id, size, note });
  }
  return heads;
}

function sizeOf(note: string): number | null {
  const parsed = parseNote(Buffer.from(note));
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? checkpoint.value.size : null;
}

async function proveIndices(
  room: ReadingRoom,
  { shard, size, note }: Head,
  indices: readonly number[],
): Promise<Map<number, string>> {
  const covered = indices.filter((index) => index < size);
  const tiles = tilesOfNodes(
    covered.flatMap((index) => inclusionNodes(index, size)),
    size,
  );
  const bytes = await readTiles(room, shard, tiles);
  const read = tileReader(size, ({ level, index }) => bytes.get(`${level}/${index}`));
  const proofs = new Map<number, string>();
  for (const index of covered) {
    const path = inclusionProof(index, size, read);
    const text = path.ok ? formatTlogProof({ index, path: path.value, checkpoint: note, extra: null }) : path;
    if (text.ok) proofs.set(index, text.value);
  }
  return proofs;
}

/** Tiles as wide as asked or wider: a tile only ever grows at its end. */
async function readTiles(
  { pool }: ReadingRoom,
  shard: number,
  tiles: readonly Tile[],
): Promise<Map<string, Buffer>> {
  if (tiles.length === 0) return new Map();
  const { rows } = await pool.query<{ level: number; index: string; bytes: Buffer }>({
    name: 'tiles-for-proofs',
    text: `SELECT wanted.level, wanted.index, tile.bytes
      FROM unnest($2::smallint[], $3::bigint[], $4::smallint[]) wanted (level, index, width)
      CROSS JOIN LATERAL (SELECT t.bytes FROM tiles t
        WHERE t.shard = $1 AND t.level = wanted.level AND t.index = wanted.index AND t.width >= wanted.width
        ORDER BY t.width LIMIT 1) tile`,
    values: [
      shard,
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ width }) => width),
    ],
  });
  return new Map(rows.map(({ level, index, bytes }) => [`${level}/${index}`, bytes]));
}
