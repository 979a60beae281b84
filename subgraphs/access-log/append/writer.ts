/** The one writer: takes its post, writes what is queued group by group, and comes back by itself after a failure. */
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { AppError, describeFailure } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import type pg from 'pg';
import { type LogRefusal, MAX_GROUP } from './append-entry.ts';
import { Call } from './call.ts';
import { databaseFailure, unavailable } from './database-failure.ts';
import { halfYearOf } from './half-year.ts';
import { standingWriter, takePost } from './head.ts';
import type { BatchMark } from './batch-mark.ts';
import { HeadRewound, OutcomeUnknown, Post, type SentGroup, settleGroup, stands } from './post.ts';
import type { PreparedEntry } from './prepare-entry.ts';
import { closeConnection, connectWriter } from './writer-connection.ts';

/** What a writer works with. */
export interface WriterOptions {
  readonly databaseUrl: string;
  /** The log's name, to which the half-year is added. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Told what an auditor must see, once a matter. */
  readonly alert: (alert: WriterAlert) => void;
}

/** A matter that the writer cannot mend itself. */
export interface WriterAlert {
  readonly kind: 'WRITER_FENCED' | 'LOG_REWOUND';
  /** The epoch it lost its post in, or the size it cannot find again. */
  readonly number: number;
  readonly origin: string | null;
}

/** Entries that may wait at once; beyond it the database is too slow for what is asked of it. */
const MAX_WAITING = 20_000;
/** Pauses between attempts to come back: they grow, and stay well within the ten seconds a recovery may take. */
const PAUSE_MS = { first: 50, most: 1_000 } as const;
/** A writer with nothing to write looks this often whether it still is the writer. */
const LOOK_MS = 2_000;
/** A failed write counts as a standing trouble for this long: then the next one may find that it is over. */
const TROUBLE_MS = 10_000;

/** The writer of the log. One a process; of all that there are, one writes. */
export class Writer {
  readonly #options: WriterOptions;
  #queue: Call[] = [];
  #waiting = 0;
  #wake = Promise.withResolvers<boolean>();
  /** Why nothing is taken; null while writing, and while the first attempt to (re)gain the post is under way. */
  #reason: LogRefusal | null = null;
  #trouble: { readonly reason: LogRefusal; readonly atMs: number } | null = null;
  /** The epoch we last held; null until the first. */
  #epoch: number | null = null;
  /** How large each tree was when we last acknowledged something, by its number. */
  readonly #acknowledged = new Map<number, number>();
  #unsettled: SentGroup[] = [];
  #rewound = false;
  readonly #closing = new AbortController();
  readonly #life: Promise<void>;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#life = this.#live();
  }

  /** Why nothing could be written at this moment, or null. */
  get refusal(): LogRefusal | null {
    const trouble = this.#trouble;
    const fresh = trouble !== null && performance.now() - trouble.atMs < TROUBLE_MS;
    return this.#reason ?? (fresh ? trouble.reason : null);
  }

  /** Queues entries that stand or fall together, {@link MAX_GROUP} at most. */
  append(entries: readonly PreparedEntry[], mark: BatchMark | null = null): Call {
    const call = new Call(entries, mark);
    if (this.#closing.signal.aborted || this.#waiting + entries.length > MAX_WAITING) {
      call.refuse(unavailable('DATABASE'));
    } else if (this.#reason === null) {
      this.#queue.push(call);
      this.#waiting += entries.length;
      this.#wake.resolve(true);
    } else {
      call.refuse(unavailable(this.#reason));
    }
    return call;
  }

  /** Writes what is queued, gives up the post and ends. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake.resolve(true);
    await this.#life;
  }

  async #live(): Promise<void> {
    let pauseMs: number = PAUSE_MS.first;
    while (!this.#closing.signal.aborted) {
      const post = await this.#gainPost().catch((failure: unknown) => this.#remain(failure));
      if (post === null) {
        await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
        pauseMs = Math.min(pauseMs * 2, PAUSE_MS.most);
      } else {
        pauseMs = PAUSE_MS.first;
        await this.#serve(post);
        await post.close();
      }
    }
    this.#refuseWaiting('DATABASE');
    for (const group of this.#unsettled.splice(0)) refuseGroup(group);
  }

  /** A start takes the post from whoever has it; a writer that lost it only from one that is gone. */
  async #gainPost(): Promise<Post> {
    if (this.#rewound) throw unavailable('NOT_DURABLE');
    const lost = new AbortController();
    const client = await connectWriter(this.#options.databaseUrl, () => {
      lost.abort();
      this.#wake.resolve(true);
    });
    try {
      return await this.#takePost(client, lost.signal);
    } catch (failure) {
      await closeConnection(client);
      throw failure;
    }
  }

  async #takePost(client: pg.Client, lost: AbortSignal): Promise<Post> {
    const { name, clock, log } = this.#options;
    const standing = this.#epoch === null ? null : await standingWriter(client);
    const replaced = standing !== null && standing.epoch !== this.#epoch;
    if (replaced) await this.#settle(client);
    if (replaced && standing.alive) throw unavailable('FENCED');
    const taken = await takePost(client, { name, half: halfYearOf(clock()) }, standing?.epoch ?? null);
    if (taken === null) throw unavailable('FENCED');
    await this.#settle(client);
    const { shard, frontier } = taken.head;
    if (frontier.size < (this.#acknowledged.get(shard) ?? 0)) throw new HeadRewound();
    this.#epoch = taken.epoch;
    this.#reason = null;
    log.info('ACCESS_LOG_WRITER_STARTED', { count: taken.epoch });
    return new Post({ client, lost, name }, taken);
  }

  async #serve(post: Post): Promise<void> {
    while (!post.lost) {
      if (this.#queue.length === 0) {
        if (this.#closing.signal.aborted) return;
        const woken = await this.#rest();
        if (!woken && !(await this.#look(post))) return;
      }
      // One turn of the loop: everybody who was answered by the last commit, or has arrived since, is taken along.
      await turn();
      const calls = this.#take();
      if (calls.length > 0 && !(await this.#write(post, calls))) return;
    }
  }

  /** Waits until there is something to do. @returns false where it is time to look whether all is well */
  async #rest(): Promise<boolean> {
    this.#wake = Promise.withResolvers();
    const look = setTimeout(() => this.#wake.resolve(false), LOOK_MS);
    const woken = await this.#wake.promise;
    clearTimeout(look);
    return woken;
  }

  /** @returns false where the post must be gained anew */
  async #look(post: Post): Promise<boolean> {
    try {
      await post.look();
      return true;
    } catch (failure) {
      return this.#writeFailed(failure, []);
    }
  }

  /** @returns false where the post must be gained anew */
  async #write(post: Post, calls: readonly Call[]): Promise<boolean> {
    try {
      await post.write(calls, this.#options.clock());
      this.#acknowledged.set(post.head.shard, post.head.frontier.size);
      this.#trouble = null;
      return true;
    } catch (failure) {
      return this.#writeFailed(failure, calls);
    }
  }

  #writeFailed(failure: unknown, calls: readonly Call[]): boolean {
    if (failure instanceof OutcomeUnknown) {
      this.#unsettled.push(failure.group);
      this.#report(failure.cause);
      return false;
    }
    if (failure instanceof AppError || failure instanceof HeadRewound) {
      const reason = this.#report(failure);
      for (const call of calls) call.refuse(unavailable(reason));
      this.#reason = reason;
      this.#refuseWaiting(reason);
      return false;
    }
    const reason = this.#report(failure);
    this.#trouble = { reason, atMs: performance.now() };
    for (const call of calls) call.refuse(unavailable(reason, failure));
    return databaseFailure(failure).rolledBack;
  }

  /** An attempt to gain the post has failed: who waits is told so. */
  #remain(failure: unknown): null {
    const reason = this.#report(failure);
    this.#reason = reason;
    this.#refuseWaiting(reason);
    for (const { calls } of this.#unsettled) {
      for (const { call } of calls) call.doubt(unavailable(reason));
    }
    return null;
  }

  /** Settles what was sent and not answered. The epoch has been raised since, so nothing of it is under way. */
  async #settle(client: pg.Client): Promise<void> {
    for (const group of this.#unsettled) {
      const committed = await stands(client, group);
      this.#options.log.warn('ACCESS_LOG_OUTCOME_SETTLED', { reason: committed ? 'COMMITTED' : 'ABSENT' });
      if (committed) settleGroup(group);
      else refuseGroup(group);
    }
    this.#unsettled = [];
  }

  /** Logs a failure once for as long as it lasts. @returns the reason to refuse with */
  #report(failure: unknown): LogRefusal {
    const { log, alert } = this.#options;
    if (failure instanceof HeadRewound) {
      this.#rewound = true;
      log.error('ACCESS_LOG_REWOUND');
      alert({ kind: 'LOG_REWOUND', number: Math.max(0, ...this.#acknowledged.values()), origin: null });
      return 'NOT_DURABLE';
    }
    if (!(failure instanceof AppError)) {
      const { reason, code } = databaseFailure(failure);
      if (this.#reason !== reason)
        log.error('ACCESS_LOG_WRITE_FAILED', { ...describeFailure(failure), reason, code });
      return reason;
    }
    const reason = (failure.detail.reason ?? 'DATABASE') as LogRefusal;
    if (this.#reason === reason) return reason;
    if (reason === 'FENCED') {
      log.error('ACCESS_LOG_WRITER_FENCED', { count: this.#epoch ?? 0 });
      alert({ kind: 'WRITER_FENCED', number: this.#epoch ?? 0, origin: null });
    } else if (reason === 'NOT_DURABLE') {
      const setting = typeof failure.detail.cause === 'string' ? failure.detail.cause : 'unknown';
      log.error('ACCESS_LOG_NOT_DURABLE', { reason: setting });
    }
    return reason;
  }

  #take(): Call[] {
    let entries = 0;
    let count = 0;
    for (const call of this.#queue) {
      if (count > 0 && entries + call.entries.length > MAX_GROUP) break;
      entries += call.entries.length;
      count += 1;
    }
    this.#waiting -= entries;
    return this.#queue.splice(0, count);
  }

  #refuseWaiting(reason: LogRefusal): void {
    for (const call of this.#queue.splice(0)) call.refuse(unavailable(reason));
    this.#waiting = 0;
  }
}

function refuseGroup({ calls }: SentGroup): void {
  for (const { call } of calls) call.refuse(unavailable('DATABASE'));
}
