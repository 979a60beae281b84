import type { SubjectIdentifiers } from '@dinhdanh/kit';

/** States of an account (Decree 69/2024, arts. 12–16). */
export type AccountStatus = 'PENDING_REVIEW' | 'APPROVED' | 'ACTIVE' | 'LOCKED' | 'CLOSED' | 'REJECTED';

/** Why an account is locked; always told to its owner. */
export type LockReason =
  | 'OWNER_REQUEST'
  | 'LOST_DEVICE'
  | 'SUSPECTED_MISUSE'
  | 'TERMS_BREACH'
  | 'DOCUMENT_EXPIRED'
  | 'CARD_WITHDRAWN'
  | 'DEATH'
  | 'AUTHORITY_REQUEST';

/** Roles of members of staff. */
export type StaffRole = 'OFFICER' | 'REVIEWER' | 'OPERATOR' | 'AUDITOR';

/** How a ward stands to the person who acts for them. */
export type WardRelation = 'CHILD' | 'WARD' | 'REPRESENTED';

/** A person's account. */
export interface Account {
  readonly subject: string;
  readonly level: 0 | 1 | 2;
  readonly status: AccountStatus;
  readonly lockReason: LockReason | null;
  readonly lockedAt: Date | null;
  /** All of them, the first one first. */
  readonly lockReasons: readonly LockReason[];
  readonly approvedAt: Date | null;
  readonly activatedAt: Date | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly boundDevice: { readonly model: string; readonly boundAt: Date } | null;
  /** Made up for tests and demonstrations. */
  readonly synthetic: boolean;
  readonly ids: SubjectIdentifiers;
}

/** A member of staff. */
export interface Staff {
  readonly id: string;
  readonly role: StaffRole;
  readonly synthetic?: boolean;
  readonly status: AccountStatus;
}

/** One side of a relation as it is stored; whether it holds today is a rule's to say. */
export interface RelationTerm {
  readonly relation: WardRelation;
  /** The first day on which it no longer holds, `YYYY-MM-DD`. */
  readonly endsOn: string | null;
}

/** A person somebody may act for. */
export interface Ward extends RelationTerm {
  readonly id: string;
  readonly subject: string;
  readonly ids: SubjectIdentifiers;
}

/** Somebody who acts for the account's owner. */
export interface Guardian extends RelationTerm {
  /** Whether they agreed to the owner's own use of the account. */
  readonly confirmed: boolean;
}

/** A legal person, as its representative and the relying-party register name it (Decree 69/2024, art. 7). */
export interface Organisation {
  readonly id: string;
  readonly legalName: string;
  /** Ten digits, or ten and three of a branch. */
  readonly taxCode: string;
  readonly sector: string;
}
