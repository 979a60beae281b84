import type { SubjectIdentifiers } from '@dinhdanh/kit';
import type { AccountStatus, Guardian, LockReason, Staff, Ward } from './account.ts';

/** A living session with everything the gateway must know of its caller: what one look-up a request brings. */
export interface SessionRow {
  readonly sessionId: string;
  readonly passcodeUntil: Date | null;
  readonly account: {
    readonly subject: string;
    readonly level: 0 | 1 | 2;
    readonly status: AccountStatus;
    readonly lockReason: LockReason | null;
    readonly ids: SubjectIdentifiers;
  } | null;
  readonly staff: Staff | null;
  readonly wards: readonly Ward[];
  readonly guardians: readonly Guardian[];
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
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly passcodeUntil: Date | null;
}
