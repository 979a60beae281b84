/**
 * The places of a tree that never change once they are full. A node is (level, index): it covers the leaves from
 * `index × 2^level` on, `2^level` of them. Sizes are JavaScript's safe integers (2^53 − 1 entries), hence division
 * instead of bit operations, which would stop at 2^32.
 */
import type { Hash } from './hash.ts';
import { nodeHash } from './hash.ts';
import { type Result, done, refused } from './result.ts';

/** A full subtree of `2^level` leaves, the `index`-th of its level. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** The leaves from `begin` up to and without `end`. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/**
 * Where hashes come from: whatever was fetched before, so that this room stays pure. Undefined where the node was
 * not fetched.
 */
export type HashReader = (level: number, index: number) => Hash | undefined;

/** True for what can be the number of leaves of a tree. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** `k` of RFC 6962 §2.1: the largest power of two smaller than a number of leaves (of two or more). */
export function splitPoint(leaves: number): number {
  let power = 1;
  while (power * 2 < leaves) power *= 2;
  return power;
}

/**
 * The full subtrees that make up a range, from left to right. The ranges of proofs begin where a subtree at least as
 * large as they are may begin, so that their subtrees shrink to the right and fold into `MTH(D[begin:end])`.
 */
export function fullSubtrees({ begin, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = begin;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** `MTH(D[begin:end])` from the hashes of its full subtrees. The range must hold a leaf. */
export function rangeHash(range: LeafRange, read: HashReader): Result<Hash> {
  let folded: Hash | null = null;
  for (const { level, index } of fullSubtrees(range).toReversed()) {
    const left = read(level, index);
    if (left === undefined) return refused('hash-missing');
    folded = folded === null ? left : nodeHash(left, folded);
  }
  return folded === null ? refused('hash-missing') : done(folded);
}

/** The hashes of ranges in their order, or that one is missing. */
export function rangeHashes(ranges: readonly LeafRange[], read: HashReader): Result<Hash[]> {
  const hashes: Hash[] = [];
  for (const range of ranges) {
    const found = rangeHash(range, read);
    if (!found.ok) return found;
    hashes.push(found.value);
  }
  return done(hashes);
}
