/** Whether a checkpoint is to be believed: the log's own signature, and those of enough witnesses. */
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type Fault, type Result, done, refused } from './result.ts';
import { verifyNote } from './sign-note.ts';
import { parseNote, type SignedNote } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

/** Whom a reader trusts. All of it comes from outside the log. */
export interface CheckpointPolicy {
  readonly origin: string;
  /** Use `note`. */
  readonly logKey: VerifierKey;
  /** Use `cosignature`, each another key. */
  readonly witnessKeys: readonly VerifierKey[];
  /** How many of the witnesses must have cosigned: `k` of `n`. */
  readonly quorum: number;
  /** The reader's clock; a cosignature from after it is refused. Null to let any time pass. */
  readonly nowSeconds: number | null;
}

/** A witness's word: it had seen nothing at odds with this checkpoint at this time. */
export interface Cosignature {
  readonly witness: VerifierKey;
  readonly timeSeconds: number;
}

/** A checkpoint that holds under a policy. */
export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: SignedNote;
  readonly cosignatures: readonly Cosignature[];
}

/** Two machines' clocks are not one: what a witness may be ahead of the reader. */
const CLOCK_SKEW_SECONDS = 60;

/** Reads a signed checkpoint and holds it against a policy. */
export function openCheckpoint(bytes: Uint8Array, policy: CheckpointPolicy): Result<OpenedCheckpoint> {
  const wrong = policyFault(policy);
  if (wrong !== null) return refused(wrong);
  const note = parseNote(bytes);
  if (!note.ok) return note;
  const signatures = verifyNote(note.value, [policy.logKey, ...policy.witnessKeys]);
  if (!signatures.ok) return signatures;
  if (!signatures.value.some(({ key }) => key === policy.logKey)) return refused('signature-missing');
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== policy.origin) return refused('origin-unexpected');
  const cosignatures = signatures.value.flatMap(({ key, timeSeconds }) =>
    timeSeconds === null ? [] : [{ witness: key, timeSeconds }],
  );
  const { nowSeconds } = policy;
  if (
    nowSeconds !== null &&
    cosignatures.some(({ timeSeconds }) => timeSeconds > nowSeconds + CLOCK_SKEW_SECONDS)
  )
    return refused('timestamp-in-future');
  if (cosignatures.length < policy.quorum) return refused('quorum-not-met');
  return done({ checkpoint: checkpoint.value, note: note.value, cosignatures });
}

/** A policy that nothing, or that anything, could satisfy. */
function policyFault({ logKey, witnessKeys, quorum }: CheckpointPolicy): Fault | null {
  if (logKey.use !== 'note' || witnessKeys.some(({ use }) => use !== 'cosignature'))
    return 'key-algorithm-unknown';
  const possible = Number.isInteger(quorum) && quorum >= 0 && quorum <= witnessKeys.length;
  return possible ? null : 'quorum-impossible';
}
