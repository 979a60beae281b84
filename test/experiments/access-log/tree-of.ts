import {
  Frontier,
  type Hash,
  type HashReader,
  TILE_WIDTH,
  type Tile,
  tileBytes,
  tilesOfGrowth,
} from '@dinhdanh/access-log/tlog';
import { valueOf } from '@dinhdanh/access-log/testing';

/** A whole tree made of its leaves: what somebody can put in the place of another who may write everywhere. */
export interface WholeTree {
  readonly size: number;
  readonly root: Hash;
  /** Roots of its full subtrees, largest first, as the head row keeps them. */
  readonly frontier: Buffer;
  readonly read: HashReader;
  readonly tiles: readonly { readonly tile: Tile; readonly bytes: Buffer }[];
}

/** Builds it. */
export function treeOf(leaves: readonly Hash[]): WholeTree {
  const nodes = new Map<string, Hash>();
  const frontier = new Frontier();
  for (const leaf of leaves) {
    frontier.append(leaf, (level, index, hash) => nodes.set(`${level}/${index}`, hash));
  }
  const read: HashReader = (level, index) => nodes.get(`${level}/${index}`);
  const tiles = tilesOfGrowth(0, leaves.length).map((tile) => ({
    tile,
    bytes: valueOf(tileBytes(tile, read)),
  }));
  return {
    size: leaves.length,
    root: frontier.root(),
    frontier: frontier.serialise().subarray(8),
    read,
    tiles,
  };
}

/** The tile of leaf hashes that an entry's hash stands in. */
export function tileOfEntry(index: number, size: number): Tile {
  const tile = Math.floor(index / TILE_WIDTH);
  return { level: 0, index: tile, width: Math.min(TILE_WIDTH, size - tile * TILE_WIDTH) };
}
