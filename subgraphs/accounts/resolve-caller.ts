import { AppError, legalDateOf } from '@dinhdanh/kit';
import type { CallContext, SubjectIdentifiers } from '@dinhdanh/kit';
import type { AccountStatus, LockReason, StaffRole, WardRelation } from './account.ts';
import { livingWards, needsGuardian, staffActor } from './rules.ts';
import { sessionIdOf } from './session-token.ts';
import type { SessionRow } from './session.ts';
import type { AccountsStore } from './store.ts';

/** Who a session belongs to and whom they may read, or nobody: the answer of the door `/resolve-caller`. */
export type ResolvedCaller = { readonly actor: null } | KnownCaller;

/** The verified caller behind a living session. Instants are RFC 3339, UTC. */
export interface KnownCaller {
  readonly actor: {
    readonly kind: 'person' | 'officer' | 'auditor';
    /** A person's subject, or the id of a member of staff. */
    readonly id: string;
    readonly staffRole?: StaffRole;
  };
  readonly sessionId: string;
  readonly level: 0 | 1 | 2;
  readonly status: AccountStatus;
  readonly lockReason: LockReason | null;
  readonly passcodeUntil: string | null;
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
}

const nobody: ResolvedCaller = { actor: null };

/**
 * Tells the gateway who stands behind a session token: one statement, for a token that exists and for one that does
 * not. Only the gateway itself (`system`) may ask.
 *
 * @throws AppError `NOT_PERMITTED` to any other caller · `BAD_USER_INPUT` without a token in the body
 */
export async function resolveCaller(
  body: unknown,
  { caller, now }: Pick<CallContext, 'caller' | 'now'>,
  store: Pick<AccountsStore, 'findSession'>,
): Promise<ResolvedCaller> {
  if (caller.act.kind !== 'system') throw new AppError('NOT_PERMITTED', { internal: 'door of the gateway' });
  const session = (body as { session?: unknown } | null)?.session;
  if (typeof session !== 'string') throw new AppError('BAD_USER_INPUT', { field: 'session' });
  const row = await store.findSession(sessionIdOf(session), now);
  if (row === null) return nobody;
  return row.account === null ? resolveStaff(row) : resolvePerson(row, row.account, legalDateOf(now));
}

function resolvePerson(
  row: SessionRow,
  account: NonNullable<SessionRow['account']>,
  today: string,
): KnownCaller {
  const { subject, level, status, lockReason, ids } = account;
  return {
    actor: { kind: 'person', id: subject },
    sessionId: row.sessionId,
    level,
    status,
    lockReason,
    passcodeUntil: row.passcodeUntil?.toISOString() ?? null,
    guardianRequired: needsGuardian(ids.dateOfBirth, row.guardians, today),
    self: { subject, ids },
    dependants: livingWards(row.wards, today).map((ward) => ({ ...ward, as: 'guardian' })),
  };
}

function resolveStaff({ sessionId, passcodeUntil, staff }: SessionRow): ResolvedCaller {
  if (staff === null) return nobody;
  return {
    actor: { kind: staffActor(staff.role), id: staff.id, staffRole: staff.role },
    sessionId,
    level: 0,
    status: staff.status,
    lockReason: null,
    passcodeUntil: passcodeUntil?.toISOString() ?? null,
    guardianRequired: false,
    self: null,
    dependants: [],
  };
}
