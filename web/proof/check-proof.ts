import { sameBytes, toBase64, utf8 } from './bytes.ts';
import { leafHash, rootOfInclusion } from './inclusion.ts';
import { readCheckpoint, readProof } from './read-proof.ts';

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

/** Whether the entry has its hash, and stands at its place in the tree of the checkpoint. */
export async function checkProof({
  origin,
  index,
  leafHash: shown,
  entry,
  proof,
}: ProofClaim): Promise<ProofCheck> {
  if (globalThis.crypto?.subtle === undefined) return { state: 'unable' };
  const read = readProof(proof);
  const checkpoint = read === null ? null : readCheckpoint(read.note);
  const leaf = await leafHash(utf8(entry));
  const isAboutIt = read?.index === index && checkpoint?.origin === origin && toBase64(leaf) === shown;
  if (read === null || checkpoint === null || !isAboutIt) return { state: 'fails' };
  const root = await rootOfInclusion(leaf, index, checkpoint.size, read.path);
  return root !== null && sameBytes(root, checkpoint.root)
    ? { state: 'holds', size: checkpoint.size }
    : { state: 'fails' };
}
