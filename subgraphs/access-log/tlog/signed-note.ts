/** Texts with signatures beneath: https://c2sp.org/signed-note, "Format" and "Signatures". */
import { parseBase64, toBase64 } from './base64.ts';
import { type Result, done, refused } from './result.ts';
import { parseUtf8 } from './utf8.ts';
import { isKeyName } from './verifier-key.ts';

/** One signature line, verified or not. */
export interface NoteSignature {
  readonly name: string;
  /** uint32: the id of the key. */
  readonly keyId: number;
  /** What follows the key id: 64 bytes of a note's signature, 72 of a cosignature, anything of an unknown kind. */
  readonly signature: Uint8Array;
}

/** A note taken apart. Its text means nothing until a signature by a trusted key holds. */
export interface SignedNote {
  /** With its final newline, without the empty line that follows. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The limits of Go's sumdb/note: notes of a million bytes, a hundred signatures. */
const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;

/** A signature line. Behind the em dash (U+2014): the name, and base64 of key id and signature. */
const line = /^— (?<name>[^ ]+) (?<encoded>[^ ]+)$/u;

/** True for what can stand above signatures: ends in a newline, whole characters, no control but newlines. */
export function isNoteText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** Takes a note apart at its last empty line. Nothing about it is verified. */
export function parseNote(bytes: Uint8Array): Result<SignedNote> {
  if (bytes.length > MAX_NOTE_BYTES) return refused('note-too-large');
  const whole = parseUtf8(bytes);
  if (whole === null) return refused('note-not-utf8');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !isNoteText(whole)) return refused('note-malformed');
  const lines = parseSignatureLines(whole.slice(split + 2));
  return lines.ok ? done({ text: whole.slice(0, split + 1), signatures: lines.value }) : lines;
}

/** Reads signature lines, each with its newline: the end of a note, or a witness's answer. At least one. */
export function parseSignatureLines(text: string): Result<NoteSignature[]> {
  if (!text.endsWith('\n')) return refused('note-malformed');
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return refused('note-too-many-signatures');
  const signatures: NoteSignature[] = [];
  for (const one of lines) {
    const { name, encoded } = line.exec(one)?.groups ?? {};
    if (name === undefined || encoded === undefined || !isKeyName(name)) return refused('note-malformed');
    const bytes = parseBase64(encoded);
    if (!bytes.ok || bytes.value.length < 5) return refused('note-malformed');
    signatures.push({ name, keyId: bytes.value.readUInt32BE(), signature: bytes.value.subarray(4) });
  }
  return done(signatures);
}

/** A signature as its line, with the newline. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(keyId);
  return `— ${name} ${toBase64(Buffer.concat([id, signature]))}\n`;
}

/** Text and signatures as a note. Refused: a text that could not be read again as it is, no signature at all. */
export function formatNote({ text, signatures }: SignedNote): Result<string> {
  if (!isNoteText(text) || signatures.length === 0) return refused('note-malformed');
  if (signatures.length > MAX_SIGNATURES) return refused('note-too-many-signatures');
  if (!signatures.every(({ name, signature }) => isKeyName(name) && signature.length > 0))
    return refused('note-malformed');
  return done(`${text}\n${signatures.map(formatSignature).join('')}`);
}
