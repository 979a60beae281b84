import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import type { BackgroundWork } from './service.ts';

/** What is done again and again beside answering. */
export interface Following {
  /** Takes one step; tells whether there is more to do at once. */
  readonly follow: (ending: AbortSignal) => Promise<boolean>;
  /** What is tidied up before, every so often. */
  readonly sweep: (now: Date) => Promise<void>;
  readonly sweepEveryMs: number;
  /** The pause when nothing is left to do. */
  readonly pollSeconds: number;
  readonly clock: Clock;
  /** Told of each failure, with how many there were in a row. */
  readonly failed: (error: unknown, failures: number) => void;
}

const LONGEST_BACKOFF_SECONDS = 60;

/** Follows until it is stopped: a failure doubles the pause up to a minute. */
export function keepFollowing(following: Following): BackgroundWork {
  const ending = new AbortController();
  const loop = run(following, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

async function run(following: Following, ending: AbortSignal): Promise<void> {
  const { follow, sweep, sweepEveryMs, pollSeconds, clock, failed } = following;
  let failures = 0;
  let sweptAt = 0;
  while (!ending.aborted) {
    try {
      const now = clock();
      if (now.getTime() - sweptAt >= sweepEveryMs) {
        await sweep(now);
        sweptAt = now.getTime();
      }
      while (!ending.aborted && (await follow(ending))) failures = 0;
      failures = 0;
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      failed(error, failures);
    }
    const seconds = Math.min(pollSeconds * 2 ** failures, Math.max(LONGEST_BACKOFF_SECONDS, pollSeconds));
    await sleep(seconds * 1000, undefined, { signal: ending }).catch(() => undefined);
  }
}
