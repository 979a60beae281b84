import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from './log.ts';
import type { Log } from './log.ts';
import type { ServedStore } from './served-store.ts';
import type { BackgroundWork } from './service.ts';

/** How long served records are kept, in months, unless a start says otherwise: a year and a month to look back on it. */
export const SERVED_MONTHS = 13;

const FIRST_LOOK_MS = 60_000;
const DAY_MS = 86_400_000;
const AFTER_FAILURE_MS = 3_600_000;
/** Short enough that a sweep of many rows never holds a served call up. */
const BATCH = 5_000;

/** What the retention of served records works with. */
export interface KeepServedRoom {
  readonly served: Pick<ServedStore, 'sweep'>;
  readonly months: number;
  readonly log: Log;
}

/** Deletes served records that are older than they are kept: a minute after the start, then daily. Replicas may all do it. */
export function keepServed(room: KeepServedRoom): BackgroundWork {
  const ending = new AbortController();
  const loop = run(room, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

async function run(room: KeepServedRoom, ending: AbortSignal): Promise<void> {
  let pauseMs = FIRST_LOOK_MS;
  while (!ending.aborted) {
    await sleep(pauseMs, undefined, { signal: ending, ref: false }).catch(() => undefined);
    if (ending.aborted) return;
    pauseMs = await sweepServed(room, ending).then(
      () => DAY_MS,
      (failure: unknown) => {
        room.log.warn('SERVED_SWEEP_FAILED', describeFailure(failure));
        return AFTER_FAILURE_MS;
      },
    );
  }
}

/** Deletes what is too old, in batches; tells how much it was. */
export async function sweepServed(
  { served, months, log }: KeepServedRoom,
  ending: AbortSignal,
): Promise<number> {
  let total = 0;
  for (let count = BATCH; count === BATCH && !ending.aborted; total += count) {
    count = await served.sweep(months, BATCH);
  }
  if (total > 0) log.info('SERVED_SWEPT', { count: total });
  return total;
}
