import { createHash } from 'node:crypto';
import { actorKindOf, groundsOf } from '../capacity.ts';
import { subjectsKnownTo } from '../caller.ts';
import type { Caller } from '../caller.ts';
import type { Leaf, Payload, RefusedLeaf } from '../engine/index.ts';
import { SERVED_CLAIM } from '../policy/claims.ts';
import { claimNames, sortedSet } from './claim-names.ts';
import type { AppendEntry, EntryActor } from './entry.ts';
import { carriesNodes } from './carries-nodes.ts';
import { partyActor } from './party-actor.ts';
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
  /** Why they looked for one person, as the access log answered. */
  readonly auditReason: string | null;
  /** What came of it; where it failed as a whole, the code of that. */
  readonly payload: Pick<Payload, 'bytes' | 'released' | 'errors'> | { readonly failed: string };
}

/**
 * The entries of a request, in the order they are to stand: what was released, of one's own record and of wards' apart, so
 * that nobody is told of a reading that was not about them; or, where nothing was, that sources were asked in vain; then
 * what policy refused, one entry a code. None for whom nobody knows, and where no record of anybody was touched.
 */
export function composeEntries(facts: RequestFacts): readonly AppendEntry[] {
  if (facts.caller.kind === 'anonymous' || !facts.plan.isClaimed) return [];
  const main = facts.caller.kind === 'system' ? composeSystemRead(facts) : composeRead(facts);
  return facts.refused.size === 0 ? main : [...main, ...composeRefusals(facts)];
}

function composeRead(facts: RequestFacts): readonly AppendEntry[] {
  const released: AppendEntry[] = [];
  for (const sum of releasedSums(facts)) {
    const claims = claimsOf(sum, facts);
    const event = sum.isAudit && isAuditor(facts) ? 'audit-read' : 'intent';
    if (claims.length > 0) released.push(entryOf(facts, sum, { event, claims }));
  }
  return released.length > 0 ? released : composeVain(facts);
}

/** Sources were asked, and nothing came of it. */
function composeVain(facts: RequestFacts): readonly AppendEntry[] {
  const { payload, plan, leaves, refused, asked } = facts;
  if (asked.size === 0) return [];
  const wanted = plan.sumOfLeaves(leaves.map(({ id }) => id).filter((id) => !refused.has(id)));
  // Keys alone were asked for, or what is open to all.
  if (wanted.fields.length === 0) return [];
  const code =
    'failed' in payload ? payload.failed : payload.errors.find(({ leaf }) => leaf === undefined)?.code;
  return [entryOf(facts, wanted, { event: 'denied', claims: [], refusal: code ?? 'NOT_FOUND' })];
}

/** Our own services ask every few seconds; only a page that carries something is worth an entry. */
function composeSystemRead(facts: RequestFacts): readonly AppendEntry[] {
  if ('failed' in facts.payload) return [];
  const brought = releasedSum(facts);
  const claims = claimsOf(brought, facts).filter((claim) => claim !== SERVED_CLAIM);
  if (claims.length === 0) return [];
  const paths = facts.leaves.filter(({ id }) => isSystemLeaf(facts, id)).map(({ path }) => path);
  if (!carriesNodes(String(facts.payload.bytes), paths)) return [];
  return [entryOf(facts, brought, { event: 'intent', claims })];
}

function isSystemLeaf({ plan, refused }: RequestFacts, id: number): boolean {
  const ids = plan.leaves[id]?.ids ?? [];
  return ids.length > 0 && !ids.includes(SERVED_CLAIM) && !refused.has(id);
}

function composeRefusals(facts: RequestFacts): AppendEntry[] {
  const byCode = Map.groupBy(facts.refused, ([, { code }]) => code);
  return [...byCode].flatMap(([refusal, leaves]) =>
    byCapacity(
      leaves.map(([id]) => id),
      facts,
    ).map((sum) =>
      entryOf(facts, sum, { event: 'denied', claims: claimsOf(sum, facts), sources: [], refusal }),
    ),
  );
}

/** What leaves tell of one's own record, and what they tell of wards'. */
function byCapacity(ids: readonly number[], { plan }: RequestFacts): readonly LeafSum[] {
  const isWard = (id: number): boolean => plan.leaves[id]?.isWard ?? false;
  return [ids.filter((id) => !isWard(id)), ids.filter(isWard)]
    .filter(({ length }) => length > 0)
    .map((some) => plan.sumOfLeaves(some));
}

function releasedSums(facts: RequestFacts): readonly LeafSum[] {
  const sum = releasedSum(facts);
  if (!sum.ofWards) return [sum];
  const sums = sum.ofOwn ? byCapacity(releasedIds(facts), facts) : [sum];
  return facts.caller.dependants.length > 0 ? sums : sums.filter(({ ofWards }) => !ofWards);
}

/** What the sources brought, without what an error of the answer says to be null. */
function releasedSum(facts: RequestFacts): LeafSum {
  const { payload, plan } = facts;
  if ('failed' in payload) return plan.sumOfLeaves([]);
  return nullsOf(payload).length === 0
    ? plan.sumOf(new Set(payload.released.map((released) => released.leaves)))
    : plan.sumOfLeaves(releasedIds(facts));
}

function releasedIds({ payload, leaves, refused }: RequestFacts): readonly number[] {
  if ('failed' in payload) return [];
  const nulls = nullsOf(payload);
  const isNull = (id: number): boolean =>
    nulls.some(({ path }) => path.every((key, at) => leaves[id]?.path[at] === key));
  const ids = new Set(payload.released.flatMap((released) => released.leaves));
  return [...ids].filter((id) => !refused.has(id) && !isNull(id));
}

/** Errors that say that something of the answer is null. One in an item of a list says nothing of the other items. */
function nullsOf({ errors }: Pick<Payload, 'errors'>): Payload['errors'] {
  return errors.filter(
    ({ leaf, path }) => leaf === undefined && path.every((key) => typeof key === 'string'),
  );
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

/** What an entry says that the facts of its request do not: by default of those sources that were asked, and of no refusal. */
type Told = Pick<AppendEntry, 'event' | 'claims'> & Partial<Pick<AppendEntry, 'sources' | 'refusal'>>;

function entryOf(
  facts: RequestFacts,
  sum: LeafSum,
  { event, claims, sources, refusal = null }: Told,
): AppendEntry {
  const { caller, pseudonyms } = facts;
  const { purpose, legalBasis } = groundsOf(caller, sum.isAudit && isAuditor(facts), facts.auditReason);
  // Each member by its name: an object put together of others costs several times as much, and this is made for every answer.
  const entry = {
    time: facts.now.toISOString(),
    event,
    actor: actorOf(caller, sum.ofWards && !sum.ofOwn),
    subjects: subjectsOf(caller, sum),
    purpose,
    legalBasis,
    consentId: caller.grant?.consentId ?? null,
    caseId: facts.caseId,
    claims,
    sources: sources ?? sortedSet(facts.asked),
    refusal,
    operationHash: facts.plan.operationHash,
    policyVersion: facts.policyVersion,
    requestId: facts.requestId,
    level: caller.level,
    completes: null,
    detail: { fields: sum.fields, address: facts.address, device: facts.device },
  };
  return pseudonyms.size === 0 ? entry : { ...entry, pseudonyms: sortedSet(pseudonyms) };
}

/**
 * Private persons are told by their number, which the log does not keep; all others by an id that is no secret. An
 * applicant only declares a number: by it the owner would be written down as who did what somebody else may have done.
 */
export function actorOf(caller: Caller, wardsAlone: boolean): EntryActor {
  const kind = actorKindOf(caller, wardsAlone);
  const session = caller.sessionId;
  if (caller.grant !== undefined) return partyActor(caller.grant.clientId, caller.grant.legalName);
  if (kind === 'applicant') return { kind, id: registrationName(caller.id), session };
  return caller.self === null
    ? { kind, id: caller.id, session }
    : { kind, number: caller.self.ids.personalNumber, session };
}

/** What the log calls an applicant: 32 bytes, as it calls every private person. */
function registrationName(id: string): string {
  return createHash('sha256').update(`registration\n${id}`).digest('base64url');
}

function subjectsOf({ self, dependants }: Caller, { ofOwn, ofWards }: LeafSum): readonly string[] {
  const known = subjectsKnownTo({ self: ofOwn ? self : null, dependants: ofWards ? dependants : [] });
  // A foreigner who declares a passport alone has no number that an entry could be found by.
  return sortedSet(known.map(({ ids }) => ids.personalNumber).filter((number) => number !== ''));
}
