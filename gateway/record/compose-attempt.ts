import { partyActor } from './party-actor.ts';
import { NOBODY } from './refused-attempts.ts';
import type { AppendEntry } from './entry.ts';

/** What is known of a relying party's call once its token has proved to be genuine; more is filled in as it is learnt. */
export interface PartyAttempt {
  readonly clientId: string;
  readonly consentId: string;
  readonly legalName: string | null;
  /** The personal number of whose data it is. */
  readonly number: string | null;
  readonly purpose: string;
  readonly level: 0 | 1 | 2;
  /** Names of claims that went beyond the grant, and their fields. */
  readonly claims: readonly string[];
  readonly fields: readonly string[];
}

/** The attempt of somebody of whom nothing is known: not a word of what they showed has been proved. */
export const unknownAttempt: PartyAttempt = {
  clientId: '',
  consentId: '',
  legalName: null,
  number: null,
  purpose: 'sharing',
  level: 0,
  claims: [],
  fields: [],
};

/** What the gateway knows of its request. */
export interface AttemptFacts {
  readonly requestId: string;
  readonly now: Date;
  readonly policyVersion: string;
  readonly address: string;
  readonly device: string | null;
}

/** The entry of a relying party's call that was refused before any source was asked. */
export function composeAttempt(attempt: PartyAttempt, refusal: string, facts: AttemptFacts): AppendEntry {
  const { clientId, legalName, number, claims, fields } = attempt;
  return {
    time: facts.now.toISOString(),
    event: 'denied',
    actor: attempt === unknownAttempt ? NOBODY : partyActor(clientId, legalName),
    subjects: number === null ? [] : [number],
    purpose: attempt.purpose,
    legalBasis: 'Law 91/2025/QH15, art. 9',
    consentId: attempt === unknownAttempt ? null : attempt.consentId,
    caseId: null,
    claims,
    sources: [],
    refusal,
    operationHash: null,
    policyVersion: facts.policyVersion,
    requestId: facts.requestId,
    level: attempt.level,
    completes: null,
    detail: { fields, address: facts.address, device: facts.device },
  };
}
