/** That every line of an export is an entry of a log whose key is known: each with its own proof, offline. */
import {
  type AccessLogEntry,
  type CheckpointPolicy,
  encodeEntry,
  type Fault,
  inclusionFault,
  leafHash,
  openCheckpoint,
  type OpenedCheckpoint,
  parseHash,
  parseTlogProof,
  sameHash,
} from '../tlog/index.ts';
import { at, VerificationFailure } from './findings.ts';
import { type FileLine, readLines } from './read-lines.ts';
import type { ProgressSink } from './recompute-range.ts';

/** How often progress is told, in lines. */
const TELL_EVERY = 64;

/**
 * Verifies an export line by line, with nothing but the keys of the policies: one for each log, by its origin.
 *
 * @returns how many lines there were
 * @throws VerificationFailure with the first line that does not hold and its index; UsageError; SourceUnreadable
 */
export async function checkExport(
  file: string,
  policies: readonly CheckpointPolicy[],
  progress: ProgressSink,
): Promise<number> {
  let of = 0;
  for await (const _ of readLines(file)) of += 1;
  const opened = new OpenedCheckpoints(policies);
  let done = 0;
  for await (const line of readLines(file)) {
    checkLine(line, opened);
    done += 1;
    if (done % TELL_EVERY === 0 || done === of) progress(done, of);
  }
  return done;
}

/** The lines of a page of an export share a checkpoint: its signatures are verified once. */
class OpenedCheckpoints {
  readonly #policies: ReadonlyMap<string, CheckpointPolicy>;
  #last: { readonly text: string; readonly opened: OpenedCheckpoint } | null = null;

  constructor(policies: readonly CheckpointPolicy[]) {
    this.#policies = new Map(policies.map((policy) => [policy.origin, policy]));
  }

  knows(origin: string): boolean {
    return this.#policies.has(origin);
  }

  /** The checkpoint of a line, or the fault for which it is not believed. */
  open(text: string, origin: string): OpenedCheckpoint | Fault {
    if (this.#last?.text === text && this.#last.opened.checkpoint.origin === origin) return this.#last.opened;
    const policy = this.#policies.get(origin);
    if (policy === undefined) return 'origin-unexpected';
    const opened = openCheckpoint(Buffer.from(text), policy);
    if (!opened.ok) return opened.fault;
    this.#last = { text, opened: opened.value };
    return opened.value;
  }
}

function checkLine({ text, where }: FileLine, checkpoints: OpenedCheckpoints): void {
  const { origin, index, leafHash: said, entry, proof } = fieldsOf(text);
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0)
    throw new VerificationFailure('line-malformed', { where });
  const fail = (kind: 'line-malformed' | 'other-log' | 'entry-not-included', fault: Fault | null): never => {
    throw new VerificationFailure(kind, { bad: at(index), fault, where });
  };
  if (typeof origin !== 'string' || typeof proof !== 'string') return fail('line-malformed', null);
  if (!checkpoints.knows(origin)) return fail('other-log', null);
  const bytes = bytesOf(entry);
  if (bytes === null) return fail('line-malformed', 'entry-invalid');
  const leaf = leafHash(bytes);
  const hash = parseHash(typeof said === 'string' ? said : '');
  if (!hash.ok) return fail('line-malformed', hash.fault);
  if (!sameHash(hash.value, leaf)) return fail('entry-not-included', null);
  const parsed = parseTlogProof(Buffer.from(proof));
  if (!parsed.ok) return fail('entry-not-included', parsed.fault);
  if (parsed.value.index !== index) return fail('entry-not-included', null);
  const opened = checkpoints.open(parsed.value.checkpoint, origin);
  if (typeof opened === 'string') return fail('entry-not-included', opened);
  const { size, root } = opened.checkpoint;
  const fault = inclusionFault(leaf, index, size, parsed.value.path, root);
  if (fault !== null) fail('entry-not-included', fault);
}

/** The bytes that were hashed: as they stand, or written anew from the entry's fields. */
function bytesOf(entry: unknown): Buffer | null {
  if (typeof entry === 'string') return Buffer.from(entry);
  const bytes = encodeEntry(entry as AccessLogEntry);
  return bytes.ok ? bytes.value : null;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
