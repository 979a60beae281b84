import type { Ask } from '@dinhdanh/schema';
import { problemsOfAsk } from '../consent/compose-asked.ts';
import type { AskProblem } from '../consent/compose-asked.ts';
import type { CataloguePurpose } from '../parties/purposes.ts';
import type { Party } from './party.ts';
import { durationSeconds } from './read-details.ts';
import type { DetailsProblem, ShareDetails } from './read-details.ts';

/** What a request is held against. */
export interface CheckedAgainst {
  readonly catalogue: ReadonlyMap<string, CataloguePurpose>;
  readonly party: Pick<Party, 'purposes'>;
  readonly ask: Ask;
  readonly now: Date;
}

const sentences: Readonly<Record<AskProblem['code'], string>> = {
  OVER_ASKED: 'beyond what the client is registered for',
  NOT_SHARED: 'not shared by consent',
  AGE_NOT_ALLOWED: 'the purpose does not take the age',
  TOO_MANY_AGES: 'more ages than tell less than a birth date',
  LEAF_UNKNOWN: 'names something that is not asked for',
  RETENTION_TOO_LONG: 'longer than the purpose takes or the client is registered for',
  STANDING_NOT_ALLOWED: 'standing is not registered for the purpose',
  END_REQUIRED: 'a standing request needs an end',
  END_PASSED: 'has passed',
  END_TOO_LATE: 'too late',
};

/**
 * Whether a relying party may ask this: for a purpose of the catalogue, registered for it, and nothing beyond either (Law
 * 91/2025, art. 3: no more than the purpose takes). The rules that are broken, as one sentence; null where none is.
 */
export function checkDetails(details: ShareDetails, against: CheckedAgainst): DetailsProblem | null {
  const { catalogue, party, ask, now } = against;
  const purpose = catalogue.get(details.purpose.code);
  if (purpose === undefined) return { problem: 'purpose.code is not in the catalogue of purposes' };
  const registered = party.purposes.find(({ code }) => code === purpose.code);
  if (registered === undefined)
    return { problem: `the client is not registered for the purpose ${purpose.code}` };
  const problems = problemsOfAsk({ ask, details, purpose }, registered, now);
  if (problems.length > 0) return { problem: problems.slice(0, 5).map(describeProblem).join('; ') };
  return details.fetch === 'STANDING' ? checkStanding(details, purpose, now) : null;
}

function describeProblem({ field, code, value }: AskProblem): string {
  return `${field}: ${sentences[code]}${value === null ? '' : ` (${value})`}`;
}

function checkStanding(
  { frequency, validUntil }: ShareDetails,
  purpose: CataloguePurpose,
  now: Date,
): DetailsProblem | null {
  const latest = new Date(now.getTime() + purpose.standingDays * 86_400_000);
  if (validUntil === null || validUntil > latest)
    return { problem: `valid_until: must be within ${purpose.standingDays} days` };
  if (frequency !== null && purpose.frequency !== null && rate(frequency) <= rate(purpose.frequency))
    return null;
  return {
    problem: `frequency: must be at most ${purpose.frequency?.times ?? 0} times per ${purpose.frequency?.per ?? 'P1D'}`,
  };
}

function rate({ times, per }: { readonly times: number; readonly per: string }): number {
  return times / (durationSeconds(per) ?? Number.MIN_VALUE);
}
