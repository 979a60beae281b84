/** What a log says of its tree: https://c2sp.org/tlog-checkpoint, "Note text". */
import { parseHash, toBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { EMPTY_ROOT, HASH_BYTES, type Hash, sameHash } from './hash.ts';
import { type Result, done, refused } from './result.ts';
import { isNoteText } from './signed-note.ts';
import { isTreeSize } from './tree-nodes.ts';

/** A tree head. */
export interface Checkpoint {
  /** Which log: the name of its key, by custom. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Lines that only some understand; our log writes none. */
  readonly extensions: readonly string[];
}

/** Writes the text above the signatures. Refused: what could not be read again as it is. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): Result<string> {
  if (!isTreeSize(size) || root.length !== HASH_BYTES) return refused('checkpoint-malformed');
  const text = [origin, String(size), toBase64(root), ...extensions, ''].join('\n');
  const again = parseCheckpoint(text);
  if (!again.ok) return again;
  return again.value.extensions.length === extensions.length ? done(text) : refused('checkpoint-malformed');
}

/** Reads the text above the signatures: at least three lines, none empty, nothing written in two ways. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  if (!isNoteText(text)) return refused('checkpoint-malformed');
  const lines = text.slice(0, -1).split('\n');
  const [origin, sizeText, rootText, ...extensions] = lines;
  if (origin === undefined || sizeText === undefined || rootText === undefined || lines.includes(''))
    return refused('checkpoint-malformed');
  const size = parseDecimal(sizeText);
  if (!size.ok) return size;
  const root = parseHash(rootText);
  if (!root.ok) return root;
  // There is one tree of size 0, and its root is known to everybody.
  if (size.value === 0 && !sameHash(root.value, EMPTY_ROOT)) return refused('root-mismatch');
  return done({ origin, size: size.value, root: root.value, extensions });
}
