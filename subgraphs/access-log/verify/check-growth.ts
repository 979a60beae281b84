/** That a log is still the log it was when it was last seen. */
import {
  consistencyFault,
  consistencyNodes,
  consistencyProof,
  fullSubtrees,
  sameHash,
} from '../tlog/index.ts';
import { AuthenticTiles, type TreeHead } from './authentic-tiles.ts';
import { type BadRange, VerificationFailure } from './findings.ts';
import type { LogSource } from './log-source.ts';

/**
 * Holds the tree against an older head, by a proof of consistency (RFC 9162 §2.1.4) made from the tree's own tiles.
 * @param baseline where the older tree was kept, if it was: then the first entry that was changed can be named
 * @throws VerificationFailure `rolled-back`, `history-rewritten`
 */
export async function checkGrowth(
  tiles: AuthenticTiles,
  older: TreeHead,
  baseline: LogSource | null,
): Promise<void> {
  const { head } = tiles;
  if (head.size < older.size)
    throw new VerificationFailure('rolled-back', { bad: { from: head.size, to: older.size } });
  const hashes = new Map<string, Uint8Array>();
  for (const node of consistencyNodes(older.size, head.size)) {
    hashes.set(`${node.level}/${node.index}`, await tiles.node(node));
  }
  const proof = consistencyProof(older.size, head.size, (level, index) => hashes.get(`${level}/${index}`));
  const fault = proof.ok
    ? consistencyFault(older.size, head.size, proof.value, older.root, head.root)
    : proof.fault;
  if (fault === null) return;
  const bad = (baseline === null ? null : await firstDifference(tiles, older, baseline)) ?? {
    from: 0,
    to: older.size,
  };
  throw new VerificationFailure('history-rewritten', { bad, fault });
}

/** The first leaf in which two trees differ, found from above; null where the kept tiles are not the older tree's. */
async function firstDifference(
  tiles: AuthenticTiles,
  older: TreeHead,
  baseline: LogSource,
): Promise<BadRange | null> {
  try {
    const before = await AuthenticTiles.open(baseline, older);
    for (let { level, index } of fullSubtrees({ begin: 0, end: older.size })) {
      if (sameHash(await before.node({ level, index }), await tiles.node({ level, index }))) continue;
      while (level > 0) {
        level -= 1;
        index *= 2;
        const left = { level, index };
        if (sameHash(await before.node(left), await tiles.node(left))) index += 1;
      }
      return { from: index, to: index + 1 };
    }
    return null;
  } catch (error) {
    if (error instanceof VerificationFailure) return null;
    throw error;
  }
}
