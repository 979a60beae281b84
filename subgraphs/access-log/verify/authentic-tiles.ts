/**
 * Tiles that are known to be those of a signed root. The tiles at the right edge make the root itself; a full tile
 * is one hash of the tile above it, which is known before. So no tile is believed because a server sent it.
 */
import {
  Frontier,
  fullSubtrees,
  type Hash,
  HASH_BYTES,
  parseTileHashes,
  rowHash,
  sameHash,
  type Tile,
  TILE_HEIGHT,
  TILE_WIDTH,
  tileOfNode,
  tilePath,
  tileReader,
  tilesOfNodes,
  tileWidth,
  type TreeNode,
} from '../tlog/index.ts';
import { type BadRange, VerificationFailure } from './findings.ts';
import type { LogSource } from './log-source.ts';
import { readTile } from './read-log.ts';

/** A tree's head, as a checkpoint signs it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** The tiles of one tree. Those above level 0, and the edge, are kept: of ten million entries, 2 MB. */
export class AuthenticTiles {
  readonly head: TreeHead;
  readonly #source: LogSource;
  readonly #kept = new Map<string, Uint8Array>();

  private constructor(source: LogSource, head: TreeHead) {
    this.#source = source;
    this.head = head;
  }

  /**
   * Reads the edge of the tree and holds it against the signed root.
   * @throws VerificationFailure `tile-missing`, `tiles-do-not-make-the-root`
   */
  static async open(source: LogSource, head: TreeHead): Promise<AuthenticTiles> {
    const tiles = new AuthenticTiles(source, head);
    const edge = tilesOfNodes(fullSubtrees({ begin: 0, end: head.size }), head.size);
    const fetched = new Map<string, Uint8Array>();
    for (const tile of edge) fetched.set(tilePath(tile), await tiles.#fetch(tile));
    const read = tileReader(head.size, (tile) => fetched.get(tilePath(tile)));
    const frontier = Frontier.at(head.size, read);
    if (!frontier.ok || !sameHash(frontier.value.root(), head.root)) {
      throw new VerificationFailure('tiles-do-not-make-the-root', { bad: { from: 0, to: head.size } });
    }
    // The edge lies in partial tiles alone, and its subtrees cover every hash of them: all of these are proved now.
    for (const [path, bytes] of fetched) tiles.#kept.set(path, bytes);
    return tiles;
  }

  /**
   * The bytes of the tile at a place of the tree.
   * @throws VerificationFailure `tile-missing`, `tile-not-in-tree`
   */
  async tile(level: number, index: number): Promise<Uint8Array> {
    const tile: Tile = { level, index, width: tileWidth(level, index, this.head.size) };
    const path = tilePath(tile);
    const kept = this.#kept.get(path);
    if (kept !== undefined) return kept;
    const above = await this.tile(level + 1, Math.floor(index / TILE_WIDTH));
    const start = (index % TILE_WIDTH) * HASH_BYTES;
    const bytes = await this.#fetch(tile);
    const hashes = parseTileHashes(bytes, TILE_WIDTH);
    const hash = hashes.ok ? rowHash(hashes.value) : undefined;
    if (hash === undefined || !sameHash(hash, above.subarray(start, start + HASH_BYTES))) {
      throw new VerificationFailure('tile-not-in-tree', { bad: this.#leavesOf(tile), where: path });
    }
    if (level > 0) this.#kept.set(path, bytes);
    return bytes;
  }

  /** The hash of a full node of the tree. @throws VerificationFailure as `tile` */
  async node({ level, index }: TreeNode): Promise<Hash> {
    const place = tileOfNode({ level, index }, this.head.size);
    if (place === null || place.level === 'entries') throw new RangeError('the tree has no such node');
    const bytes = await this.tile(place.level, place.index);
    const hash = tileReader(this.head.size, () => bytes)(level, index);
    if (hash === undefined) throw new RangeError('a tile of the tree holds all its nodes');
    return hash;
  }

  async #fetch(tile: Tile): Promise<Uint8Array> {
    const bytes = await readTile(this.#source, tile);
    if (bytes === null) {
      throw new VerificationFailure('tile-missing', { bad: this.#leavesOf(tile), where: tilePath(tile) });
    }
    return bytes.subarray(0, tile.width * HASH_BYTES);
  }

  #leavesOf({ level, index, width }: Tile): BadRange {
    const leaves = level === 'entries' ? 1 : 2 ** (level * TILE_HEIGHT);
    const from = index * TILE_WIDTH * leaves;
    return { from, to: Math.min(this.head.size, from + width * leaves) };
  }
}
