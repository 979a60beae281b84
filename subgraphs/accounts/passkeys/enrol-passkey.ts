import { randomBytes } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { AuthenticatorTransport, RegistrationResponseJSON } from '@simplewebauthn/server';
import { forgiveAttempt } from '../throttle.ts';
import type { AccountsStore } from '../store.ts';
import {
  confirmedSessionOf,
  counterOf,
  giveChallenge,
  refusePasskey,
  relyingPartyIn,
  takeChallenge,
} from './passkey-call.ts';
import type { PasskeyCall, PasskeyRoom } from './passkey-call.ts';
import type { Passkey } from './passkey.ts';
import { invalidPasskey, readAnswer, unknownPasskey } from './read-answer.ts';
import { CHALLENGE_SECONDS, MOST_PASSKEYS, maskNumber, passkeyName } from './rules.ts';

/** What enrolling works with. */
export type EnrolRoom = PasskeyRoom & { readonly store: Pick<AccountsStore, 'forgive'> };

/** What an authenticator answered, and the name its owner chose. */
export interface PasskeyAnswer {
  /** JSON (WebAuthn Level 3). */
  readonly answer: string;
  readonly name?: string | null | undefined;
}

/** EdDSA, ES256, RS256 (RFC 9053): what authenticators in use sign with. */
const ALGORITHMS = [-8, -7, -257];

/** How authenticators say they can be reached; what they say besides is not kept. */
const transports = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/**
 * Begins to enrol a passkey: creation options as JSON. What they tell an authenticator of the person is a handle of
 * chance and the last three digits of the number.
 *
 * @throws AppError `PASSCODE_REQUIRED` without an open window · `BAD_USER_INPUT` with the reason `PASSKEY_LIMIT`
 */
export async function beginEnrolment(call: PasskeyCall, room: PasskeyRoom): Promise<string> {
  const session = await confirmedSessionOf(call, room);
  const party = relyingPartyIn(room);
  const known = await room.passkeys.pointersOf(session.subject);
  if (known.length >= MOST_PASSKEYS) throw tooMany();
  const fresh = randomBytes(32).toString('base64url');
  const handle = await room.passkeys.handleOf(session.subject, fresh);
  const masked = maskNumber(session.personalNumber);
  const options = await generateRegistrationOptions({
    rpName: 'Dinhdanh',
    rpID: party.id,
    userID: Uint8Array.from(Buffer.from(handle, 'base64url')),
    userName: masked,
    userDisplayName: masked,
    challenge: Uint8Array.from(await giveChallenge(session, 'ENROL', call, room)),
    timeout: CHALLENGE_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: known.map(toDescriptor),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return JSON.stringify(options);
}

/**
 * Enrols a passkey by what the authenticator answered.
 *
 * @throws AppError `PASSCODE_REQUIRED` · `RATE_LIMITED` · `BAD_USER_INPUT` with the field `name`, or with the reason
 * `PASSKEY_INVALID`, `CHALLENGE_EXPIRED` or `PASSKEY_LIMIT`
 */
export async function finishEnrolment(
  input: PasskeyAnswer,
  call: PasskeyCall,
  room: EnrolRoom,
): Promise<Passkey> {
  const session = await confirmedSessionOf(call, room);
  const party = relyingPartyIn(room);
  const name = passkeyName(input.name);
  if (name === null) throw new AppError('BAD_USER_INPUT', { field: 'name' });
  const { challenge, response } = readAnswer<RegistrationResponseJSON>(input.answer);
  await takeChallenge(session, { purpose: 'ENROL', challenge }, call, room);
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
    // Whatever the library finds wrong is the answer's fault; its texts quote the answer and stay inside.
  }).catch((error: unknown) => refusePasskey(invalidPasskey('refused', error), 'answer', call));
  if (!verified) return refusePasskey(invalidPasskey('attestation'), 'attestation', call);
  const { credential, credentialBackedUp: backedUp } = registrationInfo;
  const passkey = { id: randomBytes(16).toString('base64url'), name, backedUp, createdAt: call.now };
  const outcome = await room.passkeys.enrol({
    ...passkey,
    subject: session.subject,
    credentialId: credential.id,
    publicKey: credential.publicKey,
    counter: BigInt(credential.counter),
    transports: (credential.transports ?? []).filter((transport) => transports.has(transport)),
  });
  if (outcome === 'locked') throw new AppError('ACCOUNT_LOCKED');
  if (outcome === 'full') throw tooMany();
  // Somebody's already, this person's or another's: which, is not told.
  if (outcome === 'taken') return refusePasskey(invalidPasskey('known already'), 'taken', call);
  await room.store.forgive([counterOf(session)], call.now, forgiveAttempt);
  call.log.info('ACCOUNTS_PASSKEY_ENROLLED');
  return { ...passkey, lastUsedAt: null };
}

/**
 * Removes one of the caller's passkeys.
 *
 * @throws AppError `PASSCODE_REQUIRED` without an open window · `BAD_USER_INPUT` with the reason `PASSKEY_UNKNOWN`
 */
export async function removePasskey(id: string, call: PasskeyCall, room: PasskeyRoom): Promise<void> {
  const { subject } = await confirmedSessionOf(call, room);
  if (id.includes('\0') || !(await room.passkeys.remove(subject, id))) throw unknownPasskey('id');
  call.log.info('ACCOUNTS_PASSKEY_REMOVED');
}

/** A passkey as options name it to a browser. */
export function toDescriptor({
  credentialId,
  transports: told,
}: {
  readonly credentialId: string;
  readonly transports: readonly string[];
}): { id: string; transports: AuthenticatorTransport[] } {
  return { id: credentialId, transports: [...told] as AuthenticatorTransport[] };
}

function tooMany(): AppError {
  return new AppError('BAD_USER_INPUT', { reason: 'PASSKEY_LIMIT' });
}
