import type { SubjectIdentifiers } from '@dinhdanh/kit';
import type {
  AccountStatus,
  Guardian,
  LockReason,
  Organisation,
  RelationTerm,
  Staff,
  Ward,
} from './account.ts';
import type { Confirmation } from './confirmation.ts';

/** A living session with everything the gateway must know of its caller: what one look-up a request brings. */
export interface SessionRow {
  readonly sessionId: string;
  readonly passcodeUntil: Date | null;
  /** The last confirmation; null with `passcodeUntil`. */
  readonly confirmationId: string | null;
  readonly confirmedAt: Date | null;
  readonly confirmationMethod: 'PASSCODE' | 'PASSKEY' | null;
  readonly account: {
    readonly subject: string;
    readonly level: 0 | 1 | 2;
    readonly status: AccountStatus;
    readonly lockReason: LockReason | null;
    readonly ids: SubjectIdentifiers;
  } | null;
  readonly staff: Staff | null;
  /** The registration it belongs to, of who has no account yet. */
  readonly registrationId: string | null;
  readonly wards: readonly Ward[];
  readonly guardians: readonly Guardian[];
  /** Those that exist and that the owner represents. */
  readonly organisations: readonly Organisation[];
}

/** Somebody who agreed to share data, and whose: themself, or a ward by a relation, whether it still holds or not. */
export interface ConsenterRow {
  readonly level: 0 | 1 | 2;
  readonly status: AccountStatus;
  readonly dateOfBirth: string;
  readonly guardians: readonly Guardian[];
  /** Of the person whose data it is. */
  readonly ids: SubjectIdentifiers;
  readonly relation: (RelationTerm & { readonly ended: boolean }) | null;
}

/** What a sign-in is held against. Exactly one of `subject` and `staffId` is set. */
export interface CredentialRow {
  readonly username: string;
  readonly subject: string | null;
  readonly staffId: string | null;
  readonly status: AccountStatus;
  readonly passwordHash: string;
  readonly passcodeHash: string;
  readonly knownDevice: boolean;
}

/** A session to be kept. */
export interface NewSession {
  readonly id: string;
  readonly subject: string | null;
  readonly staffId: string | null;
  readonly device: string | null;
  /** The keyed hash of the network address. */
  readonly source: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Given at the sign-in. */
  readonly confirmation: Confirmation | null;
}
