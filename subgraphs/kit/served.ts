import { AppError } from './errors.ts';
import type { CallerToken } from './caller-token.ts';

/**
 * What a service keeps of every call it answered, so that the access log can later be held against it: a gateway that
 * serves without logging is found out by the registries themselves. Counts and opaque ids only. When it was is added by
 * the database, whose clock all replicas of a service share.
 */
export interface ServedRecord {
  /** The caller token's `jti`: `<request>.<step>.<attempt>`. */
  readonly callId: string;
  readonly actorKind: string;
  /** Persons whose records the call could touch: the service itself refuses all others. */
  readonly subjects: number;
  /** Claims that the operation asked for, as the service reads them off its own schema: not what the token says. */
  readonly claims: number;
}

/** Writes served records; one statement for the list. */
export type WriteServed = (records: readonly ServedRecord[]) => Promise<void>;

/** The claim of the served records themselves. A call for nothing else is not kept: reading the list would make it grow. */
export const SERVED_CLAIM = 'system.served';

/** The served record of a call whose operation asked for these claims; null for one that only read served records. */
export function servedRecord(caller: CallerToken, claims: ReadonlySet<string>): ServedRecord | null {
  if (claims.size === 1 && claims.has(SERVED_CLAIM)) return null;
  return {
    callId: caller.jti,
    actorKind: caller.act.kind,
    subjects: caller.subjects.length,
    claims: claims.size,
  };
}

/**
 * Writes served records in groups: a write starts as soon as the one before it has returned and takes all that queued
 * meanwhile, so an idle service pays one insert and a busy one shares it. No timer.
 */
export class ServedRecorder {
  readonly #write: WriteServed;
  #queue: { record: ServedRecord; settle: PromiseWithResolvers<void> }[] = [];
  #writing = false;

  constructor(write: WriteServed) {
    this.#write = write;
  }

  /** Resolves when the record is stored; rejects with `SOURCE_UNAVAILABLE` when it cannot be, and then nothing may be answered. */
  record(record: ServedRecord): Promise<void> {
    const settle = Promise.withResolvers<void>();
    this.#queue.push({ record, settle });
    if (!this.#writing) void this.#drain();
    return settle.promise;
  }

  async #drain(): Promise<void> {
    this.#writing = true;
    while (this.#queue.length > 0) {
      const group = this.#queue;
      this.#queue = [];
      try {
        await this.#write(group.map(({ record }) => record));
        for (const { settle } of group) settle.resolve();
      } catch (cause) {
        const refusal = new AppError('SOURCE_UNAVAILABLE', { internal: 'served record not written', cause });
        for (const { settle } of group) settle.reject(refusal);
      }
    }
    this.#writing = false;
  }
}
