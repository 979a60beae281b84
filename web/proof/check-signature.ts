/** Signatures beneath notes: Ed25519 over the text, and the timestamped kind of witnesses (https://c2sp.org/tlog-cosignature). */
import { joined, utf8 } from './bytes.ts';
import type { SignedNote, VerifierKey } from './read-proof.ts';

/** What came of holding one key against a note. */
export type SignatureState =
  /** `at` is when a witness cosigned; null for the log's own signature, which states no time. */
  | { readonly state: 'held'; readonly at: Date | null }
  | { readonly state: 'broken' }
  /** The key has not signed. */
  | { readonly state: 'absent' }
  /** This browser cannot compute Ed25519. */
  | { readonly state: 'unsupported' };

/** Holds a key against a note. Of signatures by the same key every one must hold. */
export async function checkSignature(note: SignedNote, key: VerifierKey): Promise<SignatureState> {
  const own = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.id);
  if (own.length === 0) return { state: 'absent' };
  let last: SignatureState = { state: 'absent' };
  for (const { signature } of own) {
    last = await checkOne(note.text, key, signature);
    if (last.state !== 'held') return last;
  }
  return last;
}

async function checkOne(
  text: string,
  { use, raw }: VerifierKey,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<SignatureState> {
  const timed = use === 'cosignature';
  if (bytes.length !== (timed ? 72 : 64)) return { state: 'broken' };
  const seconds = timed ? Number(new DataView(bytes.buffer).getBigUint64(0)) : null;
  const message = timed ? joined(utf8(`cosignature/v1\ntime ${seconds}\n`), utf8(text)) : utf8(text);
  try {
    const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']);
    const holds = await crypto.subtle.verify('Ed25519', key, timed ? bytes.slice(8) : bytes, message);
    if (!holds) return { state: 'broken' };
    return { state: 'held', at: seconds === null ? null : new Date(seconds * 1000) };
  } catch {
    return { state: 'unsupported' };
  }
}
