import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import { rollUp } from './roll-up.ts';
import type { ReadingRoom } from './reading-room.ts';

const LONGEST_BACKOFF_SECONDS = 60;

/**
 * Keeps the roll-ups up behind the writer, never in its way: looks for new entries, counts them, waits. A failure
 * doubles the wait up to a minute; nothing is lost, since the cursor moves with what was counted.
 */
export function followLog(room: ReadingRoom, { clock, log }: { clock: Clock; log: Log }): BackgroundWork {
  const ending = new AbortController();
  const loop = run(room, { clock, log }, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

async function run(
  room: ReadingRoom,
  { clock, log }: { clock: Clock; log: Log },
  ending: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!ending.aborted) {
    try {
      await catchUp(room, clock(), ending);
      failures = 0;
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      log.warn('ACCESS_LOG_ROLL_UP_FAILED', { ...describeFailure(error), count: failures });
    }
    const seconds = Math.min(room.settings.rollUpSeconds * 2 ** failures, LONGEST_BACKOFF_SECONDS);
    await sleep(seconds * 1000, undefined, { signal: ending }).catch(() => undefined);
  }
}

/** Counts all that there is by now. */
export async function catchUp(room: ReadingRoom, now: Date, ending?: AbortSignal): Promise<void> {
  const { rows } = await room.pool.query<{ id: number }>({
    name: 'shards-to-roll-up',
    text: `SELECT s.id FROM shards s LEFT JOIN roll_up_cursors c ON c.shard = s.id
      WHERE s.size > coalesce(c.next, 0) OR EXISTS (SELECT FROM undelivered u WHERE u.shard = s.id AND NOT u.counted)
      ORDER BY s.id`,
  });
  for (const { id } of rows) {
    while (ending?.aborted !== true && (await rollUp(room, id, now)) > 0);
  }
}
