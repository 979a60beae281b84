import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyFault,
  consistencyNodes,
  consistencyProof,
  EMPTY_ROOT,
  Frontier,
  type Hash,
  type HashReader,
  inclusionFault,
  inclusionNodes,
  inclusionProof,
  leafHash,
  nodeHash,
  sameHash,
  treeRoot,
} from './index.ts';
import { valueOf } from '../testing.ts';

const largest = 2000;
const leaves = Array.from({ length: largest }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
const nodes = new Map<string, Hash>();
const roots: Hash[] = [EMPTY_ROOT];
const edges: Buffer[] = [];
const frontier = new Frontier();
for (const leaf of leaves) {
  edges.push(frontier.serialise());
  frontier.append(leaf, (level, index, hash) => nodes.set(`${level}/${index}`, hash));
  roots.push(frontier.root());
}

const read: HashReader = (level, index) => nodes.get(`${level}/${index}`);
const root = (size: number): Hash => roots[size] ?? Buffer.alloc(0);
const leaf = (index: number): Hash => leaves[index] ?? Buffer.alloc(0);
const included = (index: number, size: number): Hash[] => valueOf(inclusionProof(index, size, read));
const consistent = (first: number, second: number): Hash[] => valueOf(consistencyProof(first, second, read));

/** An index below a number, another for each, without a pattern that follows the tree's. */
function scattered(number: number): number {
  return (Math.imul(number, 2_654_435_761) >>> 0) % number;
}

/** A bit of one byte turned, somewhere that depends on the seed. */
function flipped(hash: Hash, seed: number): Hash {
  const copy = Buffer.from(hash);
  copy[seed % 32] = (copy[seed % 32] ?? 0) ^ (1 << (seed % 8));
  return copy;
}

/** Every way in which a list of hashes can be not the proof: flip, drop, double, add, reorder, shorten a hash. */
function tampered(proof: readonly Hash[], seed: number): Hash[][] {
  const at = proof.length === 0 ? 0 : seed % proof.length;
  const other = (at + 1) % Math.max(1, proof.length);
  const changed = (hash: Hash | undefined): Hash[] => proof.with(at, hash ?? Buffer.alloc(32));
  const some: Hash[][] = [
    [...proof, EMPTY_ROOT],
    [EMPTY_ROOT, ...proof],
    [...proof, Buffer.alloc(0)],
  ];
  if (proof.length === 0) return some;
  some.push(changed(flipped(proof[at] ?? EMPTY_ROOT, seed)), proof.toSpliced(at, 1), proof.slice(0, -1));
  some.push(proof.toSpliced(at, 0, proof[at] ?? EMPTY_ROOT), changed(proof[at]?.subarray(0, 31)));
  if (other !== at) some.push(changed(proof[other]).with(other, proof[at] ?? EMPTY_ROOT));
  return some;
}

describe('the frontier', () => {
  test('has the root of the whole tree at every size', () => {
    for (let size = 0; size <= 200; size += 1) {
      expect(sameHash(root(size), treeRoot(leaves.slice(0, size)))).toBe(true);
    }
    for (let size = 307; size <= largest; size += 97) {
      expect(root(size)).toEqual(treeRoot(leaves.slice(0, size)));
    }
  });

  test('is read as it was written and grows on from there, at every size', () => {
    for (const [size, bytes] of edges.entries()) {
      const again = valueOf(Frontier.parse(bytes));
      expect(again.size).toBe(size);
      expect(again.serialise().equals(bytes)).toBe(true);
      again.append(leaf(size));
      expect(sameHash(again.root(), root(size + 1))).toBe(true);
    }
  });

  test('is no more than a hash for each bit of the size', () => {
    for (const [size, bytes] of edges.entries()) {
      expect(bytes.length).toBe(8 + 32 * [...size.toString(2)].filter((bit) => bit === '1').length);
    }
  });

  test('is had again from the nodes of the tree', () => {
    for (const size of [0, 1, 255, 256, 257, 1999]) {
      expect(valueOf(Frontier.at(size, read)).root()).toEqual(root(size));
    }
    expect(Frontier.at(3000, read)).toEqual({ ok: false, fault: 'hash-missing' });
  });

  test('refuses bytes that are cut, lengthened or of another size', () => {
    const bytes = edges[1234] ?? Buffer.alloc(0);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(Frontier.parse(bytes.subarray(0, length)).ok).toBe(false);
    }
    expect(Frontier.parse(Buffer.concat([bytes, Buffer.alloc(1)])).ok).toBe(false);
    expect(Frontier.parse(Buffer.alloc(8, 0xff))).toEqual({ ok: false, fault: 'number-too-large' });
  });

  test('a copy grows on its own', () => {
    const copy = frontier.copy();
    copy.append(EMPTY_ROOT);
    expect(frontier.root()).toEqual(root(largest));
    expect(copy.size).toBe(largest + 1);
  });
});

describe('inclusion', () => {
  test('of sampled leaves holds in every tree to 2,000, and no tampered proof does', () => {
    for (let size = 1; size <= largest; size += 1) {
      for (const index of [0, scattered(size), size - 1]) {
        const fault = inclusionFault(leaf(index), index, size, included(index, size), root(size));
        if (fault !== null) throw new Error(`${index} in ${size}: ${fault}`);
      }
      const index = scattered(size + largest) % size;
      for (const hashes of tampered(included(index, size), size)) {
        const fault = inclusionFault(leaf(index), index, size, hashes, root(size));
        if (fault === null) throw new Error(`a tampered proof of ${index} in ${size} holds`);
      }
    }
  });

  test('holds for no other leaf, index, size or root', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: largest }),
        fc.nat(),
        fc.nat(),
        fc.nat({ max: 255 }),
        (size, at, away, bit) => {
          const index = at % size;
          const proof = included(index, size);
          const otherIndex = (index + 1 + (away % (size - 1))) % size;
          const holds = (one: Hash, place: number, of: number, to: Hash): boolean =>
            inclusionFault(one, place, of, proof, to) === null;
          expect(holds(leaf(otherIndex), index, size, root(size))).toBe(false);
          expect(holds(leaf(index), otherIndex, size, root(size))).toBe(false);
          expect(holds(flipped(leaf(index), bit), index, size, root(size))).toBe(false);
          expect(holds(leaf(index), index, size, flipped(root(size), bit))).toBe(false);
          const otherSize = 1 + (away % largest);
          expect(holds(leaf(index), index, size, root(otherSize))).toBe(otherSize === size);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a proof that goes on above the root is refused, even where it leads to the root that is claimed', () => {
    const [one, other] = [leaf(0), leaf(1)];
    expect(inclusionFault(other, 0, 1, [one], nodeHash(one, other))).toBe('proof-too-long');
    const above = nodeHash(one, root(7));
    expect(inclusionFault(leaf(3), 3, 7, [...included(3, 7), one], above)).toBe('proof-too-long');
    const [old, now] = [nodeHash(one, root(5)), nodeHash(one, root(7))];
    expect(consistencyFault(5, 7, [...consistent(5, 7), one], old, now)).toBe('proof-too-long');
  });

  test('of what is beyond the tree is neither proved nor believed', () => {
    for (const [index, size] of [
      [0, 0],
      [1, 0],
      [1, 1],
      [8, 7],
      [-1, 5],
      [0.5, 5],
      [0, Number.NaN],
      [0, 2 ** 53],
    ] as const) {
      expect(inclusionProof(index, size, read)).toEqual({ ok: false, fault: 'index-beyond-tree' });
      expect(inclusionFault(leaf(0), index, size, [], leaf(0))).toBe('index-beyond-tree');
      expect(inclusionNodes(index, size)).toEqual([]);
    }
  });

  test('asks for exactly the nodes it told of', () => {
    for (const [index, size] of [
      [0, 7],
      [6, 7],
      [81, 95],
      [1000, 2000],
    ] as const) {
      const asked: string[] = [];
      inclusionProof(index, size, (level, at) => {
        asked.push(`${level}/${at}`);
        return read(level, at);
      });
      expect(asked.toSorted()).toEqual(
        inclusionNodes(index, size)
          .map((node) => `${node.level}/${node.index}`)
          .toSorted(),
      );
    }
  });

  test('proofs are of the right length beyond 2^32 leaves', () => {
    const size = 2 ** 40 + 3;
    const constant: HashReader = () => EMPTY_ROOT;
    expect(valueOf(inclusionProof(0, size, constant))).toHaveLength(41);
    expect(valueOf(inclusionProof(size - 1, size, constant))).toHaveLength(2);
    expect(valueOf(consistencyProof(2 ** 39, size, constant))).toHaveLength(2);
  });
});

describe('consistency', () => {
  test('holds between all sizes to 200, and no tampered proof does', () => {
    for (let second = 1; second <= 200; second += 1) {
      for (let first = 1; first <= second; first += 1) {
        const proof = consistent(first, second);
        const fault = consistencyFault(first, second, proof, root(first), root(second));
        if (fault !== null) throw new Error(`${first} → ${second}: ${fault}`);
        if ((first * second) % 17 !== 0) continue;
        for (const hashes of tampered(proof, first)) {
          if (consistencyFault(first, second, hashes, root(first), root(second)) === null)
            throw new Error(`a tampered proof from ${first} to ${second} holds`);
        }
      }
    }
  });

  test('holds between sampled sizes to 2,000 and for no other roots or sizes', () => {
    const size = fc.integer({ min: 1, max: largest });
    fc.assert(
      fc.property(size, size, fc.nat({ max: 255 }), (one, other, bit) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        const proof = consistent(first, second);
        const fault = (a: number, b: number, from: Hash, to: Hash): string | null =>
          consistencyFault(a, b, proof, from, to);
        expect(fault(first, second, root(first), root(second))).toBeNull();
        expect(fault(first, second, flipped(root(first), bit), root(second))).not.toBeNull();
        expect(fault(first, second, root(first), flipped(root(second), bit))).not.toBeNull();
        if (first === second) return;
        expect(fault(first, second, root(second), root(first))).not.toBeNull();
        expect(fault(first + 1, second, root(first), root(second))).not.toBeNull();
        expect(fault(first - 1, second, root(first), root(second))).not.toBeNull();
        expect(fault(second, first, root(first), root(second))).toBe('sizes-out-of-order');
        expect(fault(first, second, root(first - 1), root(second))).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('a tree in which one old leaf was changed is not consistent with the old one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(),
        (first, more, at) => {
          const forged = leaves.slice(0, first + more).with(at % first, leafHash(Buffer.from('forged')));
          const tree = new Map<string, Hash>();
          const grown = new Frontier();
          for (const one of forged)
            grown.append(one, (level, index, hash) => tree.set(`${level}/${index}`, hash));
          const proof = valueOf(
            consistencyProof(first, first + more, (level, index) => tree.get(`${level}/${index}`)),
          );
          expect(consistencyFault(first, first + more, proof, root(first), grown.root())).not.toBeNull();
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of the empty tree, and of a tree with itself, needs no proof and takes none', () => {
    expect(consistencyFault(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)).toBeNull();
    expect(consistencyFault(0, 5, [], EMPTY_ROOT, root(5))).toBeNull();
    expect(consistencyFault(5, 5, [], root(5), root(5))).toBeNull();
    expect(consistencyFault(0, 5, [EMPTY_ROOT], EMPTY_ROOT, root(5))).toBe('proof-too-long');
    expect(consistencyFault(5, 5, [EMPTY_ROOT], root(5), root(5))).toBe('proof-too-long');
    expect(consistencyFault(5, 5, [], root(4), root(5))).toBe('old-root-mismatch');
    expect(consistencyFault(0, 5, [], root(1), root(5))).toBe('old-root-mismatch');
    expect(consistencyFault(1, 2, [], root(1), root(2))).toBe('proof-too-short');
    expect(consistencyFault(2, 1, [], root(2), root(1))).toBe('sizes-out-of-order');
    expect(consistencyFault(1, 2, consistent(1, 2), root(1).subarray(1), root(2))).toBe('hash-length-wrong');
    expect(consistencyNodes(5, 5)).toEqual([]);
  });
});
