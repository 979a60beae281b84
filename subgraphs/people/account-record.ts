import type { Relation } from './basic-records.ts';

/** Kinds of document an account links to. */
export type DocumentKind =
  | 'IDENTITY_CARD'
  | 'PASSPORT'
  | 'RESIDENCE_CARD'
  | 'DRIVING_LICENCE'
  | 'VEHICLE'
  | 'SOCIAL_INSURANCE'
  | 'HEALTH_INSURANCE';

/** Reasons an account can be locked for. */
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

/** The identifiers accounts verified for a person: what caller tokens carry as `ids`. */
export interface VerifiedIdentifiers {
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  readonly personalNumber: string;
  readonly cancelledNumbers: readonly string[];
  readonly oldIdNumber: string | null;
  /** The name as population (foreigners: immigration) has it. */
  readonly fullName: string;
  /** `nameKey(fullName)`. */
  readonly matchName: string;
  readonly dateOfBirth: string;
  readonly passports: readonly string[];
}

/** An electronic identification account: the only record that knows the opaque `subject`. */
export interface AccountRecord {
  readonly subject: string;
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT' | 'STAFF';
  readonly staffRole: StaffRole | null;
  /** Personal number; a staff name for staff. */
  readonly username: string;
  readonly level: 1 | 2 | null;
  readonly status: 'PENDING_REVIEW' | 'APPROVED' | 'ACTIVE' | 'LOCKED' | 'CLOSED' | 'REJECTED';
  readonly lockReason: LockReason | null;
  readonly lockedAt: string | null;
  readonly approvedAt: string | null;
  readonly activatedAt: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly boundDevice: { readonly model: string; readonly boundAt: string } | null;
  /** Null for staff. */
  readonly identifiers: VerifiedIdentifiers | null;
  /** Persons the owner acts for; each has an account record of its own. */
  readonly dependants: readonly {
    readonly id: string;
    readonly subject: string;
    readonly relation: Relation;
    readonly endsOn: string | null;
  }[];
  readonly linkedDocuments: readonly {
    readonly id: string;
    readonly kind: DocumentKind;
    readonly status: 'PENDING' | 'LINKED' | 'REJECTED' | 'REMOVED';
    readonly linkedAt: string | null;
    /** By what it was linked; null while it is not. */
    readonly evidence: 'DATABASE_MATCH' | 'ORIGINAL_SEEN' | null;
    readonly ref: string;
  }[];
}
