/** What a log sends to be cosigned: https://c2sp.org/tlog-witness, "add-checkpoint". Pure. */
import {
  type Checkpoint,
  done,
  type Hash,
  parseCheckpoint,
  parseDecimal,
  parseHash,
  parseNote,
  refused,
  type Result,
  type SignedNote,
} from '../tlog/index.ts';

/** A request taken apart. Nothing about it is verified. */
export interface Submission {
  /** The size of the tree that the proof starts from. */
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  readonly note: SignedNote;
  readonly checkpoint: Checkpoint;
  /** The note as it came. */
  readonly noteBytes: Uint8Array;
}

/** "The client MUST NOT send more than 63 consistency proof lines." */
const MOST_PROOF_LINES = 63;

/** Reads the body of a request: the old size, the proof, an empty line, the checkpoint. */
export function readSubmission(body: Uint8Array): Result<Submission> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const split = bytes.indexOf('\n\n');
  if (split < 0) return refused('note-malformed');
  const [sizeLine = '', ...proofLines] = bytes.toString('latin1', 0, split).split('\n');
  if (!sizeLine.startsWith('old ')) return refused('number-malformed');
  const oldSize = parseDecimal(sizeLine.slice('old '.length));
  if (!oldSize.ok) return oldSize;
  if (proofLines.length > MOST_PROOF_LINES) return refused('proof-too-long');
  const proof: Hash[] = [];
  for (const line of proofLines) {
    const hash = parseHash(line);
    if (!hash.ok) return hash;
    proof.push(hash.value);
  }
  const noteBytes = Uint8Array.from(bytes.subarray(split + 2));
  const note = parseNote(noteBytes);
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  return done({ oldSize: oldSize.value, proof, note: note.value, checkpoint: checkpoint.value, noteBytes });
}
