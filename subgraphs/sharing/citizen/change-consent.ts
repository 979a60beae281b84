import { AppError } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { consentStateAt } from '../consent/consent-states.ts';
import type { ConsentState } from '../consent/consent-states.ts';
import type { ConsentRow } from './consent-row.ts';
import { personOf } from './decider.ts';
import type { ConsentStore, OwnChange } from './store.ts';
import { eventOf, tell } from './tell-event.ts';

/** What changing a consent depends on. */
export interface ChangeRoom {
  readonly store: { readonly consents: Pick<ConsentStore, 'find' | 'change'> };
}

type Call = Pick<CallContext, 'caller' | 'now' | 'respond'>;

const told = { pause: 'paused', resume: 'resumed', revoke: 'revoked' } as const;
const reached: Readonly<Record<OwnChange, ConsentState>> = {
  pause: 'PAUSED',
  resume: 'ACTIVE',
  revoke: 'REVOKED',
};

/**
 * Changes a consent for the person who gave it; when it answers, the change is committed, and the next query of the relying
 * party meets it. What stands so already is answered as it stands.
 *
 * @throws AppError `NOT_FOUND` where it is not theirs · `CONSENT_WITHDRAWN`, `CONSENT_EXPIRED` where it has ended ·
 * `BAD_USER_INPUT` (`CONSENT_NOT_STANDING`, `CONSENT_STOPPED`) · `PASSCODE_REQUIRED` to resume without a fresh confirmation
 */
export async function changeConsent(
  id: string,
  change: OwnChange,
  call: Call,
  room: ChangeRoom,
): Promise<ConsentRow> {
  const grantor = personOf(call);
  const consent = await room.store.consents.find(id);
  if (consent?.grantor !== grantor) throw new AppError('NOT_FOUND');
  if (consentStateAt(consent, call.now) === reached[change]) return consent;
  mayChange(consent, change, call.now);
  const confirmedAt = change === 'resume' ? confirmedSince(consent.changedAt, call) : call.now;
  if (!(await room.store.consents.change(consent, change, call.now, confirmedAt)))
    return changedMeanwhile(consent, change, call.now, room);
  const { party, purpose, granted, subject, relationId } = consent;
  const what = { party, purpose, asked: granted, subject, grantor, relationId, consentId: id };
  tell(call.respond, eventOf(what, { change: told[change] }));
  return { ...consent, state: reached[change], changedAt: call.now, stopReasons: [], stoppedFrom: null };
}

function mayChange(consent: ConsentRow, change: OwnChange, now: Date): void {
  const state = consentStateAt(consent, now);
  if (state === 'REVOKED') throw new AppError('CONSENT_WITHDRAWN');
  if (state === 'EXPIRED') throw new AppError('CONSENT_EXPIRED');
  if (change !== 'revoke' && state === 'STOPPED')
    throw new AppError('BAD_USER_INPUT', { field: 'id', reason: 'CONSENT_STOPPED' });
  if (change === 'pause' && consent.granted.fetch !== 'STANDING')
    throw new AppError('BAD_USER_INPUT', { field: 'id', reason: 'CONSENT_NOT_STANDING' });
}

function confirmedSince(changedAt: Date, { caller }: Call): Date {
  const at = new Date(caller.confirmed?.at ?? Number.NaN);
  if (!(at > changedAt)) throw new AppError('PASSCODE_REQUIRED');
  return at;
}

/** Something else changed it in between: what stands decides. */
async function changedMeanwhile(
  before: ConsentRow,
  change: OwnChange,
  now: Date,
  room: ChangeRoom,
): Promise<ConsentRow> {
  const consent = (await room.store.consents.find(before.id)) ?? before;
  if (consentStateAt(consent, now) === reached[change]) return consent;
  mayChange(consent, change, now);
  throw new AppError('BAD_USER_INPUT', { field: 'id', reason: 'CONSENT_CHANGED' });
}
