import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from '@dinhdanh/kit';
import type { BackgroundWork } from '@dinhdanh/kit';
import type { ProviderRoom } from './open-provider.ts';

const PAUSE_MS = 10 * 60_000;
/** Used codes and pushed requests are known as used for a day: longer than any browser waits. */
const KEPT_MS = 86_400_000;
/** Short enough that a sweep of many rows never holds a request up. */
const BATCH = 5_000;

/** Deletes what the authorization server no longer needs, every ten minutes. Replicas may all do it. */
export function sweepArtifacts(room: Pick<ProviderRoom, 'store' | 'clock' | 'log'>): BackgroundWork {
  const ending = new AbortController();
  const loop = run(room, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

async function run(
  { store, clock, log }: Pick<ProviderRoom, 'store' | 'clock' | 'log'>,
  ending: AbortSignal,
): Promise<void> {
  while (!ending.aborted) {
    await sleep(PAUSE_MS, undefined, { signal: ending, ref: false }).catch(() => undefined);
    try {
      for (let count = BATCH; count === BATCH && !ending.aborted; ) {
        count = await store.provider.sweep(new Date(clock().getTime() - KEPT_MS), BATCH);
      }
    } catch (failure) {
      log.warn('SHARING_SWEEP_FAILED', describeFailure(failure));
    }
  }
}
