/** A witness: it cosigns a checkpoint only when the log has done nothing but grow since the last. https://c2sp.org/tlog-witness */
import {
  type Checkpoint,
  consistencyFault,
  EMPTY_ROOT,
  formatNote,
  formatSignature,
  openCheckpoint,
  sameHash,
  type SignerKey,
  signNote,
  type VerifierKey,
  verifierOf,
  verifyNote,
} from '../tlog/index.ts';
import { keyOfOrigin, type KnownLog } from './known-log.ts';
import { readSubmission, type Submission } from './read-submission.ts';
import type { WitnessStore } from './witness-store.ts';

/** An answer of `add-checkpoint`. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: string;
  readonly body: string;
}

/** What a witness is made of. */
export interface WitnessParts {
  readonly key: SignerKey;
  readonly logs: readonly KnownLog[];
  readonly store: Pick<WitnessStore, 'read' | 'replace' | 'keepEvidence'>;
  /** Its own clock: whole seconds since 1970. */
  readonly nowSeconds: () => number;
  /** Told of each refusal of something that a log had signed. */
  readonly onRefusal?: (status: number, checkpoint: Checkpoint, latest: Checkpoint | null) => void;
}

const TEXT = 'text/plain; charset=utf-8';
const EMPTY: Pick<Checkpoint, 'size' | 'root'> = { size: 0, root: EMPTY_ROOT };

/** Answers requests, those of one origin one after the other: compare and replace must be one step. */
export class Witness {
  readonly #parts: WitnessParts;
  /** The last request of each origin under way. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: WitnessParts) {
    this.#parts = parts;
  }

  /** The key its cosignatures are verified with. */
  get verifierKey(): VerifierKey {
    return verifierOf(this.#parts.key);
  }

  /**
   * Answers a request's body. What it answers with 200 is on disk.
   * @throws what the storage throws: then nothing was cosigned that anybody has seen
   */
  async addCheckpoint(body: Uint8Array): Promise<WitnessAnswer> {
    const submission = readSubmission(body);
    if (!submission.ok) return refusal(400, submission.fault);
    const { checkpoint, note, oldSize } = submission.value;
    const logKey = keyOfOrigin(this.#parts.logs, checkpoint.origin);
    if (logKey === null) return refusal(404, 'origin-unknown');
    const signed = verifyNote(note, [logKey]);
    if (!signed.ok) return refusal(403, signed.fault);
    if (oldSize > checkpoint.size) return refusal(400, 'sizes-out-of-order');
    return this.#inTurn(checkpoint.origin, () => this.#decide(submission.value, logKey));
  }

  async #inTurn<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(origin) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    this.#turns.set(origin, settled);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(origin) === settled) this.#turns.delete(origin);
    }
  }

  async #decide(submission: Submission, logKey: VerifierKey): Promise<WitnessAnswer> {
    const { checkpoint, oldSize, proof } = submission;
    const latest = await this.#latest(checkpoint.origin, logKey);
    const known = latest ?? EMPTY;
    if (oldSize !== known.size) return this.#conflict(submission, latest);
    if (known.size === checkpoint.size && !sameHash(known.root, checkpoint.root)) {
      await this.#parts.store.keepEvidence(submission.noteBytes);
      return this.#conflict(submission, latest);
    }
    const fault = consistencyFault(oldSize, checkpoint.size, proof, known.root, checkpoint.root);
    if (fault !== null) {
      await this.#parts.store.keepEvidence(submission.noteBytes);
      this.#parts.onRefusal?.(422, checkpoint, latest);
      return refusal(422, fault);
    }
    return this.#cosign(submission, logKey);
  }

  async #cosign({ note, checkpoint }: Submission, logKey: VerifierKey): Promise<WitnessAnswer> {
    const { key, store, nowSeconds } = this.#parts;
    const cosignature = signNote(note.text, key, nowSeconds());
    const ofLog = note.signatures.filter(({ name, keyId }) => name === logKey.name && keyId === logKey.id);
    const cosigned = formatNote({ text: note.text, signatures: [...ofLog, cosignature] });
    if (!cosigned.ok) return refusal(400, cosigned.fault);
    await store.replace(checkpoint.origin, cosigned.value);
    return { status: 200, contentType: TEXT, body: formatSignature(cosignature) };
  }

  #conflict({ checkpoint }: Submission, latest: Checkpoint | null): WitnessAnswer {
    this.#parts.onRefusal?.(409, checkpoint, latest);
    return { status: 409, contentType: 'text/x.tlog.size', body: `${latest?.size ?? 0}\n` };
  }

  /**
   * What was cosigned last, read from disk each time: a file put back by hand is seen. One that is not ours, or not
   * whole, is no "never seen": nothing is cosigned until somebody has looked.
   */
  async #latest(origin: string, logKey: VerifierKey): Promise<Checkpoint | null> {
    const bytes = await this.#parts.store.read(origin);
    if (bytes === null) return null;
    const witnessKeys = [this.verifierKey];
    const opened = openCheckpoint(bytes, { origin, logKey, witnessKeys, quorum: 1, nowSeconds: null });
    if (opened.ok) return opened.value.checkpoint;
    throw new DamagedState(origin);
  }
}

/** The file of an origin does not hold what this witness wrote. */
export class DamagedState extends Error {
  override readonly name = 'DamagedState';

  constructor(origin: string) {
    super(
      `the file of ${origin} is damaged: put it back from a copy that is no older, or ask the log's auditors`,
    );
  }
}

function refusal(status: WitnessAnswer['status'], reason: string): WitnessAnswer {
  return { status, contentType: TEXT, body: `${reason}\n` };
}
