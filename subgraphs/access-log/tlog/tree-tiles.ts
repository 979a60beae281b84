/** Which tiles a tree has, which of them its growth changes, and reading a tree's nodes out of them. */
import { HASH_BYTES, type Hash } from './hash.ts';
import { rowHash, TILE_HEIGHT, TILE_WIDTH, type Tile } from './tile.ts';
import { type Result, done, refused } from './result.ts';
import type { HashReader, TreeNode } from './tree-nodes.ts';

/** How wide a tile of hashes is in the tree of a size: 0 where it does not exist (yet), 256 where it is full. */
export function tileWidth(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.min(TILE_WIDTH, Math.max(0, hashes - index * TILE_WIDTH));
}

/** How wide a bundle of entries is in the tree of a size: as wide as the level-0 tile above it. */
export function bundleWidth(index: number, size: number): number {
  return tileWidth(0, index, size);
}

function grown(level: number, kind: Tile['level'], from: number, to: number): Tile[] {
  const before = Math.floor(from / TILE_WIDTH ** level);
  const after = Math.floor(to / TILE_WIDTH ** level);
  const tiles: Tile[] = [];
  for (let at = Math.floor(before / TILE_WIDTH) * TILE_WIDTH; at < after; at += TILE_WIDTH) {
    const index = at / TILE_WIDTH;
    const width = tileWidth(level, index, to);
    if (width !== tileWidth(level, index, from)) tiles.push({ level: kind, index, width });
  }
  return tiles;
}

/**
 * The tiles of hashes that the tree of size `to` has and that of size `from` has not, from the lowest level up:
 * those that became full, and the partial one at each level's edge if it moved. From 0: all tiles of the tree.
 */
export function tilesOfGrowth(from: number, to: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; Math.floor(to / TILE_WIDTH ** level) > 0; level += 1) {
    tiles.push(...grown(level, level, from, to));
  }
  return tiles;
}

/** The bundles of entries that the tree of size `to` has and that of size `from` has not. */
export function bundlesOfGrowth(from: number, to: number): Tile[] {
  return grown(0, 'entries', from, to);
}

/** The bytes of a tile of hashes, out of the tree's nodes. */
export function tileBytes(tile: Tile, read: HashReader): Result<Buffer> {
  if (tile.level === 'entries') return refused('hash-missing');
  const hashes: Hash[] = [];
  for (let at = 0; at < tile.width; at += 1) {
    const hash = read(tile.level * TILE_HEIGHT, tile.index * TILE_WIDTH + at);
    if (hash === undefined) return refused('hash-missing');
    hashes.push(hash);
  }
  return done(Buffer.concat(hashes));
}

/** The tile that holds a full node of the tree of a size, or null where that tree does not have the node. */
export function tileOfNode({ level, index }: TreeNode, size: number): Tile | null {
  const { tileLevel, first, count } = placeOf({ level, index });
  const tileIndex = Math.floor(first / TILE_WIDTH);
  const width = tileWidth(tileLevel, tileIndex, size);
  return first + count - tileIndex * TILE_WIDTH > width
    ? null
    : { level: tileLevel, index: tileIndex, width };
}

/** The tiles that hold nodes of the tree of a size, each once: what to fetch for a proof. */
export function tilesOfNodes(nodes: readonly TreeNode[], size: number): Tile[] {
  const tiles = new Map<string, Tile>();
  for (const node of nodes) {
    const tile = tileOfNode(node, size);
    if (tile !== null) tiles.set(`${tile.level}/${tile.index}`, tile);
  }
  return [...tiles.values()];
}

/**
 * Reads the nodes of the tree of a size out of its tiles.
 * @param bytesOf the bytes of a tile that was fetched, as wide as asked or wider; undefined where it was not
 */
export function tileReader(size: number, bytesOf: (tile: Tile) => Uint8Array | undefined): HashReader {
  return (level, index) => {
    const tile = tileOfNode({ level, index }, size);
    const bytes = tile === null ? undefined : bytesOf(tile);
    if (tile === null || bytes === undefined || bytes.length < tile.width * HASH_BYTES) return undefined;
    const { first, count } = placeOf({ level, index });
    const start = first - tile.index * TILE_WIDTH;
    return rowHash(
      Array.from({ length: count }, (_, at) =>
        bytes.subarray((start + at) * HASH_BYTES, (start + at + 1) * HASH_BYTES),
      ),
    );
  };
}

/** The hashes of a tile level that a node covers: itself where its level is a tile's, else the row beneath it. */
function placeOf({ level, index }: TreeNode): { tileLevel: number; first: number; count: number } {
  const count = 2 ** (level % TILE_HEIGHT);
  return { tileLevel: Math.floor(level / TILE_HEIGHT), first: index * count, count };
}
