/** That a tree only grew: RFC 6962 §2.1.2, RFC 9162 §2.1.4. */
import { EMPTY_ROOT, HASH_BYTES, type Hash, nodeHash, sameHash } from './hash.ts';
import { type Fault, type Result, refused } from './result.ts';
import {
  fullSubtrees,
  type HashReader,
  isTreeSize,
  type LeafRange,
  rangeHashes,
  splitPoint,
  type TreeNode,
} from './tree-nodes.ts';

function areSizes(first: number, second: number): boolean {
  return isTreeSize(first) && isTreeSize(second) && first <= second;
}

/** `PROOF(first, D[second])` of RFC 6962 §2.1.2 as ranges of leaves, in the order of the proof. */
function proofRanges(first: number, second: number): LeafRange[] {
  if (first === 0 || first === second) return [];
  const ranges: LeafRange[] = [];
  let begin = 0;
  let end = second;
  // `b` of SUBPROOF: true while the subtree of the old tree is the old tree itself, whose root the verifier has.
  let known = true;
  while (first !== end) {
    const middle = begin + splitPoint(end - begin);
    if (first <= middle) {
      ranges.push({ begin: middle, end });
      end = middle;
    } else {
      ranges.push({ begin, end: middle });
      begin = middle;
      known = false;
    }
  }
  if (!known) ranges.push({ begin, end });
  return ranges.reverse();
}

/** The nodes that a proof is made of: what to fetch before `consistencyProof`. None for sizes out of order. */
export function consistencyNodes(first: number, second: number): TreeNode[] {
  return areSizes(first, second) ? proofRanges(first, second).flatMap(fullSubtrees) : [];
}

/** The proof that the tree of size `first` is the beginning of that of size `second`; empty from 0 and between equals. */
export function consistencyProof(first: number, second: number, read: HashReader): Result<Hash[]> {
  return areSizes(first, second)
    ? rangeHashes(proofRanges(first, second), read)
    : refused('sizes-out-of-order');
}

/** What is wrong with a proof of consistency between two roots; null when it holds. */
export function consistencyFault(
  first: number,
  second: number,
  proof: readonly Hash[],
  oldRoot: Hash,
  newRoot: Hash,
): Fault | null {
  if (!areSizes(first, second)) return 'sizes-out-of-order';
  if ([oldRoot, newRoot, ...proof].some(({ length }) => length !== HASH_BYTES)) return 'hash-length-wrong';
  if (first === 0 || first === second) {
    if (proof.length > 0) return 'proof-too-long';
    // Of size 0 there is one tree; a made-up root for it must not pass because nothing is compared with it.
    if (!sameHash(oldRoot, first === 0 ? EMPTY_ROOT : newRoot)) return 'old-root-mismatch';
    return second === 0 && !sameHash(newRoot, EMPTY_ROOT) ? 'root-mismatch' : null;
  }
  return faultOfPath(first, second, proof, oldRoot, newRoot);
}

/** RFC 9162 §2.1.4.2 for 0 < first < second. */
function faultOfPath(
  first: number,
  second: number,
  proof: readonly Hash[],
  oldRoot: Hash,
  newRoot: Hash,
): Fault | null {
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  // Step 2: where the old tree is one full subtree (`fn` is then used up), its root is not in the proof.
  const [start, ...path] = fn === 0 ? [oldRoot, ...proof] : proof;
  if (start === undefined || proof.length === 0) return 'proof-too-short';
  let old = start;
  let now = start;
  for (const sibling of path) {
    if (sn === 0) return 'proof-too-long';
    if (fn % 2 === 1 || fn === sn) {
      old = nodeHash(sibling, old);
      now = nodeHash(sibling, now);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      now = nodeHash(now, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) return 'proof-too-short';
  if (!sameHash(old, oldRoot)) return 'old-root-mismatch';
  return sameHash(now, newRoot) ? null : 'root-mismatch';
}
