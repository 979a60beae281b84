/** The texts of C2SP as data: tlog-proof, signed-note, tlog-checkpoint and verifier keys. Nothing is believed by reading. */
import { fromBase64, joined, sha256, toBase64, utf8 } from './bytes.ts';
import type { Hash } from './inclusion.ts';

/** One line of signature beneath a note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** A text with its signatures: https://c2sp.org/signed-note. */
export interface SignedNote {
  /** With its final newline, as it was signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** What a log says of its tree: https://c2sp.org/tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** A proof to take along: https://c2sp.org/tlog-proof. */
export interface TlogProof {
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed checkpoint. */
  readonly note: SignedNote;
}

/** A public key as verifiers write it: https://c2sp.org/signed-note, "Verifier keys". */
export interface VerifierKey {
  readonly name: string;
  readonly id: number;
  /** `note` signs the text, `cosignature` the text with a time. */
  readonly use: 'note' | 'cosignature';
  /** Ed25519, 32 bytes. */
  readonly raw: Uint8Array<ArrayBuffer>;
}

const maxPath = 63;
const types = { note: 1, cosignature: 4 } as const;

/** Reads a proof; null where it is none. */
export function readProof(text: string): TlogProof | null {
  const split = text.indexOf('\n\n');
  const [header, ...rest] = text.slice(0, Math.max(split, 0)).split('\n');
  const [indexLine = '', ...pathLines] = rest[0]?.startsWith('extra ') === true ? rest.slice(1) : rest;
  if (header !== 'c2sp.org/tlog-proof@v1' || pathLines.length > maxPath) return null;
  const index = /^index (0|[1-9]\d*)$/.exec(indexLine)?.[1];
  const path = pathLines.map(readHash);
  const note = readNote(text.slice(split + 2));
  if (index === undefined || !Number.isSafeInteger(Number(index)) || note === null) return null;
  return path.every((hash) => hash !== null) ? { index: Number(index), path, note } : null;
}

/** Takes a note apart at its last empty line; null where it is none. */
export function readNote(text: string): SignedNote | null {
  const split = text.lastIndexOf('\n\n');
  if (split < 0 || !text.endsWith('\n')) return null;
  const lines = text.slice(split + 2, -1).split('\n');
  const signatures = lines.map(readSignature);
  return signatures.every((one) => one !== null) ? { text: text.slice(0, split + 1), signatures } : null;
}

/** Reads the text above the signatures; null where it is no checkpoint. */
export function readCheckpoint({ text }: SignedNote): Checkpoint | null {
  const [origin = '', size = '', root = ''] = text.slice(0, -1).split('\n');
  const hash = readHash(root);
  if (origin === '' || hash === null || !/^(0|[1-9]\d*)$/.test(size)) return null;
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root: hash } : null;
}

/** Reads a key and holds its id against its name and bytes; null where it is none. */
export async function readVerifierKey(text: string): Promise<VerifierKey | null> {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded ?? '');
  const use = (['note', 'cosignature'] as const).find((one) => types[one] === bytes?.[0]);
  if (name === undefined || id === undefined || bytes?.length !== 33 || use === undefined) return null;
  const key = await verifierKey(name, use, bytes.slice(1));
  return key.id === Number.parseInt(id, 16) ? key : null;
}

/** A key of the same bytes under a name: the log signs each half-year's tree with one key, named after the tree. */
export async function verifierKey(
  name: string,
  use: VerifierKey['use'],
  raw: Uint8Array<ArrayBuffer>,
): Promise<VerifierKey> {
  const sum = await sha256(joined(utf8(`${name}\n`), Uint8Array.of(types[use]), raw));
  return { name, use, raw, id: new DataView(sum.buffer).getUint32(0) };
}

/** The key as verifiers write it. */
export function formatVerifierKey({ name, id, use, raw }: VerifierKey): string {
  return `${name}+${id.toString(16).padStart(8, '0')}+${toBase64(joined(Uint8Array.of(types[use]), raw))}`;
}

/**
 * The keys of several half-years of one log, written as verifiers write them: one key signs them all, each under its
 * own name. The given key itself where it is none.
 */
export async function logKeysFor(origins: readonly string[], logKey: string): Promise<readonly string[]> {
  const given = await readVerifierKey(logKey);
  if (given === null) return [logKey];
  const keys = await Promise.all(origins.map((origin) => verifierKey(origin, given.use, given.raw)));
  return keys.map(formatVerifierKey);
}

function readSignature(line: string): NoteSignature | null {
  const [, name, encoded] = /^— ([^ +]+) ([^ ]+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded ?? '');
  if (name === undefined || bytes === null || bytes.length < 5) return null;
  return { name, keyId: new DataView(bytes.buffer).getUint32(0), signature: bytes.slice(4) };
}

function readHash(text: string): Hash | null {
  const bytes = fromBase64(text);
  return bytes?.length === 32 ? bytes : null;
}
