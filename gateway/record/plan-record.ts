import { createHash } from 'node:crypto';
import { keepText } from '@dinhdanh/kit';
import { isWardLeaf, rootOf } from '../capacity.ts';
import type { ClaimIndex } from '../claim-index.ts';
import type { CompiledOperation, Leaf } from '../engine/index.ts';
import { SERVED_CLAIM } from '../policy/claims.ts';
import { isAuditRoot } from '../policy/roots.ts';
import { type LeafClaims, sortedSet } from './claim-names.ts';

/** What of a leaf matters to an entry. */
export interface LeafRecord extends LeafClaims {
  readonly isWard: boolean;
  readonly isAudit: boolean;
}

/** What a set of leaves tells, as far as their arguments do not matter. */
export interface LeafSum {
  /** Sorted, each once; without those of `called`. */
  readonly claims: readonly string[];
  /** Ids of the leaves whose arguments change what is learnt. */
  readonly called: readonly number[];
  /** Coordinates of all, sorted, each once. */
  readonly fields: readonly string[];
  readonly ofOwn: boolean;
  readonly ofWards: boolean;
  readonly isAudit: boolean;
}

/** What entries about one plan have in common; made once and kept with the plan. */
export interface PlanRecord {
  readonly leaves: readonly LeafRecord[];
  readonly operationHash: string;
  /** Whether any leaf, refused ones too, belongs to anybody's record: else nothing is written. */
  readonly isClaimed: boolean;
  /** What the leaves that sources have brought tell, refused ones left out. Remembered by the lists themselves. */
  readonly sumOf: (brought: ReadonlySet<readonly number[]>) => LeafSum;
  /** The same for any leaves; not remembered. */
  readonly sumOfLeaves: (ids: Iterable<number>) => LeafSum;
}

/** Bits of a number that a shift reaches. */
const BITS = 32;

/** Makes the record of a plan. */
export function recordPlan(compiled: CompiledOperation, claims: ClaimIndex): PlanRecord {
  const { prepared, refused } = compiled;
  const leaves = prepared.leaves.map((leaf) => recordLeaf(leaf, claims));
  const refusedIds = new Set(refused.keys());
  const coordinates = prepared.leaves.map(({ coordinate }) => coordinate);
  const sums = new Map<string | number, LeafSum>();
  const numbers = new Map<readonly number[], number>();
  const numberOf = (list: readonly number[]): number => {
    const known = numbers.get(list) ?? numbers.size;
    numbers.set(list, known);
    return known;
  };
  // A bit a list, as long as there are bits.
  const nameOf = (brought: ReadonlySet<readonly number[]>): string | number => {
    let bits = 0;
    for (const list of brought) {
      const number = numberOf(list);
      if (number >= BITS) return sortedSet([...brought].map((each) => String(numberOf(each)))).join();
      bits |= 1 << number;
    }
    return bits;
  };
  const sumOfLeaves = (ids: Iterable<number>): LeafSum => sumUp(new Set(ids), leaves, coordinates);
  return {
    leaves,
    operationHash: hashOperation(prepared.shapeKey, refusedIds),
    isClaimed: leaves.some(({ ids }) => ids.length > 0 && !ids.includes(SERVED_CLAIM)),
    sumOf: (brought) => {
      const key = nameOf(brought);
      const known = sums.get(key);
      if (known !== undefined) return known;
      const ids = [...brought].flatMap((list) => list.filter((id) => !refusedIds.has(id)));
      const sum = sumOfLeaves(ids);
      sums.set(key, sum);
      keepText(sum.claims);
      keepText(sum.fields);
      return sum;
    },
    sumOfLeaves,
  };
}

function recordLeaf(leaf: Leaf, claims: ClaimIndex): LeafRecord {
  const [own, ...told] = claims.policyLeaves(leaf);
  // What is open inside a record tells that the record is there.
  const standing = own?.claim ?? own?.around ?? null;
  const ids = [standing, ...told.map(({ claim }) => claim)].flatMap((claim) =>
    claim === null ? [] : [claim.id],
  );
  return {
    ids: [...new Set(ids)],
    argumentNames: own?.claim === null ? [] : claims.tellingArguments(leaf.coordinate),
    isWard: isWardLeaf(leaf),
    isAudit: isAuditRoot(rootOf(leaf)),
  };
}

function sumUp(
  ids: ReadonlySet<number>,
  leaves: readonly LeafRecord[],
  coordinates: readonly string[],
): LeafSum {
  const claimed = [...ids].filter((id) => (leaves[id]?.ids.length ?? 0) > 0);
  const calls = (id: number): boolean => (leaves[id]?.argumentNames.length ?? 0) > 0;
  const some = (holds: (leaf: LeafRecord) => boolean): boolean =>
    claimed.some((id) => {
      const leaf = leaves[id];
      return leaf !== undefined && holds(leaf);
    });
  return {
    claims: sortedSet(claimed.filter((id) => !calls(id)).flatMap((id) => leaves[id]?.ids ?? [])),
    called: claimed.filter(calls),
    fields: sortedSet(claimed.map((id) => coordinates[id] ?? '')),
    ofOwn: some(({ isWard }) => !isWard),
    ofWards: some(({ isWard }) => isWard),
    isAudit: some(({ isAudit }) => isAudit),
  };
}

/**
 * The hash of an operation as it was run: normalised, without what was refused, and without a literal of the client's. A
 * hash over a literal would give a personal number away to whoever tries them all.
 */
export function hashOperation(shapeKey: string, refused: ReadonlySet<number>): string {
  const blank = shapeKey
    .replace(/"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\]|\\.)*"/gs, '""')
    .replace(/(?<![\w$])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, '0');
  const left = [...refused].sort((one, other) => one - other).join();
  return createHash('sha256').update(`${blank}\n${left}`).digest('base64url');
}
