import { describeFailure, keepFollowing, legalDateOf } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log, LogEvent } from '@dinhdanh/kit';
import type { SessionStore } from './life/sessions/store.ts';
import { otpPolicyOf } from './otp/rules.ts';
import type { OtpStore } from './otp/store.ts';
import { limitsOn } from './registration/policy/thresholds.ts';
import type { RegistrationStore } from './registration/store.ts';
import { failuresAlarm } from './throttle.ts';

/** What watching works with. */
export interface WatchRoom {
  readonly codes: Pick<OtpStore, 'failuresSince' | 'sweep'>;
  readonly signIns: Pick<SessionStore, 'failuresSince'>;
  readonly registrations: Pick<RegistrationStore, 'begunSince'>;
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
 * Looks at all wrong codes together, at all failed sign-ins, and at all registrations begun: what many do a little each shows
 * nowhere else. Deletes the codes that count no more.
 */
export function watchCrowds(room: WatchRoom): BackgroundWork {
  const watch = new CrowdWatch(room);
  return keepFollowing({
    follow: () => watch.look(),
    sweep: (now) => room.codes.sweep(new Date(now.getTime() - KEPT_MS)),
    sweepEveryMs: SWEEP_EVERY_MS,
    pollSeconds: room.watchSeconds,
    clock: room.clock,
    failed: (error) => room.log.warn('ACCOUNTS_OUTBOX_FAILED', describeFailure(error)),
  });
}

/** One thing that is done by many. */
interface Crowd {
  readonly event: LogEvent;
  readonly withinMs: number;
  /** From how many on it is an alarm, on a legal day. */
  readonly most: (day: string) => number;
  readonly count: (since: Date) => Promise<number>;
  /** Nothing is told before, so that one alarm stands for all that belongs to it. */
  quietUntil: number;
}

/** Raises each alarm once for every ten minutes in which there were too many. */
export class CrowdWatch {
  readonly #room: Pick<WatchRoom, 'clock' | 'log'>;
  readonly #crowds: readonly Crowd[];

  constructor({ codes, signIns, registrations, ...room }: Omit<WatchRoom, 'watchSeconds'>) {
    this.#room = room;
    this.#crowds = [
      {
        event: 'ACCOUNTS_OTP_FAILURES_MANY',
        withinMs: WINDOW_MS,
        most: (day) => otpPolicyOf(day).failuresForAlarm,
        count: (since) => codes.failuresSince(since),
        quietUntil: 0,
      },
      {
        event: 'ACCOUNTS_SIGN_IN_FAILURES_MANY',
        withinMs: failuresAlarm.withinSeconds * 1000,
        most: () => failuresAlarm.failures,
        count: (since) => signIns.failuresSince(since),
        quietUntil: 0,
      },
      {
        event: 'ACCOUNTS_REGISTRATIONS_MANY',
        withinMs: WINDOW_MS,
        most: (day) => limitsOn(day).begunForAlarm,
        count: (since) => registrations.begunSince(since),
        quietUntil: 0,
      },
    ];
  }

  /** Looks once; false, as there is never more to do at once. */
  async look(): Promise<boolean> {
    const now = this.#room.clock();
    for (const crowd of this.#crowds) await this.#lookAt(crowd, now);
    return false;
  }

  async #lookAt(crowd: Crowd, now: Date): Promise<void> {
    if (now.getTime() < crowd.quietUntil) return;
    const count = await crowd.count(new Date(now.getTime() - crowd.withinMs));
    if (count < crowd.most(legalDateOf(now))) return;
    crowd.quietUntil = now.getTime() + crowd.withinMs;
    this.#room.log.error(crowd.event, { count });
  }
}
