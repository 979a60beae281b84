import type { AppendEntry, EntryActor } from './entry.ts';
import type { ConsentEvent } from './consent-event.ts';
import { partyActor } from './party-actor.ts';
import { NOBODY } from './refused-attempts.ts';

/** What the gateway knows of the request that an event came with. */
export interface ConsentFacts {
  readonly requestId: string;
  readonly now: Date;
  readonly policyVersion: string;
  readonly address: string;
  readonly device: string | null;
  readonly level: 0 | 1 | 2;
  /** Who did it, where the request has a known caller; null for the plain HTTP of sharing. */
  readonly actor: EntryActor | null;
  /** The personal number of a subject, where somebody has vouched for it. */
  readonly numberOf: (event: ConsentEvent) => string | null;
}

/** Consent: Law 91/2025, art. 9; its withdrawal: art. 10. */
const GIVEN = 'Law 91/2025/QH15, art. 9';
const WITHDRAWN = 'Law 91/2025/QH15, art. 10';

/** The entry of a consent event; one of nobody knows whom names {@link NOBODY}. */
export function composeConsentEntry(event: ConsentEvent, facts: ConsentFacts): AppendEntry {
  return entryOf(event, actorOf(event, facts), facts);
}

function entryOf(event: ConsentEvent, actor: EntryActor, facts: ConsentFacts): AppendEntry {
  const { change, consentId, claims, refusal } = event;
  const number = facts.numberOf(event);
  return {
    time: facts.now.toISOString(),
    event: event.event,
    actor,
    subjects: number === null ? [] : [number],
    purpose: change === null ? event.purpose : `consent_${change}`,
    legalBasis: change === 'revoked' ? WITHDRAWN : GIVEN,
    consentId,
    caseId: null,
    claims,
    sources: ['sharing'],
    refusal,
    operationHash: null,
    policyVersion: facts.policyVersion,
    requestId: facts.requestId,
    level: facts.level,
    completes: null,
    detail: { fields: [], address: facts.address, device: facts.device },
  };
}

/** In plain HTTP: of a refused attempt the relying party, of a change the person it belongs to, else sharing itself. */
function actorOf(event: ConsentEvent, { actor, numberOf }: ConsentFacts): EntryActor {
  if (actor !== null) return actor;
  const { party, grantor, subject } = event;
  if (event.event === 'denied') return party === null ? NOBODY : partyActor(party.id, party.name);
  const number = numberOf(event);
  const isOwn = grantor === null || grantor === subject;
  return number !== null && isOwn
    ? { kind: 'person', number, session: null }
    : { kind: 'system', id: 'sharing', session: null };
}
