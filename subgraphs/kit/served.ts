import { AppError } from './errors.ts';
import type { CallerToken } from './caller-token.ts';

/**
 * What a service keeps of every call it answered, so that the access log can later be held against it: a gateway that
 * serves without logging is found out by the registries themselves. Counts and opaque ids only.
 */
export interface ServedRecord {
  /** The caller token's `jti`. */
  readonly callId: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly subjects: number;
  readonly claims: number;
}

/** Writes served records; one statement for the list. */
export type WriteServed = (records: readonly ServedRecord[]) => Promise<void>;

/** The served record of a call. */
export function servedRecord(caller: CallerToken, at: Date): ServedRecord {
  return {
    callId: caller.jti,
    at,
    actorKind: caller.act.kind,
    subjects: caller.subjects.length,
    claims: caller.claims.length,
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
