/** A proof to take along: https://c2sp.org/tlog-proof, "Format". Everything a verifier needs but the entry and the keys. */
import { parseBase64, parseHash, toBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { HASH_BYTES, type Hash } from './hash.ts';
import { inclusionFault } from './inclusion-proof.ts';
import { type CheckpointPolicy, openCheckpoint, type OpenedCheckpoint } from './open-checkpoint.ts';
import { type Result, done, refused } from './result.ts';
import { parseNote } from './signed-note.ts';
import { isTreeSize } from './tree-nodes.ts';
import { parseUtf8 } from './utf8.ts';

/** A proof of inclusion with the checkpoint it leads to. */
export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling to the root's child. */
  readonly path: readonly Hash[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** What the application put beside it; nobody vouches for it. Null where there is none. */
  readonly extra: Uint8Array | null;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** No tree of at most 2^63 leaves has a longer path; C2SP tlog-witness draws the same line. */
const MAX_PATH = 63;

/** Writes a proof. Refused: a checkpoint that is no note, an index or a hash that is none. */
export function formatTlogProof({ index, path, checkpoint, extra }: TlogProof): Result<string> {
  if (!isTreeSize(index) || path.length > MAX_PATH) return refused('tlog-proof-malformed');
  if (path.some(({ length }) => length !== HASH_BYTES)) return refused('hash-length-wrong');
  const note = parseNote(Buffer.from(checkpoint));
  if (!note.ok) return note;
  const lines = [
    HEADER,
    ...(extra === null || extra.length === 0 ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...path.map(toBase64),
    '',
  ];
  return done(`${lines.join('\n')}\n${checkpoint}`);
}

/** Reads a proof. Nothing about it is verified, the form of the checkpoint excepted. */
export function parseTlogProof(bytes: Uint8Array): Result<TlogProof> {
  const text = parseUtf8(bytes);
  // No line of the head is empty, so the first empty line ends it.
  const split = text?.indexOf('\n\n') ?? -1;
  if (text === null || split < 0) return refused('tlog-proof-malformed');
  const [header, ...rest] = text.slice(0, split).split('\n');
  const hasExtra = rest[0]?.startsWith('extra ') ?? false;
  const extra = hasExtra ? parseBase64((rest[0] ?? '').slice('extra '.length)) : null;
  const [indexLine, ...pathLines] = hasExtra ? rest.slice(1) : rest;
  if (header !== HEADER || indexLine?.startsWith('index ') !== true || pathLines.length > MAX_PATH)
    return refused('tlog-proof-malformed');
  if (extra !== null && (!extra.ok || extra.value.length === 0)) return refused('tlog-proof-malformed');
  const index = parseDecimal(indexLine.slice('index '.length));
  if (!index.ok) return index;
  const path: Hash[] = [];
  for (const line of pathLines) {
    const hash = parseHash(line);
    if (!hash.ok) return hash;
    path.push(hash.value);
  }
  const checkpoint = text.slice(split + 2);
  const note = parseNote(Buffer.from(checkpoint));
  if (!note.ok) return note;
  return done({ index: index.value, path, checkpoint, extra: extra?.value ?? null });
}

/** Holds a proof against a policy: its checkpoint, then that the leaf is in that checkpoint's tree. */
export function verifyTlogProof(
  { index, path, checkpoint }: TlogProof,
  leaf: Hash,
  policy: CheckpointPolicy,
): Result<OpenedCheckpoint> {
  const opened = openCheckpoint(Buffer.from(checkpoint), policy);
  if (!opened.ok) return opened;
  const { size, root } = opened.value.checkpoint;
  const fault = inclusionFault(leaf, index, size, path, root);
  return fault === null ? opened : refused(fault);
}
