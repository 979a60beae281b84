import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type pg from 'pg';
import { raiseAlert } from '../alerts.ts';
import { compareEntries, entriesBeyond } from './compare-entries.ts';
import type { EntryFinding } from './compare-entries.ts';

/** What watching entries works with. */
export interface WatchRoom {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: { readonly compareSeconds: number };
}

/** Entries that are read at once. */
const AT_ONCE = 500;
/** Of new entries, so many reads a round at most: the rest waits for the next. */
const NEW_READS = 10;
/** A process begins so far before the end of each tree; what is older is left to the slow round. */
const BEGIN_BEFORE = 2_000;
/** Of a read, so many entries are told at most: whoever looks at one finds the others. */
const TOLD_MOST = 20;
const LONGEST_BACKOFF_SECONDS = 60;

interface Tree {
  readonly id: number;
  readonly origin: string;
  readonly size: number;
}

/**
 * Holds what is kept beside the entries against their bytes, for as long as the service runs: new ones at once, and all
 * of the log over and over, {@link AT_ONCE} entries a round. Where it stands is known to this process alone and begins
 * anywhere: whoever can change the tables cannot make it skip anything.
 */
export function watchEntries(room: WatchRoom, random: () => number = Math.random): BackgroundWork {
  const ending = new AbortController();
  const watch = new EntryWatch(room, random);
  const loop = (async (): Promise<void> => {
    let failures = 0;
    while (!ending.signal.aborted) {
      const seconds = Math.min(room.settings.compareSeconds * 2 ** failures, LONGEST_BACKOFF_SECONDS);
      await sleep(Math.max(seconds, room.settings.compareSeconds) * 1000, undefined, {
        signal: ending.signal,
      }).catch(() => undefined);
      if (ending.signal.aborted) return;
      failures = (await watch.round()) ? 0 : failures + 1;
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

/** One process's watch. */
export class EntryWatch {
  readonly #room: WatchRoom;
  readonly #random: () => number;
  /** By tree, the first index that was not looked at since it was appended. */
  readonly #newest = new Map<number, number>();
  /** Where the slow round goes on; null before its first. */
  #place: { readonly shard: number; readonly index: number } | null = null;

  constructor(room: WatchRoom, random: () => number = Math.random) {
    this.#room = room;
    this.#random = random;
  }

  /** Looks at what is new, and at the next part of the log. @returns false where that failed, to be done again */
  async round(): Promise<boolean> {
    const { pool, log } = this.#room;
    try {
      const { rows } = await pool.query<{ id: number; origin: string; size: string }>(
        'SELECT id, origin, size FROM shards ORDER BY id',
      );
      const trees = rows.map((row) => ({ ...row, size: Number(row.size) }));
      for (const tree of trees) await this.#lookAtNew(tree);
      await this.#lookAgain(trees);
      return true;
    } catch (failure) {
      log.warn('ACCESS_LOG_COMPARISON_FAILED', describeFailure(failure));
      return false;
    }
  }

  async #lookAtNew(tree: Tree): Promise<void> {
    let from = this.#newest.get(tree.id) ?? Math.max(0, tree.size - BEGIN_BEFORE);
    for (let reads = 0; reads < NEW_READS && from < tree.size; reads += 1) {
      const to = Math.min(from + AT_ONCE, tree.size);
      await this.#tell(tree, await compareEntries(this.#room.pool, { shard: tree.id, from, to }));
      from = to;
      this.#newest.set(tree.id, from);
    }
  }

  async #lookAgain(trees: readonly Tree[]): Promise<void> {
    const place = this.#place ?? this.#anywhere(trees);
    const tree = trees.find(({ id, size }) => id === place?.shard && size > place.index);
    if (place === null || tree === undefined) {
      this.#place = this.#beginOfNext(trees, place?.shard ?? 0);
      return;
    }
    const { pool } = this.#room;
    const to = Math.min(place.index + AT_ONCE, tree.size);
    await this.#tell(tree, await compareEntries(pool, { shard: tree.id, from: place.index, to }));
    if (to === tree.size) await this.#tell(tree, await entriesBeyond(pool, tree.id));
    this.#place = to === tree.size ? this.#beginOfNext(trees, tree.id) : { shard: tree.id, index: to };
  }

  #anywhere(trees: readonly Tree[]): { shard: number; index: number } | null {
    let left = Math.floor(this.#random() * trees.reduce((sum, { size }) => sum + size, 0));
    for (const { id, size } of trees) {
      if (left < size) return { shard: id, index: left };
      left -= size;
    }
    return null;
  }

  #beginOfNext(trees: readonly Tree[], shard: number): { shard: number; index: number } | null {
    const next = trees.find(({ id, size }) => id > shard && size > 0) ?? trees.find(({ size }) => size > 0);
    return next === undefined ? null : { shard: next.id, index: 0 };
  }

  async #tell({ origin }: Tree, findings: readonly EntryFinding[]): Promise<void> {
    const { pool, clock, log } = this.#room;
    for (const { index, fault } of findings.slice(0, TOLD_MOST)) {
      const matter = `ENTRY_ALTERED ${origin} ${index}`;
      const alert = { kind: 'ENTRY_ALTERED', service: 'access-log', origin, index, matter } as const;
      if (await raiseAlert(pool, alert, clock(), true))
        log.error('ACCESS_LOG_ENTRY_ALTERED', { code: fault });
    }
  }
}
