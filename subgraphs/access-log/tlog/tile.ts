/** The tiles in which a log is served: https://c2sp.org/tlog-tiles, "Merkle Tree" and "Log entries". */
import { HASH_BYTES, type Hash, nodeHash } from './hash.ts';
import { parseDecimal } from './decimal.ts';
import { type Result, done, refused } from './result.ts';

/** Levels of the tree that one tile spans; fixed by the specification. */
export const TILE_HEIGHT = 8;
/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;

/** A tile of hashes (`level` 0 to 63) or a bundle of entries. */
export interface Tile {
  readonly level: number | 'entries';
  /** `N` of the path: its position among the tiles of its level. */
  readonly index: number;
  /** 1 to 255 for a partial tile, 256 for a full one. */
  readonly width: number;
}

/** The path below a log's prefix: `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`. */
export function tilePath({ level, index, width }: Tile): string {
  let number = threeDigits(index);
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    number = `x${threeDigits(rest)}/${number}`;
  }
  return `tile/${level}/${number}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

function threeDigits(number: number): string {
  return String(number % 1000).padStart(3, '0');
}

const path = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/** Reads a path. Every tile has one path: superfluous groups of zeros and leading zeros are refused. */
export function parseTilePath(text: string): Result<Tile> {
  const parts = path.exec(text);
  const [, levelText, numberText, widthText] = parts ?? [];
  if (levelText === undefined || numberText === undefined) return refused('tile-path-malformed');
  const level = levelText === 'entries' ? done('entries' as const) : parseDecimal(levelText);
  const width = widthText === undefined ? done(TILE_WIDTH) : parseDecimal(widthText);
  const index = Number(numberText.replaceAll(/[x/]/g, ''));
  if (!level.ok || !width.ok || !Number.isSafeInteger(index)) return refused('tile-path-malformed');
  const tile: Tile = { level: level.value, index, width: width.value };
  const fits = (tile.level === 'entries' || tile.level <= 63) && tile.width >= 1 && tile.width <= TILE_WIDTH;
  return fits && tilePath(tile) === text ? done(tile) : refused('tile-path-malformed');
}

/** The hashes of a tile's bytes, which must be exactly as many as its width. */
export function parseTileHashes(bytes: Uint8Array, width: number): Result<Hash[]> {
  if (bytes.length !== width * HASH_BYTES) return refused('tile-length-wrong');
  return done(
    Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)),
  );
}

/** The node over a row of hashes whose number is a power of two: of a full tile, its entry in the tile above. */
export function rowHash(row: readonly Hash[]): Hash | undefined {
  if (row.length <= 1) return row[0];
  const half = row.length / 2;
  const left = rowHash(row.slice(0, half));
  const right = rowHash(row.slice(half));
  return left === undefined || right === undefined ? undefined : nodeHash(left, right);
}
