import { actorKindOf, groundsOf } from '../capacity.ts';
import { subjectsKnownTo } from '../caller.ts';
import type { Caller } from '../caller.ts';
import type { Leaf, Payload, RefusedLeaf } from '../engine/index.ts';
import { SERVED_CLAIM } from '../policy/claims.ts';
import { claimNames, sortedSet } from './claim-names.ts';
import type { AppendEntry, EntryActor } from './entry.ts';
import { carriesNodes } from './carries-nodes.ts';
import type { LeafSum, PlanRecord } from './plan-record.ts';

/** All that entries are composed from: one request once its sources have been asked. */
export interface RequestFacts {
  readonly requestId: string;
  readonly now: Date;
  readonly caller: Caller;
  /** Only of callers who act on one. */
  readonly caseId: string | null;
  readonly address: string;
  readonly device: string | null;
  readonly leaves: readonly Leaf[];
  readonly refused: ReadonlyMap<number, RefusedLeaf>;
  readonly plan: PlanRecord;
  readonly policyVersion: string;
  /** Services that were sent a request. */
  readonly asked: ReadonlySet<string>;
  /** Whose entries an auditor looked for, as the access log answered: pseudonyms. */
  readonly pseudonyms: ReadonlySet<string>;
  /** What came of it; where it failed as a whole, the code of that. */
  readonly payload: Pick<Payload, 'bytes' | 'released' | 'errors'> | { readonly failed: string };
}

/**
 * The entries of a request, in the order they are to stand: what was released or, where nothing was, that sources were
 * asked in vain; then what policy refused, one entry a code. None for whom nobody knows, and where no record of anybody
 * was touched.
 */
export function composeEntries(facts: RequestFacts): readonly AppendEntry[] {
  if (facts.caller.kind === 'anonymous' || !facts.plan.isClaimed) return [];
  const main = facts.caller.kind === 'system' ? composeSystemRead(facts) : composeRead(facts);
  const denied = facts.refused.size === 0 ? [] : composeRefusals(facts);
  return main === null ? denied : [main, ...denied];
}

function composeRead(facts: RequestFacts): AppendEntry | null {
  const { payload, plan, leaves, refused, asked } = facts;
  const brought = releasedSum(facts);
  const claims = claimsOf(brought, facts);
  if (claims.length > 0) {
    return {
      ...base(facts, brought),
      event: brought.isAudit && isAuditor(facts) ? 'audit-read' : 'intent',
      claims,
    };
  }
  if (asked.size === 0) return null;
  const wanted = plan.sumOfLeaves(leaves.map(({ id }) => id).filter((id) => !refused.has(id)));
  // Keys alone were asked for, or what is open to all.
  if (wanted.fields.length === 0) return null;
  const code =
    'failed' in payload ? payload.failed : payload.errors.find(({ leaf }) => leaf === undefined)?.code;
  return { ...base(facts, wanted), event: 'denied', refusal: code ?? 'NOT_FOUND' };
}

/** Our own services ask every few seconds; only a page that carries something is worth an entry. */
function composeSystemRead(facts: RequestFacts): AppendEntry | null {
  if ('failed' in facts.payload) return null;
  const brought = releasedSum(facts);
  const claims = claimsOf(brought, facts).filter((claim) => claim !== SERVED_CLAIM);
  if (claims.length === 0) return null;
  const paths = facts.leaves.filter(({ id }) => isSystemLeaf(facts, id)).map(({ path }) => path);
  if (!carriesNodes(facts.payload.bytes, paths)) return null;
  return { ...base(facts, brought), event: 'intent', claims };
}

function isSystemLeaf({ plan, refused }: RequestFacts, id: number): boolean {
  const ids = plan.leaves[id]?.ids ?? [];
  return ids.length > 0 && !ids.includes(SERVED_CLAIM) && !refused.has(id);
}

function composeRefusals(facts: RequestFacts): AppendEntry[] {
  const byCode = new Map<string, number[]>();
  for (const [id, { code }] of facts.refused) {
    const ids = byCode.get(code);
    if (ids === undefined) byCode.set(code, [id]);
    else ids.push(id);
  }
  return [...byCode].map(([refusal, ids]) => {
    const sum = facts.plan.sumOfLeaves(ids);
    return { ...base(facts, sum), event: 'denied', claims: claimsOf(sum, facts), sources: [], refusal };
  });
}

/** What the sources brought, without what an error of the answer says to be null. */
function releasedSum({ payload, plan, leaves, refused }: RequestFacts): LeafSum {
  if ('failed' in payload) return plan.sumOfLeaves([]);
  const brought = new Set(payload.released.map((released) => released.leaves));
  // A null in an item of a list says nothing of the others.
  const nulls = payload.errors.filter(
    ({ leaf, path }) => leaf === undefined && path.every((key) => typeof key === 'string'),
  );
  if (nulls.length === 0) return plan.sumOf(brought);
  const isNull = (id: number): boolean =>
    nulls.some(({ path }) => path.every((key, at) => leaves[id]?.path[at] === key));
  const ids = new Set([...brought].flat());
  return plan.sumOfLeaves([...ids].filter((id) => !refused.has(id) && !isNull(id)));
}

function claimsOf(sum: LeafSum, { plan, leaves }: RequestFacts): readonly string[] {
  if (sum.called.length === 0) return sum.claims;
  const called = sum.called.flatMap((id) => {
    const record = plan.leaves[id];
    return record === undefined ? [] : claimNames(record, leaves[id]?.args ?? {});
  });
  return sortedSet([...sum.claims, ...called]);
}

function isAuditor({ caller }: RequestFacts): boolean {
  return caller.kind === 'auditor';
}

function base(facts: RequestFacts, sum: LeafSum): AppendEntry {
  const { caller, plan, pseudonyms, asked } = facts;
  const audits = sum.isAudit && isAuditor(facts);
  return {
    time: facts.now.toISOString(),
    event: 'intent',
    actor: actorOf(caller, sum.ofWards && !sum.ofOwn),
    subjects: subjectsOf(caller, sum),
    ...(pseudonyms.size === 0 ? {} : { pseudonyms: sortedSet(pseudonyms) }),
    ...groundsOf(caller, audits),
    consentId: null,
    caseId: facts.caseId,
    claims: [],
    sources: sortedSet(asked),
    refusal: null,
    operationHash: plan.operationHash,
    policyVersion: facts.policyVersion,
    requestId: facts.requestId,
    level: caller.level,
    completes: null,
    detail: { fields: sum.fields, address: facts.address, device: facts.device },
  };
}

/** Private persons are told by their number, which the log does not keep; all others by an id that is no secret. */
export function actorOf(caller: Caller, wardsAlone: boolean): EntryActor {
  const kind = actorKindOf(caller, wardsAlone);
  const session = caller.sessionId;
  return caller.self === null
    ? { kind, id: caller.id, session }
    : { kind, number: caller.self.ids.personalNumber, session };
}

function subjectsOf(caller: Caller, { ofOwn, ofWards }: LeafSum): readonly string[] {
  const known = subjectsKnownTo({
    ...caller,
    self: ofOwn ? caller.self : null,
    dependants: ofWards ? caller.dependants : [],
  });
  return sortedSet(known.map(({ ids }) => ids.personalNumber));
}
