import { toBase64, utf8 } from '../proof/bytes.ts';
import { leafHash as hashOf, rootOfInclusion } from '../proof/inclusion.ts';
import { readCheckpoint, readProof } from '../proof/read-proof.ts';

/** What a browser finds when it computes a proof anew. It knows no key: whose signature it is, the offline tool tells. */
export type ProofCheck =
  | { readonly state: 'holds'; readonly size: number }
  | { readonly state: 'fails' }
  /** The browser has no SHA-256 for pages: it lends it to secure origins alone. */
  | { readonly state: 'unable' };

/** The entry a proof is about, as the screen shows it. */
export interface ProofClaim {
  readonly origin: string;
  readonly index: number;
  /** SHA-256, base64. */
  readonly leafHash: string;
  /** The entry's canonical bytes as text. */
  readonly entry: string;
  /** A C2SP tlog-proof. */
  readonly proof: string;
}

/** Whether the entry has its hash, and stands at its place in the tree of the checkpoint (RFC 9162 §2.1.3.2). */
export async function checkProof({ origin, index, leafHash, entry, proof }: ProofClaim): Promise<ProofCheck> {
  if (globalThis.crypto?.subtle === undefined) return { state: 'unable' };
  const read = readProof(proof);
  const checkpoint = read === null ? null : readCheckpoint(read.note);
  if (read === null || read.index !== index || checkpoint?.origin !== origin) return { state: 'fails' };
  const leaf = await hashOf(utf8(entry));
  if (toBase64(leaf) !== leafHash) return { state: 'fails' };
  const { size, root } = checkpoint;
  const led = await rootOfInclusion(leaf, index, size, read.path);
  return led !== null && toBase64(led) === toBase64(root) ? { state: 'holds', size } : { state: 'fails' };
}
