import {
  Frontier,
  type Hash,
  HASH_BYTES,
  type HashReader,
  type Result,
  TILE_HEIGHT,
  TILE_WIDTH,
  type Tile,
  tileBytes,
  tileReader,
  tilesOfGrowth,
  tileWidth,
} from '../tlog/index.ts';
import type { StoredTile } from './publish-store.ts';

/** The tiles at the right edge of the tree of a size: all of them partial, all that is needed to go on from it. */
export function edgeTiles(size: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; Math.floor(size / TILE_WIDTH ** level) > 0; level += 1) {
    const index = Math.floor(Math.floor(size / TILE_WIDTH ** level) / TILE_WIDTH);
    const width = tileWidth(level, index, size);
    if (width > 0) tiles.push({ level, index, width });
  }
  return tiles;
}

/** Reads the nodes of the tree of a size out of tiles that were fetched. */
export function readerOf(size: number, tiles: readonly StoredTile[]): HashReader {
  const bytes = new Map(tiles.map((stored) => [`${stored.tile.level}/${stored.tile.index}`, stored.bytes]));
  return tileReader(size, ({ level, index }) => bytes.get(`${level}/${index}`));
}

/** A tree that leaves are appended to, with the tiles that this makes. Holds the right edge alone. */
export class GrowingTree {
  readonly #frontier: Frontier;
  /** Hashes of the tiles' levels by level and index, from each level's edge tile on. */
  readonly #hashes = new Map<string, Hash>();
  #tiledSize: number;

  private constructor(frontier: Frontier) {
    this.#frontier = frontier;
    this.#tiledSize = frontier.size;
  }

  /** The tree of a size, from the tiles at its edge. Refused: one that is missing. */
  static from(size: number, edge: readonly StoredTile[]): Result<GrowingTree> {
    const frontier = Frontier.at(size, readerOf(size, edge));
    if (!frontier.ok) return frontier;
    const tree = new GrowingTree(frontier.value);
    for (const { tile, bytes } of edge) {
      for (let at = 0; at < tile.width; at += 1) {
        const hash = bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
        tree.#hashes.set(place(Number(tile.level) * TILE_HEIGHT, tile.index * TILE_WIDTH + at), hash);
      }
    }
    return { ok: true, value: tree };
  }

  get size(): number {
    return this.#frontier.size;
  }

  root(): Hash {
    return this.#frontier.root();
  }

  /** The hashes of its full subtrees, largest first. */
  edge(): Buffer {
    return this.#frontier.serialise().subarray(SIZE_BYTES);
  }

  append(leaves: readonly Hash[]): void {
    for (const leaf of leaves) {
      this.#frontier.append(leaf, (level, index, hash) => {
        if (level % TILE_HEIGHT === 0) this.#hashes.set(place(level, index), hash);
      });
    }
  }

  /** The tiles that have changed since the last time, and lets go of what no later one will hold. */
  takeTiles(): Result<StoredTile[]> {
    const taken: StoredTile[] = [];
    for (const tile of tilesOfGrowth(this.#tiledSize, this.size)) {
      const bytes = tileBytes(tile, (level, index) => this.#hashes.get(place(level, index)));
      if (!bytes.ok) return bytes;
      taken.push({ tile, bytes: bytes.value });
    }
    this.#tiledSize = this.size;
    for (const { tile } of taken) {
      if (tile.width < TILE_WIDTH) continue;
      for (let at = 0; at < TILE_WIDTH; at += 1)
        this.#hashes.delete(place(Number(tile.level) * TILE_HEIGHT, tile.index * TILE_WIDTH + at));
    }
    return { ok: true, value: taken };
  }
}

/** Of a serialised frontier, what stands before the hashes. */
const SIZE_BYTES = 8;

function place(level: number, index: number): string {
  return `${level}/${index}`;
}
