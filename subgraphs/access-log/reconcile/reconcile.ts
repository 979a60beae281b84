import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import { needsEntry } from '../tlog/index.ts';
import type { AskServed, ServedCalls } from './ask-served.ts';
import type { ReconciliationStore, ServedPositionRow } from './reconciliation-store.ts';

/** How reconciliation goes about it. */
export interface ReconcileSettings {
  /** The pause between two rounds. */
  readonly reconcileSeconds: number;
  /** How long a call that was served may wait for its entry before it is an alert. */
  readonly graceSeconds: number;
  /** How long a service may stay unread before that is an alert. */
  readonly lateSeconds: number;
}

/** What reconciliation works with. */
export interface ReconcileRoom {
  readonly store: ReconciliationStore;
  /** Null as long as it is not known whom to ask. */
  readonly ask: () => AskServed | null;
  /** Whether the log takes entries now: while it does not, nobody can be blamed for those that are missing. */
  readonly takesEntries: () => boolean;
  readonly services: readonly string[];
  readonly settings: ReconcileSettings;
  readonly clock: Clock;
  readonly log: Log;
}

const LONGEST_BACKOFF_SECONDS = 60;
/** Calls that become alerts at a time. */
const ALERTS_MOST = 500;

interface Failures {
  readonly count: number;
  readonly notBeforeMs: number;
}

/** Holds what every service has served against the entries of the log, for as long as the service runs. */
export function reconcile(room: ReconcileRoom): BackgroundWork {
  const ending = new AbortController();
  const rounds = new Reconciliation(room);
  const loop = (async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await rounds.round(ending.signal);
      const pauseMs = room.settings.reconcileSeconds * 1000;
      await sleep(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

/** One process's rounds. What must outlive it stands in the tables; what is here only spares work and false alarms. */
export class Reconciliation {
  readonly #room: ReconcileRoom;
  readonly #failures = new Map<string, Failures>();
  readonly #isLate = new Set<string>();
  readonly #startedAt: Date;
  /** Since when database and log have been there without a break; null while they are not. */
  #steadySince: Date | null = null;

  constructor(room: ReconcileRoom) {
    this.#room = room;
    this.#startedAt = room.clock();
    for (const service of room.services) this.#isLate.add(service);
  }

  /** Reads what is new, raises what is due, settles what came late. Never throws: a round that failed is done again. */
  async round(ending: AbortSignal): Promise<void> {
    const room = this.#room;
    const ask = room.ask();
    if (ask === null) return;
    try {
      const positions = await room.store.positions(room.services, room.clock());
      await this.#read(ask, positions, ending);
      await this.#judge(room.clock());
      await this.#tellLate(positions, room.clock());
    } catch (failure) {
      this.#steadySince = null;
      if (!ending.aborted) room.log.warn('ACCESS_LOG_RECONCILIATION_FAILED', describeFailure(failure));
    }
  }

  /** Reads every service whose turn it is to its end. */
  async #read(
    ask: AskServed,
    positions: ReadonlyMap<string, ServedPositionRow>,
    ending: AbortSignal,
  ): Promise<void> {
    const now = this.#room.clock().getTime();
    let cursors = new Map<string, string | null>();
    for (const [service, { cursor }] of positions) {
      if ((this.#failures.get(service)?.notBeforeMs ?? 0) <= now) cursors.set(service, cursor);
    }
    while (cursors.size > 0 && !ending.aborted) {
      const heard = await ask(cursors, ending).catch((failure: unknown) => {
        if (!ending.aborted)
          this.#room.log.warn('ACCESS_LOG_RECONCILIATION_FAILED', describeFailure(failure));
        return new Map<string, ServedCalls>();
      });
      if (ending.aborted) return;
      const more = new Map<string, string | null>();
      for (const [service, from] of cursors) {
        const page = heard.get(service);
        if (page === undefined) this.#fail(service);
        else if (await this.#take(service, from, page)) more.set(service, page.endCursor);
      }
      cursors = more;
    }
  }

  /** Takes one page; true where more is to be read at once. */
  async #take(service: string, from: string | null, page: ServedCalls): Promise<boolean> {
    const { store, clock, settings } = this.#room;
    this.#failures.delete(service);
    const now = clock();
    const due = new Date(now.getTime() + settings.graceSeconds * 1000);
    const calls = page.calls.filter(needsEntry);
    const moved = await store.take({ service, from, to: page.endCursor, calls, now, due });
    if (moved && page.hasNextPage && page.endCursor !== null) return true;
    if (this.#isLate.delete(service)) await store.settleRead(service, now);
    return false;
  }

  #fail(service: string): void {
    const { settings, clock } = this.#room;
    const count = (this.#failures.get(service)?.count ?? 0) + 1;
    const seconds = Math.min(settings.reconcileSeconds * 2 ** (count - 1), LONGEST_BACKOFF_SECONDS);
    this.#failures.set(service, { count, notBeforeMs: clock().getTime() + seconds * 1000 });
  }

  /**
   * Calls that still have no entry become alerts. Not so soon after the log was away: a gateway that could not log what
   * it had asked for writes it as refused once the log is back.
   */
  async #judge(now: Date): Promise<void> {
    const { store, settings, log, takesEntries } = this.#room;
    await store.forgetLogged();
    if (!takesEntries()) this.#steadySince = null;
    else this.#steadySince ??= now;
    if (this.#steadySince === null) return;
    if (now.getTime() - this.#steadySince.getTime() < settings.graceSeconds * 1000) return;
    for (const { service, requestId, count } of await store.raiseDue(now, ALERTS_MOST)) {
      log.error('ACCESS_LOG_SERVED_NOT_LOGGED', { service, requestId, count });
    }
    await store.settleLate(now);
  }

  async #tellLate(positions: ReadonlyMap<string, ServedPositionRow>, now: Date): Promise<void> {
    const { store, settings, log } = this.#room;
    for (const [service, { readAt }] of positions) {
      if (!this.#failures.has(service)) continue;
      const unreadMs = now.getTime() - Math.max(readAt.getTime(), this.#startedAt.getTime());
      if (unreadMs < settings.lateSeconds * 1000) continue;
      this.#isLate.add(service);
      if (await store.raiseLate(service, readAt, now))
        log.error('ACCESS_LOG_RECONCILIATION_LATE', { service });
    }
  }
}
