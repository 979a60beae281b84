import { createHash } from 'node:crypto';

/** What became of an attempt to sign in that was held against a credential. */
export type SignInOutcome = 'SIGNED_IN' | 'PASSWORD_WRONG' | 'PASSCODE_WRONG' | 'NOT_IN_USE';

/** A living session as it is kept. */
export interface SessionRecord {
  /** Base64url SHA-256 of its token. */
  readonly id: string;
  readonly device: string | null;
  readonly source: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date;
}

/** A session as its owner sees it. */
export interface ListedSession {
  readonly id: string;
  readonly device: string | null;
  readonly isCurrent: boolean;
  readonly sameNetwork: boolean | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date;
}

/** An attempt to sign in as it is kept. */
export interface SignInAttempt {
  /** A subject or the id of a member of staff; null where nobody has that user name. */
  readonly owner: string | null;
  readonly at: Date;
  readonly outcome: SignInOutcome;
  readonly device: string | null;
  readonly newDevice: boolean;
  /** The keyed hash of the network address. */
  readonly source: string | null;
}

/** An attempt to sign in as the owner sees it. */
export interface ListedSignIn {
  readonly at: Date;
  readonly outcome: SignInOutcome;
  readonly device: string | null;
  readonly newDevice: boolean;
  readonly sameNetwork: boolean | null;
}

/** From where the list is asked. */
export interface AskingSession {
  readonly sessionId: string | undefined;
  readonly source: string | null;
}

/** What a session is called outside: nothing that could be taken for the name it is kept under. */
export function sessionNameOf(id: string): string {
  return createHash('sha256').update(`session name\n${id}`).digest('base64url').slice(0, 22);
}

/** Sessions as their owner sees them, the one used last first. */
export function listSessions(records: readonly SessionRecord[], asking: AskingSession): ListedSession[] {
  return records
    .map(({ id, source, ...record }) => ({
      ...record,
      id: sessionNameOf(id),
      isCurrent: id === asking.sessionId,
      sameNetwork: isSame(source, asking.source),
    }))
    .toSorted((one, other) => lastSeen(other) - lastSeen(one) || (one.id < other.id ? -1 : 1));
}

/** An attempt as its owner sees it. */
export function listSignIn(attempt: SignInAttempt, { source }: AskingSession): ListedSignIn {
  const { at, outcome, device, newDevice } = attempt;
  return { at, outcome, device, newDevice, sameNetwork: isSame(attempt.source, source) };
}

function isSame(kept: string | null, asking: string | null): boolean | null {
  return kept === null || asking === null ? null : kept === asking;
}

function lastSeen({ lastUsedAt, createdAt }: ListedSession): number {
  return (lastUsedAt ?? createdAt).getTime();
}
