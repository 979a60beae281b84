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

type Bytes = Uint8Array<ArrayBuffer>;

/** Whether the entry has its hash, and stands at its place in the tree of the checkpoint (RFC 9162 §2.1.3.2). */
export async function checkProof({ origin, index, leafHash, entry, proof }: ProofClaim): Promise<ProofCheck> {
  if (globalThis.crypto?.subtle === undefined) return { state: 'unable' };
  const parsed = parseProof(proof);
  if (parsed === null || parsed.origin !== origin || parsed.index !== index) return { state: 'fails' };
  const leaf = await sha256(Uint8Array.of(0), new TextEncoder().encode(entry));
  if (toBase64(leaf) !== leafHash) return { state: 'fails' };
  const root = await rootFrom(leaf, parsed);
  return root !== null && toBase64(root) === parsed.root
    ? { state: 'holds', size: parsed.size }
    : { state: 'fails' };
}

interface ParsedProof {
  readonly index: number;
  readonly path: readonly Bytes[];
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

/** A tlog-proof (https://c2sp.org/tlog-proof) with the head of its checkpoint; null for text of another form. */
function parseProof(text: string): ParsedProof | null {
  const split = text.indexOf('\n\n');
  const [header, ...rest] = text.slice(0, Math.max(0, split)).split('\n');
  const [indexLine = '', ...hashes] = rest[0]?.startsWith('extra ') === true ? rest.slice(1) : rest;
  const [origin = '', size = '', root = ''] = text.slice(split + 2).split('\n');
  const index = /^index (\d{1,15})$/.exec(indexLine)?.[1];
  if (header !== 'c2sp.org/tlog-proof@v1' || index === undefined || !/^\d{1,15}$/.test(size)) return null;
  const path = hashes.map(fromBase64);
  if (!path.every((hash) => hash !== null)) return null;
  return { index: Number(index), path, origin, size: Number(size), root };
}

async function rootFrom(leaf: Bytes, { index, size, path }: ParsedProof): Promise<Bytes | null> {
  if (index >= size) return null;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return null;
    const isRight = node % 2 === 1 || node === last;
    hash = isRight ? await pairHash(sibling, hash) : await pairHash(hash, sibling);
    // Where the right edge has no sibling on a level, the path leaves the level out.
    while (isRight && node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : null;
}

function pairHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(Uint8Array.of(1), left, right);
}

async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  const joined = Uint8Array.from(parts.flatMap((part) => [...part]));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
}

function toBase64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Bytes | null {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return bytes.length === 32 ? bytes : null;
  } catch {
    return null;
  }
}
