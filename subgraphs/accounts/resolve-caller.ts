import { AppError, isRegistrationId, legalDateOf, SESSIONS_A_CALL, sessionIdOf } from '@dinhdanh/kit';
import type { CallContext, SubjectIdentifiers } from '@dinhdanh/kit';
import type { AccountStatus, LockReason, Organisation, StaffRole, WardRelation } from './account.ts';
import type { ConfirmationMethod } from './confirmation.ts';
import type { ApplicantStore, KnownApplicant } from './matching/applicant.ts';
import { livingWards, needsGuardian, relationHolds, staffActor } from './rules.ts';
import type { ConsenterRow, SessionRow } from './session.ts';
import type { AccountsStore } from './store.ts';

/** Who a session belongs to and whom they may read, or nobody. */
export type ResolvedCaller = { readonly actor: null } | KnownCaller;

/** The verified caller behind a living session. Instants are RFC 3339, UTC. */
export interface KnownCaller {
  readonly actor: {
    readonly kind: 'person' | 'applicant' | 'officer' | 'auditor';
    /** A person's subject, the id of a registration, or of a member of staff. */
    readonly id: string;
    readonly staffRole?: StaffRole;
  };
  readonly sessionId: string;
  readonly level: 0 | 1 | 2;
  readonly status: AccountStatus;
  readonly lockReason: LockReason | null;
  readonly passcodeUntil: string | null;
  /** By what the open window was opened; null while none is open. */
  readonly confirmation: {
    readonly id: string;
    readonly at: string;
    readonly method: ConfirmationMethod;
  } | null;
  /** Set while nobody has agreed to a minor's or ward's own use: nothing may be answered (`GUARDIAN_REQUIRED`). */
  readonly guardianRequired: boolean;
  readonly self: { readonly subject: string; readonly ids: SubjectIdentifiers } | null;
  readonly dependants: readonly {
    /** Of the relation. */
    readonly id: string;
    readonly subject: string;
    readonly as: 'guardian';
    readonly relation: WardRelation;
    readonly endsOn: string | null;
    readonly ids: SubjectIdentifiers;
  }[];
  /** Those the caller represents; of a level-2 account alone. */
  readonly organisations: readonly Organisation[];
}

/** Who each session belongs to, in the order they were asked for. */
export interface ResolvedCallers {
  readonly callers: readonly ResolvedCaller[];
}

/** Somebody who agreed to share data, as their account and the relation stand now. */
export interface KnownConsenter {
  readonly kind: 'consenter';
  /** Of the account of who agreed, as are `status` and `guardianRequired`. */
  readonly level: 0 | 1 | 2;
  readonly status: AccountStatus;
  readonly guardianRequired: boolean;
  /** Whose data it is, with their identifiers. */
  readonly subject: string;
  readonly ids: SubjectIdentifiers;
  /** Whether who agreed may still act for the subject; true of oneself. */
  readonly stillGuardian: boolean;
}

/** Whose consent it is: `relationId` is null for one's own data. */
export interface AskedConsenter {
  readonly grantor: string;
  readonly subject: string;
  readonly relationId: string | null;
}

const nobody = { actor: null } as const;

/**
 * The door `/resolve-caller`. Tells the gateway who stands behind session tokens (`{sessions}`, {@link SESSIONS_A_CALL} at
 * most), how an account that agreed to share stands (`{consenter}`), or what a registration declares (`{applicant}`): one
 * statement each way, for what exists and for what does not. Only the gateway itself (`system`) may ask.
 *
 * @throws AppError `NOT_PERMITTED` to any other caller · `BAD_USER_INPUT` for a body that is none of these
 */
export async function resolveCaller(
  body: unknown,
  { caller, now }: Pick<CallContext, 'caller' | 'now'>,
  store: Pick<AccountsStore, 'findSessions' | 'findConsenter'>,
  applicants: ApplicantStore,
): Promise<ResolvedCallers | KnownConsenter | KnownApplicant | typeof nobody> {
  if (caller.act.kind !== 'system') throw new AppError('NOT_PERMITTED', { internal: 'door of the gateway' });
  const { sessions, consenter, applicant } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (applicant !== undefined && sessions === undefined && consenter === undefined)
    return resolveApplicant(applicant, applicants);
  if (consenter !== undefined && sessions === undefined) {
    const asked = readConsenter(consenter);
    const row = await store.findConsenter(asked);
    return row === null ? nobody : resolveConsenter(row, asked, legalDateOf(now));
  }
  if (!areTokens(sessions) || consenter !== undefined || applicant !== undefined)
    throw new AppError('BAD_USER_INPUT', { field: 'sessions' });
  const ids = sessions.map(sessionIdOf);
  const rows = await store.findSessions(ids, now);
  return { callers: ids.map((id) => resolveSession(rows.get(id), now)) };
}

function areTokens(sessions: unknown): sessions is readonly string[] {
  if (!Array.isArray(sessions) || sessions.length === 0 || sessions.length > SESSIONS_A_CALL) return false;
  return sessions.every((session) => typeof session === 'string');
}

function resolveSession(row: SessionRow | undefined, now: Date): ResolvedCaller {
  if (row === undefined) return nobody;
  if (row.registrationId !== null) return resolveRegistering(row, row.registrationId);
  return row.account === null ? resolveStaff(row, now) : resolvePerson(row, row.account, now);
}

async function resolveApplicant(
  id: unknown,
  applicants: ApplicantStore,
): Promise<KnownApplicant | typeof nobody> {
  if (!isRegistrationId(id)) throw new AppError('BAD_USER_INPUT', { field: 'applicant' });
  const ids = await applicants.findApplicant(id);
  return ids === null ? nobody : { actor: { kind: 'applicant', id }, ids };
}

function readConsenter(told: unknown): AskedConsenter {
  const { grantor, subject, relationId } = (told ?? {}) as Partial<Record<keyof AskedConsenter, unknown>>;
  const isName = (value: unknown): value is string =>
    typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
  if (!isName(grantor) || !isName(subject) || !(relationId === null || isName(relationId)))
    throw new AppError('BAD_USER_INPUT', { field: 'consenter' });
  return { grantor, subject, relationId };
}

function resolveConsenter(row: ConsenterRow, { subject }: AskedConsenter, today: string): KnownConsenter {
  const { level, status, dateOfBirth, guardians, ids, relation } = row;
  return {
    kind: 'consenter',
    level,
    status,
    guardianRequired: needsGuardian(dateOfBirth, guardians, today),
    subject,
    ids,
    stillGuardian: relation === null || (!relation.ended && relationHolds(relation, ids.dateOfBirth, today)),
  };
}

function resolvePerson(row: SessionRow, account: NonNullable<SessionRow['account']>, now: Date): KnownCaller {
  const { subject, level, status, lockReason, ids } = account;
  const today = legalDateOf(now);
  return {
    actor: { kind: 'person', id: subject },
    sessionId: row.sessionId,
    level,
    status,
    lockReason,
    passcodeUntil: row.passcodeUntil?.toISOString() ?? null,
    confirmation: openConfirmation(row, now),
    guardianRequired: needsGuardian(ids.dateOfBirth, row.guardians, today),
    self: { subject, ids },
    dependants: livingWards(row.wards, today).map((ward) => ({ ...ward, as: 'guardian' })),
    organisations: level === 2 ? row.organisations : [],
  };
}

/** Somebody who registers: nobody's record is theirs, not even of whom they declare to be. */
function resolveRegistering({ sessionId }: SessionRow, registrationId: string): KnownCaller {
  return {
    actor: { kind: 'applicant', id: registrationId },
    sessionId,
    level: 0,
    status: 'ACTIVE',
    lockReason: null,
    passcodeUntil: null,
    confirmation: null,
    guardianRequired: false,
    self: null,
    dependants: [],
    organisations: [],
  };
}

function resolveStaff(row: SessionRow, now: Date): ResolvedCaller {
  const { sessionId, passcodeUntil, staff } = row;
  if (staff === null) return nobody;
  return {
    actor: { kind: staffActor(staff.role), id: staff.id, staffRole: staff.role },
    sessionId,
    level: 0,
    status: staff.status,
    lockReason: null,
    passcodeUntil: passcodeUntil?.toISOString() ?? null,
    confirmation: openConfirmation(row, now),
    guardianRequired: false,
    self: null,
    dependants: [],
    organisations: [],
  };
}

const methods = { PASSCODE: 'passcode', PASSKEY: 'passkey' } as const;

/** A confirmation counts while the window it opened is open, and not at its end. */
function openConfirmation(row: SessionRow, now: Date): KnownCaller['confirmation'] {
  const { passcodeUntil, confirmationId, confirmedAt, confirmationMethod } = row;
  if (passcodeUntil === null || passcodeUntil <= now) return null;
  if (confirmationId === null || confirmedAt === null || confirmationMethod === null) return null;
  return { id: confirmationId, at: confirmedAt.toISOString(), method: methods[confirmationMethod] };
}
