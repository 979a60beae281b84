import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from '@dinhdanh/kit';
import type { BackgroundWork, Log } from '@dinhdanh/kit';
import type pg from 'pg';

/** What forgetting works with. */
export interface ForgettingRoom {
  readonly pool: pg.Pool;
  readonly log: Log;
  /** Whether the log takes entries now. */
  readonly takesEntries: () => boolean;
}

/** A sender tries again within seconds, for as long as the log is away. */
const KEPT = '1 hour';
const LOOK_MS = 60_000;
/** So many looks in a row must find the log there: whoever has waited for it has sent what was in doubt by then. */
const STEADY_LOOKS = 5;
/** Rows at a time: none of the statements keeps anybody waiting. */
const MOST = 5_000;

/** Forgets batches an hour after they came, as long as the service runs. */
export function forgetBatches({ pool, log, takesEntries }: ForgettingRoom): BackgroundWork {
  const ending = new AbortController();
  const loop = (async (): Promise<void> => {
    let steady = 0;
    while (!ending.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      steady = takesEntries() ? steady + 1 : 0;
      if (ending.signal.aborted || steady < STEADY_LOOKS) continue;
      await forgetOld(pool, ending.signal).catch((failure: unknown) => {
        steady = 0;
        log.warn('ACCESS_LOG_FORGETTING_FAILED', describeFailure(failure));
      });
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

/** Forgets all batches that came more than an hour ago. @returns how many */
export async function forgetOld(pool: pg.Pool, ending?: AbortSignal): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `DELETE FROM batches WHERE id IN (SELECT id FROM batches WHERE at < now() - interval '${KEPT}'
         ORDER BY at LIMIT ${MOST} FOR UPDATE SKIP LOCKED)`,
    );
    forgotten += rowCount ?? 0;
    if ((rowCount ?? 0) < MOST || ending?.aborted === true) return forgotten;
  }
}
