/** Reads a log: a folder laid out as https://c2sp.org/tlog-tiles says, or a URL prefix that serves it. */
import { bundleWidth, TILE_WIDTH, type Tile, tilePath } from '../tlog/index.ts';
import { directorySource } from './directory-source.ts';
import { httpSource } from './http-source.ts';
import type { LogSource, SourceOptions } from './log-source.ts';

/** Far above any note, proof or receipt, far below what would fill a machine. */
const MOST_NOTE_BYTES = 1_000_000;
const MOST_TILE_BYTES = TILE_WIDTH * 32;
const MOST_BUNDLE_BYTES = TILE_WIDTH * (2 + 0xffff);

/** `http:` and `https:` are served, everything else is a folder. */
export function logSource(location: string, options: SourceOptions): LogSource {
  return /^https?:/i.test(location) ? httpSource(new URL(location), options) : directorySource(location);
}

/** The signed checkpoint. */
export function readCheckpoint(source: LogSource): Promise<Uint8Array | null> {
  return source.read('checkpoint', MOST_NOTE_BYTES);
}

/**
 * The bytes of a tile or bundle of the tree of a size. A partial one may have been removed once its full one is
 * there ("clients MAY fetch the full tile … as a fallback"), so the bytes can be of a wider one.
 */
export async function readTile(source: LogSource, tile: Tile): Promise<Uint8Array | null> {
  const most = tile.level === 'entries' ? MOST_BUNDLE_BYTES : MOST_TILE_BYTES;
  const bytes = await source.read(tilePath(tile), most);
  if (bytes !== null || tile.width === TILE_WIDTH) return bytes;
  return source.read(tilePath({ ...tile, width: TILE_WIDTH }), most);
}

/** The bundle of entries at a position in the tree of a size. */
export function readBundle(source: LogSource, index: number, size: number): Promise<Uint8Array | null> {
  return readTile(source, { level: 'entries', index, width: bundleWidth(index, size) });
}
