/**
 * Proves one entry in the browser, from its bytes and public keys alone. What the server says of a proof counts for
 * nothing: `proved` means that it was computed here.
 */
import { sameBytes, toBase64, utf8 } from './bytes.ts';
import { checkSignature, type SignatureState } from './check-signature.ts';
import { leafHash, rootOfInclusion } from './inclusion.ts';
import { type Checkpoint, readCheckpoint, readProof, readVerifierKey, verifierKey } from './read-proof.ts';

/** What is held against what. */
export interface EntryEvidence {
  /** The entry's canonical bytes as text. */
  readonly entry: string;
  /** C2SP tlog-proof. */
  readonly proof: string;
  /** Where the entry is said to be. */
  readonly origin: string;
  readonly index: number;
  /** The leaf hash shown before, standard base64, where there was one. */
  readonly leafHash: string | null;
  /** The key of the log now in use; its older half-years are signed by the same key under their own names. */
  readonly logKey: string;
  readonly witnessKeys: readonly string[];
}

/** Why a proof does not hold. */
export type ProofFault =
  | 'malformed'
  | 'other-place'
  | 'other-entry'
  | 'path-broken'
  | 'signature-missing'
  | 'signature-broken'
  | 'key-malformed';

/** What was computed of a proof. */
export interface EntryVerdict {
  /** `unsigned`: the hashes hold, but this browser cannot check signatures. */
  readonly state: 'proved' | 'unsigned' | 'broken';
  /** Null unless `broken`. */
  readonly fault: ProofFault | null;
  readonly leafHash: string;
  /** How many hashes lead from the entry to the root. */
  readonly steps: number;
  readonly checkpoint: (Pick<Checkpoint, 'origin' | 'size'> & { readonly root: string }) | null;
  readonly witnesses: readonly { readonly name: string; readonly signature: SignatureState }[];
}

/** Computes all of it. Never throws at what came from outside. */
export async function verifyEntry(evidence: EntryEvidence): Promise<EntryVerdict> {
  const leaf = await leafHash(utf8(evidence.entry));
  const nothing: EntryVerdict = {
    state: 'broken',
    fault: 'malformed',
    leafHash: toBase64(leaf),
    steps: 0,
    checkpoint: null,
    witnesses: [],
  };
  const proof = readProof(evidence.proof);
  const checkpoint = proof === null ? null : readCheckpoint(proof.note);
  if (proof === null || checkpoint === null) return nothing;
  const { origin, size, root } = checkpoint;
  const read = {
    ...nothing,
    steps: proof.path.length,
    checkpoint: { origin, size, root: toBase64(root) },
  };
  if (proof.index !== evidence.index || origin !== evidence.origin) return { ...read, fault: 'other-place' };
  if (evidence.leafHash !== null && evidence.leafHash !== toBase64(leaf))
    return { ...read, fault: 'other-entry' };
  const led = await rootOfInclusion(leaf, proof.index, size, proof.path);
  if (led === null || !sameBytes(led, root)) return { ...read, fault: 'path-broken' };

  const given = await readVerifierKey(evidence.logKey);
  if (given === null || given.use !== 'note' || !isSameLog(given.name, origin))
    return { ...read, fault: 'key-malformed' };
  const signature = await checkSignature(proof.note, await verifierKey(origin, 'note', given.raw));
  const witnesses = await Promise.all(
    evidence.witnessKeys.map(async (text) => {
      const key = await readVerifierKey(text);
      if (key?.use !== 'cosignature') return { name: text, signature: { state: 'broken' } as const };
      return { name: key.name, signature: await checkSignature(proof.note, key) };
    }),
  );
  const whole = { ...read, witnesses };
  if (signature.state === 'absent') return { ...whole, fault: 'signature-missing' };
  if (signature.state === 'broken' || witnesses.some(({ signature: { state } }) => state === 'broken'))
    return { ...whole, fault: 'signature-broken' };
  return { ...whole, state: signature.state === 'held' ? 'proved' : 'unsigned', fault: null };
}

/** Half-years of one log: `log.example/2026h1` and `log.example/2026h2`. */
function isSameLog(one: string, other: string): boolean {
  const half = /\/\d{4}h[12]$/;
  return one.replace(half, '') === other.replace(half, '');
}
