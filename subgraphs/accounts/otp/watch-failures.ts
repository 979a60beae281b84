import { describeFailure, keepFollowing, legalDateOf } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { SessionStore } from '../life/sessions/store.ts';
import { failuresAlarm } from '../throttle.ts';
import { otpPolicyOf } from './rules.ts';
import type { OtpStore } from './store.ts';

/** What watching works with. */
export interface WatchRoom {
  readonly codes: Pick<OtpStore, 'failuresSince' | 'sweep'>;
  readonly signIns: Pick<SessionStore, 'failuresSince'>;
  /** The pause between two looks. */
  readonly watchSeconds: number;
  readonly clock: Clock;
  readonly log: Log;
}

const WINDOW_MS = 600_000;
const SWEEP_EVERY_MS = 3_600_000;
/** The longest limit looks back a day; an hour more for clocks that differ. */
const KEPT_MS = 25 * 3_600_000;

/**
 * Looks at all wrong codes together, and at all failed sign-ins: many accounts tried a little each show nowhere else.
 * Deletes the codes that count no more.
 */
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

/** Raises each alarm once for every ten minutes in which there were too many. */
export class FailureWatch {
  readonly #room: Omit<WatchRoom, 'watchSeconds'>;
  #codesQuietUntil = 0;
  #signInsQuietUntil = 0;

  constructor(room: Omit<WatchRoom, 'watchSeconds'>) {
    this.#room = room;
  }

  /** Looks once; false, as there is never more to do at once. */
  async look(): Promise<boolean> {
    const now = this.#room.clock();
    await this.#lookAtCodes(now);
    await this.#lookAtSignIns(now);
    return false;
  }

  async #lookAtCodes(now: Date): Promise<void> {
    if (now.getTime() < this.#codesQuietUntil) return;
    const { codes, log } = this.#room;
    const count = await codes.failuresSince(new Date(now.getTime() - WINDOW_MS));
    if (count < otpPolicyOf(legalDateOf(now)).failuresForAlarm) return;
    this.#codesQuietUntil = now.getTime() + WINDOW_MS;
    log.error('ACCOUNTS_OTP_FAILURES_MANY', { count });
  }

  async #lookAtSignIns(now: Date): Promise<void> {
    if (now.getTime() < this.#signInsQuietUntil) return;
    const { signIns, log } = this.#room;
    const windowMs = failuresAlarm.withinSeconds * 1000;
    const count = await signIns.failuresSince(new Date(now.getTime() - windowMs));
    if (count < failuresAlarm.failures) return;
    this.#signInsQuietUntil = now.getTime() + windowMs;
    log.error('ACCOUNTS_SIGN_IN_FAILURES_MANY', { count });
  }
}
