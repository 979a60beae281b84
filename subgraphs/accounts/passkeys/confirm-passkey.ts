import { AppError } from '@dinhdanh/kit';
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { confirm } from '../confirmation.ts';
import { toDescriptor } from './enrol-passkey.ts';
import type { PasskeyAnswer } from './enrol-passkey.ts';
import {
  counterOf,
  giveChallenge,
  refusePasskey,
  relyingPartyIn,
  sessionOf,
  takeChallenge,
} from './passkey-call.ts';
import type { PasskeyCall, PasskeyRoom } from './passkey-call.ts';
import type { PasskeyKey } from './passkey.ts';
import { invalidPasskey, readAnswer, unknownPasskey } from './read-answer.ts';
import { CHALLENGE_SECONDS, counterWentOn } from './rules.ts';

/**
 * Begins to confirm by passkey: request options as JSON.
 *
 * @throws AppError `BAD_USER_INPUT` with the reason `PASSKEY_UNKNOWN` for who has none
 */
export async function beginConfirmation(call: PasskeyCall, room: PasskeyRoom): Promise<string> {
  const session = await sessionOf(call, room);
  const party = relyingPartyIn(room);
  const known = await room.passkeys.pointersOf(session.subject);
  if (known.length === 0) throw new AppError('BAD_USER_INPUT', { reason: 'PASSKEY_UNKNOWN' });
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: Uint8Array.from(await giveChallenge(session, 'CONFIRM', call, room)),
    timeout: CHALLENGE_SECONDS * 1000,
    allowCredentials: known.map(toDescriptor),
    userVerification: 'required',
  });
  return JSON.stringify(options);
}

/**
 * Opens sensitive data to the caller's session for five minutes, by a new confirmation.
 *
 * @throws AppError `RATE_LIMITED` · `BAD_USER_INPUT` with the reason `PASSKEY_INVALID` (a counter that went back
 * among them, which raises the alarm), `PASSKEY_UNKNOWN` (another person's as well) or `CHALLENGE_EXPIRED`
 */
export async function confirmPasskey(
  input: PasskeyAnswer,
  call: PasskeyCall,
  room: PasskeyRoom,
): Promise<{ expiresAt: Date; passcodeUntil: Date }> {
  const session = await sessionOf(call, room);
  const { credentialId, challenge, response } = readAnswer<AuthenticationResponseJSON>(input.answer);
  await takeChallenge(session, { purpose: 'CONFIRM', challenge }, call, room);
  const key = await room.passkeys.findKey(session.subject, credentialId);
  if (key === null) return refusePasskey(unknownPasskey('answer'), 'unknown', call);
  const used = await verify({ key, challenge, response }, call, room);
  if (!counterWentOn(key.counter, used.counter)) return refuseClone(call);
  const confirmation = confirm('passkey', call.now);
  const outcome = await room.passkeys.confirm(session.id, used, confirmation, counterOf(session));
  if (outcome === 'cloned') return refuseClone(call);
  if (outcome === 'ended') throw new AppError('UNAUTHENTICATED');
  return { expiresAt: session.expiresAt, passcodeUntil: confirmation.until };
}

/** Verifies an answer by the passkey's own key, origin and relying party; what it says of the counter is not judged here. */
async function verify(
  answered: { key: PasskeyKey; challenge: string; response: AuthenticationResponseJSON },
  call: PasskeyCall,
  room: PasskeyRoom,
): Promise<{ id: string; counter: bigint; backedUp: boolean }> {
  const { key, challenge, response } = answered;
  const party = relyingPartyIn(room);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.id,
    requireUserVerification: true,
    // Held against 0, any count passes: the library's refusal could not be told from a forged signature.
    credential: { id: key.credentialId, publicKey: key.publicKey, counter: 0 },
  }).catch((error: unknown) => refusePasskey(invalidPasskey('refused', error), 'answer', call));
  if (!verified) return refusePasskey(invalidPasskey('signature'), 'signature', call);
  const { userHandle } = response.response;
  if (userHandle !== undefined && userHandle !== null && userHandle !== key.handle)
    return refusePasskey(invalidPasskey('user handle'), 'handle', call);
  const { newCounter, credentialBackedUp } = authenticationInfo;
  return { id: key.id, counter: BigInt(newCounter), backedUp: credentialBackedUp };
}

/** Two devices hold the key, or one was set back: either way nobody knows which is the owner's. */
function refuseClone(call: PasskeyCall): never {
  call.log.error('ACCOUNTS_PASSKEY_CLONED');
  return refusePasskey(invalidPasskey('counter'), 'counter', call);
}
