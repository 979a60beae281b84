/** That an entry is in a tree of hashes: RFC 6962 §2.1, RFC 9162 §2.1.3. */
import { joined, sha256 } from './bytes.ts';

/** A SHA-256 of 32 bytes. */
export type Hash = Uint8Array<ArrayBuffer>;

/** The hash of an entry in the tree: RFC 6962 §2.1, behind a zero byte. */
export function leafHash(entry: Uint8Array): Promise<Hash> {
  return sha256(joined(Uint8Array.of(0), entry));
}

/** The hash of a node over its two halves: behind a one byte, so that no node can pass for an entry. */
export function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  return sha256(joined(Uint8Array.of(1), left, right));
}

/**
 * The root to which a path leads from a leaf (RFC 9162 §2.1.3.2); null where the path is not as long as that of this
 * index in a tree of this size, whatever it hashes to.
 */
export async function rootOfInclusion(
  leaf: Hash,
  index: number,
  size: number,
  path: readonly Hash[],
): Promise<Hash | null> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? hash : null;
}
