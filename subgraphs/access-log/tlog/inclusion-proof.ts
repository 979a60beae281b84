/** That an entry is in a tree: RFC 6962 §2.1.1, RFC 9162 §2.1.3. */
import { HASH_BYTES, type Hash, nodeHash, sameHash } from './hash.ts';
import { type Fault, type Result, done, refused } from './result.ts';
import {
  fullSubtrees,
  type HashReader,
  isTreeSize,
  type LeafRange,
  rangeHashes,
  splitPoint,
  type TreeNode,
} from './tree-nodes.ts';

function isIndex(index: number, size: number): boolean {
  return isTreeSize(size) && isTreeSize(index) && index < size;
}

/** `PATH(index, D[size])` of RFC 6962 §2.1.1 as ranges of leaves, the leaf's sibling first. */
function pathRanges(index: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      ranges.push({ begin: middle, end });
      end = middle;
    } else {
      ranges.push({ begin, end: middle });
      begin = middle;
    }
  }
  return ranges.reverse();
}

/** The nodes that a proof is made of: what to fetch before `inclusionProof`. None for an index beyond the tree. */
export function inclusionNodes(index: number, size: number): TreeNode[] {
  return isIndex(index, size) ? pathRanges(index, size).flatMap(fullSubtrees) : [];
}

/** The proof that the leaf at an index is in the tree of a size: sibling hashes from the leaf up. */
export function inclusionProof(index: number, size: number, read: HashReader): Result<Hash[]> {
  return isIndex(index, size) ? rangeHashes(pathRanges(index, size), read) : refused('index-beyond-tree');
}

/**
 * The root to which a proof leads (RFC 9162 §2.1.3.2, steps 1 to 4 and the check of `sn` in 5). A proof of any other
 * length than that of this index and size is refused, whatever it hashes to.
 */
export function rootOfInclusion(
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
): Result<Hash> {
  if (!isIndex(index, size)) return refused('index-beyond-tree');
  if (leaf.length !== HASH_BYTES) return refused('hash-length-wrong');
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (sibling.length !== HASH_BYTES) return refused('hash-length-wrong');
    if (sn === 0) return refused('proof-too-long');
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? done(hash) : refused('proof-too-short');
}

/** What is wrong with a proof that a leaf is in the tree of a size and root; null when it holds. */
export function inclusionFault(
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
  root: Hash,
): Fault | null {
  const led = rootOfInclusion(leaf, index, size, proof);
  if (!led.ok) return led.fault;
  return sameHash(led.value, root) ? null : 'root-mismatch';
}
