import type { Asked } from './asked.ts';
import type { ShareFacts } from './share-states.ts';

/** A relying party as requests and consents show it. */
export interface PartyRow {
  readonly id: string;
  readonly legalName: string;
  readonly displayName: string;
  readonly taxCode: string;
  readonly sector: string;
  readonly domain: string;
  readonly dataContact: string;
  readonly state: 'SANDBOX' | 'APPROVED' | 'SUSPENDED' | 'REFUSED';
}

/** By what a decision was confirmed. */
export type ConfirmationMethod = 'PASSCODE' | 'PASSKEY';

/** A request as it is begun. */
export interface NewShare {
  /** 128 random bits or more, base64url. */
  readonly handle: string;
  /** The `uid` of the authorization server's interaction. */
  readonly interaction: string;
  readonly partyId: string;
  readonly ask: Asked;
  /** The purpose's code. */
  readonly purpose: string;
  /** 32 random bytes. */
  readonly codeKey: Uint8Array<ArrayBuffer>;
  /** The browser that began: as the gateway says in `client.address`, `client.network` and `client.agent`. */
  readonly originHash: string;
  readonly originNetwork: string;
  readonly originDevice: string;
}

/** A request with its relying party. */
export interface ShareRow extends ShareFacts {
  readonly handle: string;
  readonly interaction: string;
  readonly partyId: string;
  readonly party: PartyRow;
  readonly ask: Asked;
  readonly purpose: string;
  readonly codeKey: Uint8Array;
  readonly codeFrom: Date;
  readonly originHash: string;
  readonly originNetwork: string;
  readonly originDevice: string;
  readonly claimedBy: string | null;
  readonly door: string | null;
  readonly decision: Decision | null;
  readonly method: ConfirmationMethod | null;
  readonly number: string | null;
  readonly returnHash: string | null;
}

/** What was approved, kept until it is granted. */
export interface Decision {
  /** Whose data: who approves, or a ward. */
  readonly subject: string;
  /** The relation in accounts, for a ward. */
  readonly relationId: string | null;
  readonly wardAgreed: boolean;
  /** Whether the person said that they began this themself; null where they were not asked. */
  readonly startedByMe: boolean | null;
  readonly granted: Asked;
  /** Base64url SHA-256 of the text that was shown. */
  readonly textHash: string;
}

/** An approval as it is written. */
export interface Approval {
  /** Who approves. */
  readonly subject: string;
  readonly decision: Decision;
  readonly confirmation: { readonly id: string; readonly at: Date; readonly method: ConfirmationMethod };
  /** Three digits. */
  readonly number: string;
  /** Base64url SHA-256 of the code that brings the same phone back; null where another screen began. */
  readonly returnHash: string | null;
  /** What was shown, word for word. */
  readonly text: string;
}

/** A consent as it is granted; the rest stands on its request. */
export interface NewConsent {
  /** 128 random bits, base64url. */
  readonly id: string;
  readonly handle: string;
  readonly subject: string;
  readonly relationId: string | null;
  readonly wardAgreed: boolean;
  readonly granted: Asked;
  readonly endsAt: Date;
  readonly textHash: string;
  /** Compact JWS. */
  readonly receipt: string;
}
