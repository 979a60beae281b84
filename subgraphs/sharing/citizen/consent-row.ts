import type { Asked } from '../consent/asked.ts';
import type { ConsentFacts } from '../consent/consent-states.ts';
import type { ConfirmationMethod, PartyRow } from '../consent/share-row.ts';

/** A consent with its relying party. */
export interface ConsentRow extends ConsentFacts {
  readonly id: string;
  readonly handle: string;
  readonly partyId: string;
  readonly party: PartyRow;
  readonly grantor: string;
  readonly subject: string;
  readonly relationId: string | null;
  readonly wardAgreed: boolean;
  readonly granted: Asked;
  readonly purpose: string;
  readonly grantedAt: Date;
  readonly changedAt: Date;
  readonly method: ConfirmationMethod;
  readonly textHash: string;
  readonly receipt: string;
  /** The authorization server's grant. */
  readonly grantId: string | null;
}

/** What the gateway is told of a consent before a relying party's query: one row, found by id alone. */
export interface CheckedRow extends ConsentFacts {
  readonly clientId: string;
  readonly legalName: string;
  readonly partyState: PartyRow['state'];
  readonly grantor: string;
  readonly subject: string;
  readonly relationId: string | null;
  readonly granted: Asked;
  readonly purpose: string;
}

/** Where a page of consents goes on: behind this one, newest first. */
export interface ConsentPosition {
  readonly grantedAt: Date;
  readonly id: string;
}
