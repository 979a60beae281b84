/** The header by which the gateway is told what became of a consent; it writes an entry, takes it off and answers. */
export const CONSENT_EVENT_HEADER = 'consent-event';

/** What became of a consent or a request for one, for the access log: ids and codes, never a value. */
export interface ConsentEvent {
  readonly event: 'consent-change' | 'denied';
  readonly change?:
    | 'claimed'
    | 'declined'
    | 'granted'
    | 'paused'
    | 'resumed'
    | 'revoked'
    | 'stopped'
    | 'expired';
  readonly consentId: string | null;
  readonly party: { readonly id: string; readonly name: string } | null;
  /** Opaque: whose data it is about. */
  readonly subject: string | null;
  /** Opaque: who agrees for that subject, with the relation where it is a ward. */
  readonly grantor: string | null;
  readonly relationId: string | null;
  /** Code of the purpose, or `sharing`. */
  readonly purpose: string;
  readonly claims: readonly string[];
  /** Our code, where it was refused. */
  readonly refusal: string | null;
  /** Of a refusal: false where somebody merely named a relying party, or had its handle, without proof of being it. */
  readonly isProved?: boolean;
}

/** The value of the header. */
export function consentEventHeader(events: readonly ConsentEvent[]): string {
  return Buffer.from(JSON.stringify(events)).toString('base64url');
}
