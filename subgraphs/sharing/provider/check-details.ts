import type { CataloguePurpose } from '../parties/purposes.ts';
import type { Party, RegisteredPurpose } from './party.ts';
import { durationSeconds } from './read-details.ts';
import type { DetailsProblem, ShareDetails } from './read-details.ts';

/** One leaf that is asked for, as schema's `readAsk` tells it. */
export interface CheckedLeaf {
  readonly key: string;
  readonly claim: string | null;
}

/** What a request is held against. */
export interface CheckedAgainst {
  readonly catalogue: ReadonlyMap<string, CataloguePurpose>;
  readonly party: Pick<Party, 'purposes'>;
  readonly leaves: readonly CheckedLeaf[];
  readonly now: Date;
}

interface Bound {
  readonly purpose: CataloguePurpose;
  readonly registered: RegisteredPurpose;
}

/**
 * Whether a relying party may ask this: for a purpose of the catalogue, registered for it, and nothing beyond either (Law
 * 91/2025, art. 3: no more than the purpose takes). The first rule that is broken is named; null where none is.
 */
export function checkDetails(details: ShareDetails, against: CheckedAgainst): DetailsProblem | null {
  const { code } = details.purpose;
  const purpose = against.catalogue.get(code);
  if (purpose === undefined) return { problem: 'purpose.code is not in the catalogue of purposes' };
  const registered = against.party.purposes.find((each) => each.code === code);
  if (registered === undefined) return { problem: `the client is not registered for the purpose ${code}` };
  const bound = { purpose, registered };
  return checkLeaves(against.leaves, bound) ?? checkKept(details, bound) ?? checkStanding(details, bound, against.now);
}

function checkLeaves(leaves: readonly CheckedLeaf[], { purpose, registered }: Bound): DetailsProblem | null {
  const allowed = new Set(registered.claims.filter((claim) => purpose.claims.includes(claim)));
  const beyond = new Set(leaves.flatMap(({ claim }) => (claim === null || allowed.has(claim) ? [] : [claim])));
  if (beyond.size > 0)
    return { problem: `beyond what the client is registered for: ${[...beyond].toSorted().join(', ')}` };
  const age = leaves.map(({ key }) => /\(years:(\d+)\)$/.exec(key)?.[1]).find((years) => years !== undefined && !purpose.ages.includes(Number(years)));
  return age === undefined ? null : { problem: `the purpose ${purpose.code} does not take the age ${age}` };
}

function checkKept({ retentionDays }: ShareDetails, { purpose, registered }: Bound): DetailsProblem | null {
  const most = Math.min(purpose.retentionDays, registered.retentionDays);
  return retentionDays <= most ? null : { problem: `retention_days must be at most ${most} for the purpose ${purpose.code}` };
}

function checkStanding({ fetch, frequency, validUntil }: ShareDetails, { purpose, registered }: Bound, now: Date): DetailsProblem | null {
  if (validUntil !== null && validUntil <= now) return { problem: 'valid_until has passed' };
  if (fetch === 'ONCE') return null;
  if (!purpose.standing || !registered.standing || purpose.frequency === null)
    return { problem: `fetch: standing is not registered for the purpose ${purpose.code}` };
  const latest = new Date(now.getTime() + purpose.standingDays * 86_400_000);
  if (validUntil === null || validUntil > latest)
    return { problem: `valid_until must be within ${purpose.standingDays} days for the purpose ${purpose.code}` };
  return frequency !== null && rate(frequency) <= rate(purpose.frequency)
    ? null
    : { problem: `frequency must be at most ${purpose.frequency.times} times per ${purpose.frequency.per}` };
}

function rate({ times, per }: { readonly times: number; readonly per: string }): number {
  return times / (durationSeconds(per) ?? Number.MIN_VALUE);
}
