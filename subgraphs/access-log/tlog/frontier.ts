/**
 * The right edge of a growing tree: the hashes of its full subtrees, one for each bit of the size that is set. They
 * are all that appending and the root need: at most 53 hashes where re-reading the leaves of a hundred million
 * entries would take minutes. (A "compact range" from 0: github.com/transparency-dev/merkle, docs/compact_ranges.md.)
 */
import { EMPTY_ROOT, HASH_BYTES, type Hash, nodeHash } from './hash.ts';
import { type Result, done, refused } from './result.ts';
import { fullSubtrees, type HashReader, isTreeSize } from './tree-nodes.ts';

/** Told of each node that an append makes full, the leaf first, with its hash: what tiles are made of. */
export type NodeSink = (level: number, index: number, hash: Hash) => void;

const SIZE_BYTES = 8;

/** The edge of one tree. It changes with every append; its owner alone appends. */
export class Frontier {
  #size = 0;
  /** By level; undefined where the size's bit is not set. */
  #edge: (Hash | undefined)[] = [];

  /** How many leaves the tree has. */
  get size(): number {
    return this.#size;
  }

  /**
   * Appends a leaf's hash. O(1) hashes on average, O(log size) at most.
   * @throws RangeError at 2^53 − 1 leaves
   */
  append(leaf: Hash, filled?: NodeSink): void {
    if (this.#size >= Number.MAX_SAFE_INTEGER) throw new RangeError('the tree is full');
    let hash = leaf;
    let level = 0;
    let index = this.#size;
    filled?.(level, index, hash);
    for (let left = this.#edge[level]; left !== undefined; left = this.#edge[level]) {
      hash = nodeHash(left, hash);
      this.#edge[level] = undefined;
      level += 1;
      index = (index - 1) / 2;
      filled?.(level, index, hash);
    }
    this.#edge[level] = hash;
    this.#size += 1;
  }

  /** `MTH(D[0:size])`, RFC 6962 §2.1. */
  root(): Hash {
    let folded: Hash | undefined;
    for (const hash of this.#edge) {
      if (hash !== undefined) folded = folded === undefined ? hash : nodeHash(hash, folded);
    }
    return folded ?? EMPTY_ROOT;
  }

  /** A second edge that grows on its own. */
  copy(): Frontier {
    const copy = new Frontier();
    copy.#size = this.#size;
    copy.#edge = [...this.#edge];
    return copy;
  }

  /** The size (8 bytes, big-endian), then the hashes from the largest subtree to the smallest. */
  serialise(): Buffer {
    const size = Buffer.alloc(SIZE_BYTES);
    size.writeBigUInt64BE(BigInt(this.#size));
    return Buffer.concat([size, ...this.#edge.filter((hash) => hash !== undefined).toReversed()]);
  }

  /** Reads what `serialise` wrote; anything longer, shorter or of an impossible size is refused. */
  static parse(bytes: Uint8Array): Result<Frontier> {
    if (bytes.length < SIZE_BYTES) return refused('frontier-malformed');
    const exact = Buffer.from(bytes).readBigUInt64BE();
    const size = Number(exact);
    if (exact > BigInt(Number.MAX_SAFE_INTEGER)) return refused('number-too-large');
    const nodes = fullSubtrees({ begin: 0, end: size });
    if (bytes.length !== SIZE_BYTES + nodes.length * HASH_BYTES) return refused('frontier-malformed');
    const positions = new Map(nodes.map(({ level }, position) => [level, position]));
    return Frontier.at(size, (level) => {
      const start = SIZE_BYTES + (positions.get(level) ?? 0) * HASH_BYTES;
      return Uint8Array.from(bytes.subarray(start, start + HASH_BYTES));
    });
  }

  /** The edge of the tree of a size, from the hashes of its full subtrees. */
  static at(size: number, read: HashReader): Result<Frontier> {
    if (!isTreeSize(size)) return refused('number-too-large');
    const frontier = new Frontier();
    frontier.#size = size;
    for (const { level, index } of fullSubtrees({ begin: 0, end: size })) {
      const hash = read(level, index);
      if (hash === undefined) return refused('hash-missing');
      frontier.#edge[level] = hash;
    }
    // Levels that were skipped are holes, which for…of and filter treat as undefined alike.
    frontier.#edge = Array.from(frontier.#edge);
    return done(frontier);
  }
}
