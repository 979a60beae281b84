/** Names the first bad entry where the log's own tiles cannot: by a copy of the tiles from before. */
import { HASH_BYTES, sameHash, TILE_WIDTH, tileWidth } from '../tlog/index.ts';
import { AuthenticTiles, type TreeHead } from './authentic-tiles.ts';
import { at, VerificationFailure } from './findings.ts';
import type { LogSource } from './log-source.ts';
import { readTile } from './read-log.ts';

/** The log as it is served, its signed head, and the log as it was kept, with the head last seen. */
export interface Copies {
  readonly log: LogSource;
  readonly head: TreeHead;
  readonly baseline: LogSource;
  readonly older: TreeHead;
}

/**
 * Where tiles do not fit the signed root, somebody changed them together: which of them is true no tile can tell, but
 * the copy can, for what is as old as it. The failure as it was where the copy does not help.
 */
export async function narrowFinding(
  failure: VerificationFailure,
  copies: Copies,
): Promise<VerificationFailure> {
  const { bad, kind, where } = failure.finding;
  if (bad === null || bad.to - bad.from <= 1) return failure;
  try {
    const index = await firstDifference(bad.from, Math.min(bad.to, copies.older.size), copies);
    // Of a log that is shorter than it was, all that is missing is told, unless something before it was changed as well.
    const isMissing = kind === 'rolled-back' && index === bad.from;
    return index === null || isMissing
      ? failure
      : new VerificationFailure(kind, { ...failure.finding, bad: at(index), where });
  } catch (error) {
    if (error instanceof VerificationFailure) return failure;
    throw error;
  }
}

async function firstDifference(begin: number, end: number, copies: Copies): Promise<number | null> {
  const kept = await AuthenticTiles.open(copies.baseline, copies.older);
  for (let index = Math.floor(begin / TILE_WIDTH); index * TILE_WIDTH < end; index += 1) {
    const expected = await kept.tile(0, index);
    // As wide as the log now has it: of one that was put back, a wider tile is not there, and the rest of it is.
    const width = tileWidth(0, index, copies.head.size);
    const served = width === 0 ? null : await readTile(copies.log, { level: 0, index, width });
    for (let start = 0; start < expected.length; start += HASH_BYTES) {
      const stop = start + HASH_BYTES;
      if (served === null || !sameHash(served.subarray(start, stop), expected.subarray(start, stop)))
        return index * TILE_WIDTH + start / HASH_BYTES;
    }
  }
  return null;
}
