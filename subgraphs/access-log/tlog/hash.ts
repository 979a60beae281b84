/** The hashes of a Merkle tree: RFC 6962 §2.1, RFC 9162 §2.1.1, over SHA-256. */
import { hash } from 'node:crypto';

/** SHA-256: what every hash of a tree is. 32 bytes; whoever holds one must not write to it. */
export type Hash = Uint8Array;

/** Bytes of a hash. */
export const HASH_BYTES = 32;

/**
 * The first byte tells a leaf from a node, or a node's two hashes could be passed off as an entry (RFC 6962 §2.1,
 * "domain separation … required to give second preimage resistance").
 */
const LEAF = 0x00;
const NODE = 0x01;

// Written anew by each call of the one function that uses it, and never given out: allocating is half of the cost.
const leafInput = Buffer.alloc(1 + 0xffff);
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = hash('sha256', '', 'buffer');

/** `MTH({d}) = SHA-256(0x00 ‖ d)`: the hash of an entry as a leaf. */
export function leafHash(entry: Uint8Array): Buffer {
  if (entry.length >= leafInput.length)
    return hash('sha256', Buffer.concat([Buffer.of(LEAF), entry]), 'buffer');
  leafInput[0] = LEAF;
  leafInput.set(entry, 1);
  return hash('sha256', leafInput.subarray(0, 1 + entry.length), 'buffer');
}

/** `SHA-256(0x01 ‖ left ‖ right)`: the hash of a node over its two halves. */
export function nodeHash(left: Hash, right: Hash): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return hash('sha256', nodeInput, 'buffer');
}

/** True when both are the same hash of 32 bytes. Hashes of a public tree are no secrets: no constant time. */
export function sameHash(one: Hash, other: Hash): boolean {
  return one.length === HASH_BYTES && other.length === HASH_BYTES && Buffer.compare(one, other) === 0;
}

/** The root over leaves that are given all at once: for tests, and for what fits in memory. */
export function treeRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return EMPTY_ROOT;
  let row: readonly Hash[] = leaves;
  while (row.length > 1) row = rowAbove(row);
  return row[0] ?? EMPTY_ROOT;
}

/** A row paired two by two; a last one without a partner is lifted as it is, which is what §2.1 comes to. */
function rowAbove(row: readonly Hash[]): Hash[] {
  const above: Hash[] = [];
  for (let at = 0; at < row.length; at += 2) {
    const left = row[at];
    const right = row[at + 1];
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}
