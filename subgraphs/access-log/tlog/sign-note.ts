/**
 * Making and checking the signatures beneath a note: Ed25519 over the text (https://c2sp.org/signed-note, "Ed25519
 * signatures"), and the timestamped kind of witnesses (https://c2sp.org/tlog-cosignature, "Ed25519 signed message").
 */
import { sign, verify } from 'node:crypto';
import { type Result, done, refused } from './result.ts';
import { isNoteText, type NoteSignature, type SignedNote } from './signed-note.ts';
import { rawKey, type SignerKey, type VerifierKey } from './verifier-key.ts';

const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;

/** A signature that holds. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  /** When a witness cosigned, in seconds since 1970; null for signatures that state no time. */
  readonly timeSeconds: number | null;
}

/**
 * Signs a note's text.
 * @param timeSeconds the time that a cosignature states; a key of use `note` takes null
 * @throws RangeError for a text that is none, or a time that does not fit the key's use: faults of the caller
 */
export function signNote(text: string, key: SignerKey, timeSeconds: number | null = null): NoteSignature {
  if (!isNoteText(text)) throw new RangeError('this cannot be the text of a note');
  const message = signedMessage(text, key.use, timeSeconds);
  if (message === null) throw new RangeError('a cosignature states a time, in whole seconds; a note none');
  const signature = sign(null, message, key.privateKey);
  return {
    name: key.name,
    keyId: key.id,
    signature: timeSeconds === null ? signature : Buffer.concat([timeBytes(timeSeconds), signature]),
  };
}

/** The text itself, or `cosignature/v1`, the time and the text. Null where use and time do not go together. */
function signedMessage(text: string, use: SignerKey['use'], timeSeconds: number | null): Buffer | null {
  if (use === 'note') return timeSeconds === null ? Buffer.from(text) : null;
  if (timeSeconds === null || !Number.isSafeInteger(timeSeconds) || timeSeconds < 0) return null;
  return Buffer.from(`cosignature/v1\ntime ${timeSeconds}\n${text}`);
}

/** Big-endian, as TLS presentation (RFC 8446 §3.3) has it. */
function timeBytes(timeSeconds: number): Buffer {
  const bytes = Buffer.alloc(TIME_BYTES);
  bytes.writeBigUInt64BE(BigInt(timeSeconds));
  return bytes;
}

/**
 * Checks every signature of a note that is by one of the given keys, and passes over the others ("verifiers MUST
 * ignore signatures from unknown keys"). One that does not hold refuses the whole note; a key that signed twice
 * counts once. No signature by a known key at all: `signature-missing`.
 */
export function verifyNote(note: SignedNote, keys: readonly VerifierKey[]): Result<VerifiedSignature[]> {
  if (!areDistinct(keys)) return refused('keys-not-distinct');
  const verified = new Map<VerifierKey, VerifiedSignature>();
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.keyId);
    if (key === undefined) continue;
    const checked = verifySignature(note.text, signature, key);
    if (!checked.ok) return checked;
    if (!verified.has(key)) verified.set(key, checked.value);
  }
  return verified.size === 0 ? refused('signature-missing') : done([...verified.values()]);
}

/** One key in two roles or under two names would be counted as two. */
function areDistinct(keys: readonly VerifierKey[]): boolean {
  return new Set(keys.map(({ publicKey }) => rawKey(publicKey).toString('hex'))).size === keys.length;
}

function verifySignature(
  text: string,
  { signature }: NoteSignature,
  key: VerifierKey,
): Result<VerifiedSignature> {
  const timed = key.use === 'cosignature';
  if (signature.length !== SIGNATURE_BYTES + (timed ? TIME_BYTES : 0)) return refused('signature-invalid');
  let timeSeconds: number | null = null;
  if (timed) {
    // The specification allows up to 2^63 − 1; nobody's clock is past 2^53 − 1.
    const time = Buffer.from(signature).readBigUInt64BE();
    if (time > BigInt(Number.MAX_SAFE_INTEGER)) return refused('timestamp-too-large');
    timeSeconds = Number(time);
  }
  const message = signedMessage(text, key.use, timeSeconds);
  const bytes = timed ? signature.subarray(TIME_BYTES) : signature;
  return message !== null && verify(null, message, key.publicKey, bytes)
    ? done({ key, timeSeconds })
    : refused('signature-invalid');
}
