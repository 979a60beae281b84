/** Re-computes leaf hashes from the entries themselves and holds them against the signed tree. */
import {
  bundleWidth,
  HASH_BYTES,
  leafHash,
  parseEntryBundle,
  parseTileHashes,
  rowHash,
  sameHash,
  TILE_WIDTH,
  tilePath,
} from '../tlog/index.ts';
import type { AuthenticTiles } from './authentic-tiles.ts';
import { at, VerificationFailure } from './findings.ts';
import type { LogSource } from './log-source.ts';
import { readBundle, readTile } from './read-log.ts';

/** Given each entry once its bytes are known to be those that were logged. */
export type EntrySink = (bytes: Uint8Array) => void;

/** Told how many entries are done, of how many. */
export type ProgressSink = (done: number, of: number) => void;

/** Bundles under way at once: hides the way to a server, and holds at most as many in memory. */
const READ_AHEAD = 8;

/**
 * Holds the entries from `begin` to `end − 1` against the tree.
 * @throws VerificationFailure with the first bad index
 */
export async function recomputeRange(
  source: LogSource,
  tiles: AuthenticTiles,
  begin: number,
  end: number,
  progress: ProgressSink,
  taken: EntrySink = () => undefined,
): Promise<void> {
  if (end <= begin) return;
  const last = Math.floor((end - 1) / TILE_WIDTH);
  const ahead: Promise<Uint8Array | null>[] = [];
  let next = Math.floor(begin / TILE_WIDTH);
  for (let index = next; index <= last; index += 1) {
    while (next <= last && ahead.length < READ_AHEAD) {
      const bundle = readBundle(source, next, tiles.head.size);
      // Whoever awaits it hears of a failure; until then nobody else must.
      bundle.catch(() => undefined);
      ahead.push(bundle);
      next += 1;
    }
    const bytes = (await ahead.shift()) ?? null;
    const entries = await recomputeBundle(source, tiles, index, bytes, { begin, end });
    for (const entry of entries) taken(entry);
    progress(Math.min(end, (index + 1) * TILE_WIDTH) - begin, end - begin);
  }
}

async function recomputeBundle(
  source: LogSource,
  tiles: AuthenticTiles,
  index: number,
  bytes: Uint8Array | null,
  { begin, end }: { begin: number; end: number },
): Promise<readonly Uint8Array[]> {
  const first = index * TILE_WIDTH;
  const width = bundleWidth(index, tiles.head.size);
  const where = tilePath({ level: 'entries', index, width });
  if (bytes === null)
    throw new VerificationFailure('entry-missing', { bad: at(Math.max(begin, first)), where });
  const { entries, fault } = parseEntryBundle(bytes);
  const leaves = entries.slice(0, width).map(leafHash);
  const expected = await tiles
    .tile(0, index)
    .catch((error: unknown) => tileOfBundle(error, source, tiles, index, leaves));
  const from = Math.max(begin, first) - first;
  const to = Math.min(end, first + width) - first;
  for (let place = from; place < to; place += 1) {
    const leaf = leaves[place];
    if (leaf === undefined)
      throw new VerificationFailure('entry-missing', { bad: at(first + place), fault, where });
    if (!sameHash(leaf, expected.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)))
      throw new VerificationFailure('entry-altered', { bad: at(first + place), where });
  }
  // A full bundle that stands in for a removed partial one goes on behind this tree's end, and no further.
  const most = to === width && width < TILE_WIDTH ? TILE_WIDTH : width;
  if (to === width && (entries.length > most || fault !== null))
    throw new VerificationFailure('entry-surplus', { bad: at(first + width), fault, where });
  return entries.slice(from, to);
}

/**
 * The tile of leaf hashes is not the tree's. Where the entries are, the tile was changed, and where it first differs
 * from them is the bad index; where neither is, what lies under both is told as far as it is known.
 */
async function tileOfBundle(
  error: unknown,
  source: LogSource,
  tiles: AuthenticTiles,
  index: number,
  leaves: readonly Uint8Array[],
): Promise<Uint8Array> {
  if (!(error instanceof VerificationFailure) || leaves.length !== TILE_WIDTH) throw error;
  const above = await tiles.node({ level: 8, index });
  const hash = rowHash(leaves);
  if (hash === undefined || !sameHash(hash, above)) throw error;
  const { where } = error.finding;
  const bytes = await readTile(source, { level: 0, index, width: TILE_WIDTH });
  const served = parseTileHashes(bytes ?? Buffer.alloc(0), TILE_WIDTH);
  const differs = served.ok
    ? leaves.findIndex((leaf, place) => !sameHash(leaf, served.value[place] ?? leaf))
    : 0;
  throw new VerificationFailure('tile-not-in-tree', {
    bad: at(index * TILE_WIDTH + Math.max(0, differs)),
    where,
  });
}
