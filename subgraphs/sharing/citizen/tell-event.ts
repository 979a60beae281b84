import { CONSENT_EVENT_HEADER, consentEventHeader } from '../consent-event.ts';
import type { ConsentEvent } from '../consent-event.ts';
import { claimsAsked } from '../consent/asked.ts';
import type { Asked } from '../consent/asked.ts';
import type { PartyRow } from '../consent/share-row.ts';

/** What an event is about. */
export interface Told {
  readonly party: PartyRow;
  readonly purpose: string;
  readonly asked: Asked;
  readonly subject: string | null;
  readonly grantor: string | null;
  readonly relationId?: string | null;
  readonly consentId?: string | null;
}

/** An event as the access log is told of it. */
export function eventOf(
  told: Told,
  what: Pick<ConsentEvent, 'change'> | { readonly refusal: string },
): ConsentEvent {
  const { party, asked } = told;
  return {
    ...('refusal' in what
      ? { event: 'denied', refusal: what.refusal }
      : { event: 'consent-change', refusal: null, ...what }),
    consentId: told.consentId ?? null,
    party: { id: party.id, name: party.legalName },
    subject: told.subject,
    grantor: told.grantor,
    relationId: told.relationId ?? null,
    purpose: told.purpose,
    claims: claimsAsked(asked.items),
  };
}

/** Tells the gateway beside an answer. */
export function tell(respond: (header: string, value: string) => void, event: ConsentEvent): void {
  respond(CONSENT_EVENT_HEADER, consentEventHeader([event]));
}
