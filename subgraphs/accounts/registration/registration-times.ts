import { legalDateOf } from '@dinhdanh/kit';
import { nextState } from './machine.ts';
import type { RegistrationEvent } from './machine.ts';
import { changeRuleOn } from './policy/changes.ts';
import { deadlineCase, deadlineOn } from './policy/deadlines.ts';
import type { DeadlineFacts } from './policy/deadlines.ts';
import { limitsOn } from './policy/thresholds.ts';
import type { Registration } from './registration.ts';
import { endOfDay, lastDayOf } from './working-days.ts';

/** The instant at which something that began at another is due: the end of the last day of its term. */
export function dueAt(facts: DeadlineFacts, receivedAt: Date): Date | null {
  const day = legalDateOf(receivedAt);
  const row = deadlineOn(deadlineCase(facts), day);
  return row === null ? null : endOfDay(lastDayOf(day, row));
}

/** Until when an account approved at an instant is to be activated (Decree 69/2024, art. 14). */
export function activateBy(decidedAt: Date): Date | null {
  const day = legalDateOf(decidedAt);
  const row = deadlineOn('ACTIVATION', day);
  return row === null ? null : endOfDay(lastDayOf(day, row));
}

/** When a change approved at an instant takes effect: after the delay of its rule, or of the settings. */
export function effectiveAt(
  registration: Pick<Registration, 'purpose' | 'openedBy'>,
  decidedAt: Date,
  { changeDelaySeconds }: { readonly changeDelaySeconds: number | null },
): Date {
  const hours = changeRuleOn(registration, legalDateOf(decidedAt))?.delayHours ?? 0;
  const seconds = hours === 0 ? 0 : (changeDelaySeconds ?? hours * 3_600);
  return new Date(decidedAt.getTime() + seconds * 1000);
}

/** What decides the deadline of a registration. In the app a citizen has shown a chip card. */
export function deadlineFacts(registration: Registration): DeadlineFacts {
  const { kind, level, channel, chip, biometrics, organisation, match, identity } = registration;
  return {
    kind,
    level,
    hasCard: channel === 'APP' || chip !== null || (identity?.issueDate ?? null) !== null,
    biometricsKnown: biometrics?.same === true,
    authenticated: organisation?.authenticated === true,
    isForeigner: kind === 'FOREIGN_RESIDENT' || match?.database === 'immigration',
  };
}

/** What time alone does to a registration: a draft that is too old expires, an approval nobody took up lapses. */
export function timedEvent(
  { state, expiresAt, activateBy: by }: Pick<Registration, 'state' | 'expiresAt' | 'activateBy'>,
  now: Date,
): Extract<RegistrationEvent, 'EXPIRE' | 'LAPSE'> | null {
  if (state === 'OPEN' && expiresAt <= now) return 'EXPIRE';
  if (state === 'APPROVED' && by !== null && by <= now) return 'LAPSE';
  return null;
}

/** The state as it is now, whether anybody has written down that its time is over. */
export function stateNow(registration: Registration, now: Date): Registration['state'] {
  const event = timedEvent(registration, now);
  return event === null ? registration.state : (nextState(registration.state, event) ?? registration.state);
}

/** When a registration that is begun now expires unless it is sent in. */
export function draftEnds(now: Date): Date {
  return new Date(now.getTime() + limitsOn(legalDateOf(now)).draftDays * 86_400_000);
}
