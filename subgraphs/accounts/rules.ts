import { birthday } from '@dinhdanh/kit';
import { checkPasscode } from '@dinhdanh/schema/check-passcode';
import type { AccountStatus, Guardian, LockReason, RelationTerm, StaffRole, Ward } from './account.ts';

/** From this age on a person is of full age and nobody's child in law (Civil Code 2015, art. 20). */
export const FULL_AGE = 18;

/** Below this age an account is used only with the representative's confirmation (Decree 69/2024, art. 14). */
export const OWN_USE_AGE = 14;

/** How long a right passcode opens sensitive data, in seconds. */
export const PASSCODE_SECONDS = 5 * 60;

/** Accounts in these states may sign in: a locked owner too, to see that it is locked and why. */
const signInStates: ReadonlySet<AccountStatus> = new Set(['ACTIVE', 'LOCKED']);

/** The reasons an owner may give; the others are an authority's. */
const ownerReasons: ReadonlySet<LockReason> = new Set(['OWNER_REQUEST', 'LOST_DEVICE', 'SUSPECTED_MISUSE']);

/** Whether an account in this state may be signed in to. */
export function maySignIn(status: AccountStatus): boolean {
  return signInStates.has(status);
}

/** Whether an owner may lock their account for this reason. */
export function ownerMayGive(reason: LockReason): boolean {
  return ownerReasons.has(reason);
}

/** The kind of caller a staff role acts as: auditors read the log, everybody else handles cases. */
export function staffActor(role: StaffRole): 'officer' | 'auditor' {
  return role === 'AUDITOR' ? 'auditor' : 'officer';
}

/** The first day on which a relation no longer holds: as recorded, and for a child no later than full age. */
export function relationEnd(term: RelationTerm, wardDateOfBirth: string): string | null {
  if (term.relation !== 'CHILD') return term.endsOn;
  const fullAge = birthday(wardDateOfBirth, FULL_AGE, 'earliest');
  return term.endsOn === null || fullAge < term.endsOn ? fullAge : term.endsOn;
}

/** Whether a relation that nobody has ended holds on a legal day. */
export function relationHolds(term: RelationTerm, wardDateOfBirth: string, today: string): boolean {
  const end = relationEnd(term, wardDateOfBirth);
  return end === null || today < end;
}

/** The wards one may act for on a legal day, each with its end as {@link relationEnd} has it. */
export function livingWards(wards: readonly Ward[], today: string): Ward[] {
  return wards
    .map((ward) => ({ ...ward, endsOn: relationEnd(ward, ward.ids.dateOfBirth) }))
    .filter(({ endsOn }) => endsOn === null || today < endsOn);
}

/**
 * Whether the owner may use the account only once somebody who acts for them has agreed to it: below
 * {@link OWN_USE_AGE}, or under guardianship (Decree 69/2024, art. 14).
 */
export function needsGuardian(dateOfBirth: string, guardians: readonly Guardian[], today: string): boolean {
  const living = guardians.filter((guardian) => relationHolds(guardian, dateOfBirth, today));
  if (living.some(({ confirmed }) => confirmed)) return false;
  const tooYoung = today < birthday(dateOfBirth, OWN_USE_AGE, 'latest');
  return tooYoung || living.some(({ relation }) => relation !== 'CHILD');
}

/** Whether a passcode may be set: six digits, no run, no repetition, not the owner's birthday. */
export function isPasscodeAllowed(passcode: string, dateOfBirth: string): boolean {
  return checkPasscode(passcode, dateOfBirth).length === 0;
}

/** A telephone number with its middle hidden; null where too little of it would stay hidden. */
export function maskPhone(phone: string): string | null {
  return phone.length < 9 ? null : `${phone.slice(0, 4)}${'•'.repeat(phone.length - 7)}${phone.slice(-3)}`;
}

/** An e-mail address with its name hidden but for the first letter. */
export function maskEmail(email: string): string | null {
  const at = email.lastIndexOf('@');
  return at < 1 ? null : `${email.slice(0, 1)}•••${email.slice(at)}`;
}
