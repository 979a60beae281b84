import { describeFailure, keepFollowing } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import { decideSubmitted } from './decide-registration.ts';
import type { RegistrationRoom } from './registration-room.ts';
import { timedEvent } from './registration-times.ts';
import { writeAlarms } from './alarm-rows.ts';

/** What tending registrations works with. */
export interface TendRoom {
  readonly room: Pick<RegistrationRoom, 'registrations' | 'ports'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly pollSeconds: number;
}

/** So many are looked through at once. */
const AT_ONCE = 100;
/** What was sent in so long ago is decided by the background: whoever sent it in did not come to it. */
const WAITS_MS = 10_000;
const NEVER_SWEPT_MS = 86_400_000;

/** Does what time alone brings about, again and again; any number of processes may, since each change names its state. */
export function tendRegistrations(tended: TendRoom): BackgroundWork {
  const { clock, log, pollSeconds } = tended;
  return keepFollowing({
    follow: () => tendOnce(tended),
    sweep: async () => undefined,
    sweepEveryMs: NEVER_SWEPT_MS,
    pollSeconds,
    clock,
    failed: (error, count) => log.warn('ACCOUNTS_REGISTRATION_FAILED', { ...describeFailure(error), count }),
  });
}

/** One look: drafts expire, approvals lapse, what waits is decided, what is late is told. Tells whether there is more. */
export async function tendOnce(tended: Omit<TendRoom, 'pollSeconds'>): Promise<boolean> {
  const now = tended.clock();
  const found = await tended.room.registrations.findTimed(now, new Date(now.getTime() - WAITS_MS), AT_ONCE);
  const counts = { EXPIRE: 0, LAPSE: 0 };
  let done = 0;
  for (const { id, due } of found) {
    if (due === 'DECIDE') {
      const decided = await decideSubmitted(id, { now, log: tended.log }, tended.room);
      if (decided !== null && decided.state !== 'SUBMITTED') done += 1;
    } else if (due === 'LATE') {
      if (await tellLate(id, now, tended)) done += 1;
    } else if (await overtake(id, now, tended)) {
      counts[due] += 1;
      done += 1;
    }
  }
  for (const reason of ['EXPIRE', 'LAPSE'] as const) {
    const count = counts[reason];
    if (count > 0) tended.log.info('ACCOUNTS_REGISTRATION_OVERTAKEN', { reason, count });
  }
  return done === AT_ONCE;
}

async function overtake(id: string, now: Date, { room }: Pick<TendRoom, 'room'>): Promise<boolean> {
  let moved = false;
  await room.registrations.change(id, now, (registration) => {
    const event = timedEvent(registration, now);
    moved = event !== null;
    if (event === null) return null;
    return {
      patch: {},
      move: { event, reason: event === 'LAPSE' ? 'NOT_ACTIVATED_IN_TIME' : 'NEVER_SENT_IN' },
      also: async (sql) => {
        if (event === 'LAPSE')
          await room.ports.putMessage(
            sql,
            { kind: 'ACTIVATION_LAPSED', inputs: {} },
            registration.phone,
            now,
          );
      },
    };
  });
  return moved;
}

/** An alarm, once: in the log, and for the review queue. */
async function tellLate(
  id: string,
  now: Date,
  { room, log }: Pick<TendRoom, 'room' | 'log'>,
): Promise<boolean> {
  let told = false;
  await room.registrations.change(id, now, (registration) => {
    const isWaiting = registration.state === 'SUBMITTED' || registration.state === 'IN_REVIEW';
    told = isWaiting && registration.lateToldAt === null;
    if (!told) return null;
    return {
      patch: { lateToldAt: now },
      also: (sql) => writeAlarms(sql, [{ code: 'PAST_DUE', registrationId: id, count: 1 }], now),
    };
  });
  if (told) log.error('ACCOUNTS_REGISTRATION_LATE');
  return told;
}
