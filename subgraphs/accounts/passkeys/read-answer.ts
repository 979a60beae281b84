import { AppError } from '@dinhdanh/kit';

/** What an answer says of itself before anything in it is verified. */
export interface ReadAnswer<Response> {
  /** As the authenticator names the passkey, base64url. */
  readonly credentialId: string;
  /** The challenge it says it answers. */
  readonly challenge: string;
  /** For the library that verifies it, which checks every member anew. */
  readonly response: Response;
}

/** Far above what an authenticator answers without attestation. */
const LONGEST_ANSWER = 20_000;

/**
 * Reads the JSON of an answer (WebAuthn Level 3, 5.1: `RegistrationResponseJSON`, `AuthenticationResponseJSON`) as far
 * as it must be known which challenge and which passkey it is about. An answer from within another site's frame is
 * none of ours.
 *
 * @throws AppError `BAD_USER_INPUT` with the reason `PASSKEY_INVALID`
 */
export function readAnswer<Response>(text: string): ReadAnswer<Response> {
  if (text.length > LONGEST_ANSWER) throw invalidPasskey('too long');
  const answer = readJson(text);
  const { id, response } = answer as { id?: unknown; response?: { clientDataJSON?: unknown } | null };
  const clientData = response?.clientDataJSON;
  if (typeof id !== 'string' || id === '' || typeof clientData !== 'string') throw invalidPasskey('shape');
  const { challenge, crossOrigin } = readJson(Buffer.from(clientData, 'base64url').toString('utf8')) as {
    challenge?: unknown;
    crossOrigin?: unknown;
  };
  if (typeof challenge !== 'string' || challenge.includes('\0') || id.includes('\0'))
    throw invalidPasskey('challenge');
  if (crossOrigin === true) throw invalidPasskey('cross-origin');
  return { credentialId: id, challenge, response: answer as Response };
}

/** That an answer is not one of the passkey it names; `internal` for the log, never told. */
export function invalidPasskey(internal: string, cause?: unknown): AppError {
  return new AppError('BAD_USER_INPUT', {
    field: 'answer',
    reason: 'PASSKEY_INVALID',
    internal: `passkey: ${internal}`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** That there is no such passkey of this person. */
export function unknownPasskey(field: 'answer' | 'id'): AppError {
  return new AppError('BAD_USER_INPUT', { field, reason: 'PASSKEY_UNKNOWN' });
}

function readJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below: what is no JSON is as good as what is no object.
  }
  throw invalidPasskey('no JSON');
}
