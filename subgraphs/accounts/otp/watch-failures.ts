import { describeFailure, keepFollowing, legalDateOf } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import { otpPolicyOf } from './rules.ts';
import type { OtpStore } from './store.ts';

/** What watching works with. */
export interface WatchRoom {
  readonly codes: Pick<OtpStore, 'failuresSince' | 'sweep'>;
  /** The pause between two looks. */
  readonly watchSeconds: number;
  readonly clock: Clock;
  readonly log: Log;
}

const WINDOW_MS = 600_000;
const SWEEP_EVERY_MS = 3_600_000;
/** The longest limit looks back a day; an hour more for clocks that differ. */
const KEPT_MS = 25 * 3_600_000;

/** Looks at all wrong codes together: many accounts tried a little each show nowhere else. Deletes what counts no more. */
export function watchFailures(room: WatchRoom): BackgroundWork {
  const watch = new FailureWatch(room);
  return keepFollowing({
    follow: () => watch.look(),
    sweep: (now) => room.codes.sweep(new Date(now.getTime() - KEPT_MS)),
    sweepEveryMs: SWEEP_EVERY_MS,
    pollSeconds: room.watchSeconds,
    clock: room.clock,
    failed: (error) => room.log.warn('ACCOUNTS_OUTBOX_FAILED', describeFailure(error)),
  });
}

/** Raises the alarm once for every ten minutes in which there were too many. */
export class FailureWatch {
  readonly #room: Omit<WatchRoom, 'watchSeconds'>;
  #quietUntil = 0;

  constructor(room: Omit<WatchRoom, 'watchSeconds'>) {
    this.#room = room;
  }

  /** Looks once; false, as there is never more to do at once. */
  async look(): Promise<boolean> {
    const { codes, clock, log } = this.#room;
    const now = clock();
    if (now.getTime() < this.#quietUntil) return false;
    const count = await codes.failuresSince(new Date(now.getTime() - WINDOW_MS));
    if (count < otpPolicyOf(legalDateOf(now)).failuresForAlarm) return false;
    this.#quietUntil = now.getTime() + WINDOW_MS;
    log.error('ACCOUNTS_OTP_FAILURES_MANY', { count });
    return false;
  }
}
