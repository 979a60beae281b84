import { AppError } from '@dinhdanh/kit';
import { callerRights } from '../caller-rights.ts';
import type { Caller } from '../caller.ts';
import type { ClaimIndex } from '../claim-index.ts';
import type { Leaf, RefusedLeaf } from '../engine/index.ts';
import { PartyRefusal } from '../dpop/party-refusal.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import { decideGrant } from '../policy/decide-grant.ts';
import { decide } from '../policy/decide.ts';
import type { PolicyCaller } from '../policy/decide.ts';
import { sortedSet } from '../record/claim-names.ts';
import { caseRequired } from './read-case.ts';

/**
 * Decides every selected leaf before any source is asked. What is refused is taken out of the operation, so no source
 * hears of it. A request in which nothing is left for want of a sign-in is refused as a whole.
 */
export function authorise(exchange: Exchange): void {
  const { claims, engine } = exchange.served;
  const prepared = filled(exchange, 'prepared');
  const { leaves } = prepared;
  if (filled(exchange, 'caller').kind === 'relying_party') return authoriseParty(exchange);
  const caller = policyCaller(filled(exchange, 'caller'), exchange.caseId !== null);
  // What the supergraph's own directives close; policy knows more of why, so its word goes before.
  const closed = engine.protect(prepared, callerRights(filled(exchange, 'caller')));
  const forbidden = decideOnce(leaves, caller, claims, exchange.startedAt);
  const refused = closed.size === 0 ? forbidden : new Map([...closed, ...forbidden]);
  const nothingLeft = refused.size === leaves.length && refused.size > 0;
  if (nothingLeft && [...refused.values()].every(({ code }) => code === 'UNAUTHENTICATED')) {
    throw new AppError('UNAUTHENTICATED', { internal: 'nothing without a session' });
  }
  exchange.refused = refused;
}

/** By the leaves of a document that was read before, whose arguments decide nothing; gone with the document. */
const decisions = new WeakMap<readonly Leaf[], Decisions>();

interface Decisions {
  readonly claims: ClaimIndex;
  /** By kind and role, then by standing. */
  readonly bySort: Map<string, Refusals[]>;
  kept: number;
}

type Refusals = ReadonlyMap<number, RefusedLeaf>;

/** Sorts of callers whose decisions are kept with one document. */
const SORTS_KEPT = 32;

/**
 * The same as {@link refusedLeaves}, decided once for all callers of one sort: the decision is a pure function of the leaves
 * and of what the sort names. Who the caller is, and whether their session, level and passcode hold, is looked up each time.
 */
function decideOnce(leaves: readonly Leaf[], caller: PolicyCaller, claims: ClaimIndex, now: Date): Refusals {
  let known = decisions.get(leaves);
  if (known?.claims !== claims) {
    known = { claims, bySort: new Map(), kept: 0 };
    decisions.set(leaves, known);
  }
  const kindAndRole = caller.role === null ? caller.kind : `${caller.kind} ${caller.role}`;
  const standing = standingOf(caller, now);
  const ofSort = known.bySort.get(kindAndRole) ?? [];
  const decided = ofSort[standing];
  if (decided !== undefined) return decided;
  const refused = refusedLeaves(leaves, caller, claims, now);
  if (known.kept === SORTS_KEPT) return refused;
  known.kept += 1;
  ofSort[standing] = refused;
  known.bySort.set(kindAndRole, ofSort);
  return refused;
}

/** Everything of a caller that decides but kind and role, and of the moment only whether the passcode's time is over. */
function standingOf(caller: PolicyCaller, now: Date): number {
  const { level, locked, guardianRequired, passcodeUntil, hasSelf, hasCase } = caller;
  const isFresh = passcodeUntil !== null && passcodeUntil.getTime() > now.getTime();
  const held = Number(locked) | (Number(guardianRequired) << 1) | (Number(hasSelf) << 2);
  // The level last, so that no level, known or not, is taken for anything else.
  return held | (Number(hasCase) << 3) | (Number(isFresh) << 4) | (level << 5);
}

/** What policy refuses one caller of the leaves of an operation. */
export function refusedLeaves(
  leaves: readonly Leaf[],
  caller: PolicyCaller,
  claims: ClaimIndex,
  now: Date,
): ReadonlyMap<number, RefusedLeaf> {
  const refused = new Map<number, RefusedLeaf>();
  for (const leaf of leaves) {
    for (const seen of claims.policyLeaves(leaf)) {
      const code = decide(caller, seen, now);
      if (code !== null) refused.set(leaf.id, code === caseRequired.code ? caseRequired : { code });
    }
  }
  return refused;
}

const NONE: ReadonlyMap<number, RefusedLeaf> = new Map();

/**
 * A relying party gets what it was granted, or nothing: one leaf beyond the grant refuses the whole operation, so that asking
 * for more never tells which part of it one has.
 *
 * @throws PartyRefusal `CONSENT_REQUIRED`, naming the keys that are beyond
 * @throws AppError `NOT_PERMITTED` where the supergraph itself closes a leaf to relying parties, whatever was granted
 */
function authoriseParty(exchange: Exchange): void {
  const { claims, engine } = exchange.served;
  const prepared = filled(exchange, 'prepared');
  const { kind, introspects, leaves } = prepared;
  const granted = claims.grantedLeaves(filled(exchange, 'caller').grant?.leaves ?? new Set());
  const seen = leaves.map(claims.grantLeaf);
  const beyond = new Set(decideGrant(granted, { kind, introspects, leaves: seen }));
  if (beyond.size === 0) {
    const closed = engine.protect(prepared, callerRights(filled(exchange, 'caller')));
    if (closed.size > 0) throw new AppError('NOT_PERMITTED', { internal: 'closed by the supergraph' });
    exchange.refused = NONE;
    return;
  }
  if (exchange.attempt !== undefined) {
    const asked = leaves.filter((_, at) => seen[at]?.keys.some((key) => beyond.has(key)));
    const names = asked.flatMap(({ coordinate }) => claims.claimOf(coordinate)?.id ?? []);
    const fields = asked.map(({ coordinate }) => coordinate);
    exchange.attempt = { ...exchange.attempt, claims: sortedSet(names), fields: sortedSet(fields) };
  }
  throw new PartyRefusal('CONSENT_REQUIRED', 'BEYOND_GRANT', [...beyond].slice(0, MOST_NAMED));
}

/** Keys named in one refusal. */
const MOST_NAMED = 50;

function policyCaller(caller: Caller, hasCase: boolean): PolicyCaller {
  const { kind, level, locked, guardianRequired, passcodeUntil } = caller;
  const role = caller.role ?? null;
  return {
    kind,
    level,
    locked,
    guardianRequired,
    passcodeUntil,
    role,
    hasSelf: caller.self !== null,
    hasCase,
  };
}
