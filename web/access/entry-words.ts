import type { ActorKind } from '../generated/operations.ts';
import type { Texts } from '../texts/texts.ts';
import type { AccessEntry } from './entry.ts';

/** Who read, in two parts: what we call them, and a name of their own, which is Vietnamese in every language. */
export interface ActorWords {
  readonly words: string | null;
  readonly name: string | null;
}

/** Who read: oneself, a kind of person, or an organisation by its name. */
export function actorWords(
  { actor, mine }: Pick<AccessEntry, 'actor' | 'mine'>,
  { access: { actors } }: Pick<Texts, 'access'>,
): ActorWords {
  const { kind, name } = actor;
  if (mine) return { words: kind === 'REPRESENTATIVE' ? actors.youActing : actors.you, name: null };
  const isOwnName = kind === 'RELYING_PARTY' || kind === 'AUTHORITY';
  return { words: isOwnName && name !== null ? null : actors[capacityOf(kind)], name };
}

/**
 * As what somebody else reads one's data. A private person gets at them only by acting for one: who reads their own in
 * the same request stands in the log as a person.
 */
function capacityOf(kind: ActorKind): Exclude<ActorKind, 'PERSON'> {
  return kind === 'PERSON' ? 'REPRESENTATIVE' : kind;
}

/** The same as one line: `Cán bộ, Công an phường Hàng Trống`. */
export function actorLine(entry: Pick<AccessEntry, 'actor' | 'mine'>, texts: Pick<Texts, 'access'>): string {
  const { words, name } = actorWords(entry, texts);
  return [words, name].filter((part) => part !== null).join(', ');
}

/** Why somebody read: a code in words, an unknown one as it stands; null where none was given. */
export function purposeWords(
  { purpose, actor, mine }: Pick<AccessEntry, 'purpose' | 'actor' | 'mine'>,
  { access }: Pick<Texts, 'access'>,
): string | null {
  if (purpose === null) return null;
  if (purpose === 'own_data' && mine) return access.purposeOwn;
  if (purpose === 'own_data' && capacityOf(actor.kind) === 'REPRESENTATIVE') return access.purposeForYou;
  return Object.hasOwn(access.purposes, purpose)
    ? (access.purposes[purpose] ?? null)
    : access.purposeOther(purpose);
}

/** The claim of comparing what an applicant declares: names of fields leave, and no data. */
const MATCH_CLAIM = 'registration.match';

function isComparison({ claims }: Pick<AccessEntry, 'claims'>): boolean {
  return claims.length > 0 && claims.every((claim) => claim === MATCH_CLAIM);
}

/** What was done with the claims of an entry. */
export function whatWords(
  entry: Pick<AccessEntry, 'outcome' | 'claims'>,
  { access }: Pick<Texts, 'access'>,
): string {
  return entry.outcome === 'RELEASED' && isComparison(entry) ? access.compared : access.what[entry.outcome];
}

/** How it ended; a refusal with its reason, an unknown one by its code. */
export function outcomeWords(
  entry: Pick<AccessEntry, 'outcome' | 'refusal' | 'claims'>,
  { access, refusals }: Pick<Texts, 'access' | 'refusals'>,
): string {
  const { outcome, refusal } = entry;
  if (outcome === 'RELEASED' && isComparison(entry)) return access.comparedOutcome;
  const said = access.outcomes[outcome];
  if (refusal === null) return said;
  // The door for relying parties refuses by codes of OAuth, each with the mark of one.
  if (refusal.startsWith('OAUTH_')) return `${said}: ${refusals.oauth} (${refusal})`;
  const isKnown = Object.hasOwn(refusals, refusal) && refusal !== 'other' && refusal !== 'oauth';
  return isKnown
    ? `${said}: ${refusals[refusal as keyof typeof refusals]}`
    : `${said}: ${refusals.other} (${refusal})`;
}
