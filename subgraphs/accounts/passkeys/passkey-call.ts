import { randomBytes } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import type { CallContext, Log } from '@dinhdanh/kit';
import { chargeAttempt } from '../charge-attempt.ts';
import type { ChargeRoom } from '../charge-attempt.ts';
import { throttleKey } from '../throttle.ts';
import type { ChallengePurpose, PasskeySession } from './passkey.ts';
import { CHALLENGE_SECONDS } from './rules.ts';
import type { RelyingParty } from './rules.ts';
import type { PasskeyStore } from './store.ts';

/** What passkeys work with. */
export interface PasskeyRoom extends ChargeRoom {
  readonly passkeys: PasskeyStore;
  /** Null while nobody knows under which name people reach the gateway. */
  readonly relyingParty: () => RelyingParty | null;
}

/** The call it is done in. */
export type PasskeyCall = Pick<CallContext, 'caller' | 'now'> & { readonly log: Log };

/**
 * The person's session a call came with.
 *
 * @throws AppError `UNAUTHENTICATED` without one · `NOT_PERMITTED` to staff · `ACCOUNT_LOCKED`
 */
export async function sessionOf({ caller, now }: PasskeyCall, room: PasskeyRoom): Promise<PasskeySession> {
  const row = caller.sid === undefined ? null : await room.passkeys.findSession(caller.sid, now);
  if (row === null) throw new AppError('UNAUTHENTICATED');
  if (row.subject === null) throw new AppError('NOT_PERMITTED', { internal: 'staff have no passkeys' });
  if (row.status !== 'ACTIVE') throw new AppError('ACCOUNT_LOCKED');
  return { ...row, subject: row.subject };
}

/** As {@link sessionOf}, of one whose owner has just confirmed; throws `PASSCODE_REQUIRED` otherwise. */
export async function confirmedSessionOf(call: PasskeyCall, room: PasskeyRoom): Promise<PasskeySession> {
  const session = await sessionOf(call, room);
  if (session.passcodeUntil === null || session.passcodeUntil <= call.now)
    throw new AppError('PASSCODE_REQUIRED');
  return session;
}

/** Who passkeys are made for; throws `SOURCE_UNAVAILABLE` while that is not known. */
export function relyingPartyIn(room: PasskeyRoom): RelyingParty {
  const party = room.relyingParty();
  if (party === null)
    throw new AppError('SOURCE_UNAVAILABLE', { source: 'accounts', internal: 'no public origin known' });
  return party;
}

/** Gives out a challenge of a session. */
export async function giveChallenge(
  session: PasskeySession,
  purpose: ChallengePurpose,
  { now }: PasskeyCall,
  room: PasskeyRoom,
): Promise<Buffer<ArrayBuffer>> {
  const challenge = randomBytes(32);
  const expiresAt = new Date(now.getTime() + CHALLENGE_SECONDS * 1000);
  const text = challenge.toString('base64url');
  await room.passkeys.giveChallenge({ session: session.id, purpose, challenge: text, expiresAt });
  return challenge;
}

/**
 * Counts an answer as a failure until it has turned out right, and takes its challenge.
 *
 * @throws AppError `RATE_LIMITED` · `BAD_USER_INPUT` with the reason `CHALLENGE_EXPIRED` for one that is too old, was
 * answered, or was never given to this session
 */
export async function takeChallenge(
  session: PasskeySession,
  answered: { readonly purpose: ChallengePurpose; readonly challenge: string },
  call: PasskeyCall,
  room: PasskeyRoom,
): Promise<void> {
  await chargeAttempt([counterOf(session)], call, room);
  const { purpose, challenge } = answered;
  if (await room.passkeys.takeChallenge(session.id, purpose, challenge, call.now)) return;
  refusePasskey(
    new AppError('BAD_USER_INPUT', { field: 'answer', reason: 'CHALLENGE_EXPIRED' }),
    'challenge',
    call,
  );
}

/** The counter of a person's failures with passkeys. */
export function counterOf({ username }: PasskeySession): string {
  return throttleKey('passkey', username);
}

/** Refuses an answer and logs why, as one word. */
export function refusePasskey(error: AppError, reason: string, { log }: PasskeyCall): never {
  log.warn('ACCOUNTS_PASSKEY_REFUSED', { reason });
  throw error;
}
