import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure, keepFollowing } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { Outbox } from './outbox.ts';
import type { MessageSender } from './send-messages.ts';
import type { MessageStore } from './store.ts';

/** What keeping the outbox going works with. */
export interface OutboxRoom {
  readonly sender: MessageSender;
  readonly messages: Pick<MessageStore, 'sweep'>;
  readonly outbox: Pick<Outbox, 'onPut'>;
  readonly pollSeconds: number;
  readonly clock: Clock;
  readonly log: Log;
}

const SWEEP_EVERY_MS = 3_600_000;
/** What was sent is kept so long, without recipient or text: to answer for it, and no longer. */
const KEPT_MS = 30 * 86_400_000;
/** After something was put in, its transaction ends soon, and mostly at once. */
const LOOKS_MS = [30, 150, 600] as const;

/**
 * Sends whatever waits until it is stopped: soon after it was put in, and every so often, since other processes put in too
 * and tries are repeated.
 */
export function runOutbox(room: OutboxRoom): BackgroundWork {
  const { sender, log } = room;
  const ending = new AbortController();
  const followed = keepFollowing({
    follow: () => sender.sendDue(),
    sweep: async (now) => void (await room.messages.sweep(new Date(now.getTime() - KEPT_MS))),
    sweepEveryMs: SWEEP_EVERY_MS,
    pollSeconds: room.pollSeconds,
    clock: room.clock,
    failed: (error, count) => log.warn('ACCOUNTS_OUTBOX_FAILED', { ...describeFailure(error), count }),
  });
  let looking: Promise<void> | null = null;
  let again = false;
  const look = async (): Promise<void> => {
    do {
      again = false;
      for (const pauseMs of LOOKS_MS) {
        await sleep(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
        if (ending.signal.aborted) return;
        // Failures are the follower's to tell of: it looks again anyway.
        await sender.sendDue().catch(() => false);
      }
    } while (again);
  };
  const forget = room.outbox.onPut(() => {
    again = true;
    looking ??= look().finally(() => (looking = null));
  });
  return {
    stop: async () => {
      forget();
      ending.abort();
      await looking;
      await followed.stop();
    },
  };
}
