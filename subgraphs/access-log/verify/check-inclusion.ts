/** That an entry is where a receipt says it is. */
import { type Hash, inclusionFault, inclusionNodes, inclusionProof } from '../tlog/index.ts';
import type { AuthenticTiles } from './authentic-tiles.ts';
import { at, VerificationFailure } from './findings.ts';

/** What somebody holds of an entry: that it is the leaf at an index. */
export interface InclusionClaim {
  readonly index: number;
  readonly leaf: Hash;
  /** Which log it is said to be in; null where it does not say. */
  readonly origin: string | null;
  /** The file it was read from. */
  readonly where: string;
}

/**
 * Holds a claim against the tree, by a proof of inclusion (RFC 9162 §2.1.3) made from its tiles.
 * @throws VerificationFailure `other-log`, `entry-not-included`
 */
export async function checkInclusion(
  tiles: AuthenticTiles,
  { index, leaf, origin, where }: InclusionClaim,
  logOrigin: string,
): Promise<void> {
  if (origin !== null && origin !== logOrigin)
    throw new VerificationFailure('other-log', { bad: at(index), where });
  const { size, root } = tiles.head;
  const hashes = new Map<string, Hash>();
  for (const node of inclusionNodes(index, size)) {
    hashes.set(`${node.level}/${node.index}`, await tiles.node(node));
  }
  const proof = inclusionProof(index, size, (level, place) => hashes.get(`${level}/${place}`));
  const fault = proof.ok ? inclusionFault(leaf, index, size, proof.value, root) : proof.fault;
  if (fault !== null) throw new VerificationFailure('entry-not-included', { bad: at(index), fault, where });
}
