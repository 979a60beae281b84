import { describeFailure, keepFollowing, legalDateOf } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import { decideSubmitted } from './decide-registration.ts';
import type { RegistrationRoom } from './registration-room.ts';
import { timedEvent } from './registration-times.ts';
import { writeAlarms } from './alarm-rows.ts';
import { carryOut } from './restoring/carry-out.ts';

/** What tending registrations works with. */
export interface TendRoom {
  readonly room: Pick<RegistrationRoom, 'registrations' | 'ports' | 'settings'>;
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

/**
 * One look: drafts expire, approvals lapse, what waits is decided, changes whose time has come are carried out, what is late
 * or ready is told. Tells whether there is more.
 */
export async function tendOnce(tended: Omit<TendRoom, 'pollSeconds'>): Promise<boolean> {
  const now = tended.clock();
  const found = await tended.room.registrations.findTimed(now, new Date(now.getTime() - WAITS_MS), AT_ONCE);
  const counts = { EXPIRE: 0, LAPSE: 0 };
  let done = 0;
  for (const { id, due } of found) {
    if (due === 'EXPIRE' || due === 'LAPSE') {
      if (!(await overtake(id, now, tended))) continue;
      counts[due] += 1;
      done += 1;
    } else if (await works[due](id, now, tended)) done += 1;
  }
  for (const reason of ['EXPIRE', 'LAPSE'] as const) {
    const count = counts[reason];
    if (count > 0) tended.log.info('ACCOUNTS_REGISTRATION_OVERTAKEN', { reason, count });
  }
  return done === AT_ONCE;
}

/** What else there is to do; each tells whether it was done. */
const works = {
  DECIDE: async (id: string, now: Date, { room, log }: Omit<TendRoom, 'pollSeconds'>) => {
    const decided = await decideSubmitted(id, { now, log }, room);
    return decided !== null && decided.state !== 'SUBMITTED';
  },
  CARRY_OUT: async (id: string, now: Date, { room, log }: Omit<TendRoom, 'pollSeconds'>) => {
    const done = await carryOut(id, { now, log }, room);
    return done !== null && done.state !== 'APPROVED';
  },
  LATE: tellLate,
  READY: tellReady,
} as const;

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
        const { purpose, subject, phone } = registration;
        if (event !== 'LAPSE') return;
        if (purpose === 'ACCOUNT')
          await room.ports.putMessage(sql, { kind: 'ACTIVATION_LAPSED', inputs: {} }, phone, now);
        else await room.ports.tellOwner(sql, subject ?? '', { kind: 'CHANGE_LAPSED', inputs: {} }, now);
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

/** The owner is told, once, that the new device can be taken into use. */
async function tellReady(id: string, now: Date, { room }: Pick<TendRoom, 'room'>): Promise<boolean> {
  let told = false;
  await room.registrations.change(id, now, (registration) => {
    const { state, subject, readyToldAt, activateBy } = registration;
    told = state === 'APPROVED' && readyToldAt === null && timedEvent(registration, now) === null;
    if (!told || activateBy === null) return null;
    // The term ends with a day: its last one is the one before.
    const inputs = { activateBy: legalDateOf(new Date(activateBy.getTime() - 1)) };
    return {
      patch: { readyToldAt: now },
      also: (sql) => room.ports.tellOwner(sql, subject ?? '', { kind: 'DEVICE_CHANGE_READY', inputs }, now),
    };
  });
  return told;
}
