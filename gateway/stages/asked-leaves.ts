import { keepText, unreachable } from '@dinhdanh/kit';
import { isWardLeaf, rootOf } from '../capacity.ts';
import type { ClaimIndex } from '../claim-index.ts';
import type { CompiledOperation, Leaf } from '../engine/index.ts';
import { isAuditRoot, isShareRoot } from '../policy/roots.ts';
import { sortedSet } from '../record/claim-names.ts';

/** What a set of leaves says to a caller token. */
export interface AskedLeaves {
  /** Ids of all claims, of those reached as oneself, and of those reached as a guardian: sorted, each once. */
  readonly claims: readonly string[];
  readonly ownClaims: readonly string[];
  readonly wardClaims: readonly string[];
  readonly reachesOwn: boolean;
  readonly reachesWards: boolean;
  /** Whether any is about a request to share, which may be decided for oneself or for any ward. */
  readonly isAboutSharing: boolean;
  /** Whether any is read as an auditor, by one who is. */
  readonly isOfAudit: boolean;
}

/** By plan, and by the leaves' ids: gone with the plan. */
const known = new WeakMap<CompiledOperation['plan'], Known>();
/** Sets of leaves remembered of one plan: a request asks for what its entities stand for, which are few sets. */
const SETS_KEPT = 64;

interface Known {
  /** By the very list, which a plan gives for the same entities again and again. */
  readonly lists: WeakMap<readonly number[], AskedLeaves>;
  readonly sets: Map<string, AskedLeaves>;
}

/** Sums up the leaves that one request of a plan asks for; remembered with the plan. */
export function askedLeaves(
  ids: readonly number[],
  { plan, prepared }: Pick<CompiledOperation, 'plan' | 'prepared'>,
  claims: ClaimIndex,
): AskedLeaves {
  const { lists, sets } = known.get(plan) ?? { lists: new WeakMap(), sets: new Map<string, AskedLeaves>() };
  const made = lists.get(ids) ?? sets.get(ids.join());
  if (made !== undefined) {
    lists.set(ids, made);
    return made;
  }
  const { leaves } = prepared;
  const summed = sumUp(
    ids.map((id) => leaves[id] ?? unreachable('a leaf of another operation')),
    claims,
  );
  if (sets.size < SETS_KEPT) {
    sets.set(ids.join(), summed);
    for (const list of [summed.claims, summed.ownClaims, summed.wardClaims]) keepText(list);
  }
  known.set(plan, { lists, sets });
  return summed;
}

/** The same for any leaves; not remembered. */
export function sumUp(asked: readonly Leaf[], claims: ClaimIndex): AskedLeaves {
  const own = asked.filter((leaf) => !isWardLeaf(leaf));
  const ofWards = asked.filter(isWardLeaf);
  return {
    claims: claimIds(asked, claims),
    ownClaims: claimIds(own, claims),
    wardClaims: claimIds(ofWards, claims),
    reachesOwn: own.length > 0,
    reachesWards: ofWards.length > 0,
    isAboutSharing: asked.some((leaf) => isShareRoot(rootOf(leaf))),
    isOfAudit: asked.some((leaf) => isAuditRoot(rootOf(leaf))),
  };
}

function claimIds(leaves: readonly Leaf[], claims: ClaimIndex): readonly string[] {
  return sortedSet(leaves.flatMap(({ coordinate }) => claims.claimOf(coordinate)?.id ?? []));
}
