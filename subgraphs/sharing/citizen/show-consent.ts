import type { CallContext } from '@dinhdanh/kit';
import { consentStateAt } from '../consent/consent-states.ts';
import type { ConsentState, StopReason } from '../consent/consent-states.ts';
import type { ConsentRow } from './consent-row.ts';
import { purposeOf } from './name-purpose.ts';
import { shownParty } from './show-share.ts';

/** How a consent is shown to who gave it. */
export const consentFields = {
  state: (consent: ConsentRow, _: unknown, { now }: Pick<CallContext, 'now'>) => shownState(consent, now),
  stopReason: (consent: ConsentRow, _: unknown, { now }: Pick<CallContext, 'now'>) =>
    stopReasonOf(consent, now),
  party: ({ party }: ConsentRow) => shownParty(party),
  items: ({ granted }: ConsentRow) => granted.items,
  purpose: ({ purpose, granted }: ConsentRow) => ({ ...purposeOf(purpose), text: granted.purposeText }),
  retentionDays: ({ granted }: ConsentRow) => granted.retentionDays,
  fetch: ({ granted }: ConsentRow) => granted.fetch,
  frequency: ({ granted }: ConsentRow) => granted.frequency,
  grantedAt: ({ grantedAt }: ConsentRow) => grantedAt.toISOString(),
  endsAt: ({ endsAt }: ConsentRow) => endsAt.toISOString(),
  changedAt: (consent: ConsentRow, _: unknown, { now }: Pick<CallContext, 'now'>) => {
    if (consent.state === consentStateAt(consent, now)) return consent.changedAt.toISOString();
    return consent.endsAt.toISOString();
  },
  dependant: ({ relationId }: ConsentRow) => relationId,
};

/** As the gateway holds it: one whose relying party may not ask is stopped. */
function shownState(consent: ConsentRow, now: Date): ConsentState {
  const state = consentStateAt(consent, now);
  return state === 'ACTIVE' && !mayAsk(consent) ? 'STOPPED' : state;
}

function stopReasonOf(consent: ConsentRow, now: Date): StopReason | null {
  if (shownState(consent, now) !== 'STOPPED') return null;
  return consent.stopReasons[0] ?? 'PARTY';
}

function mayAsk({ party }: ConsentRow): boolean {
  return party.state === 'APPROVED' || party.state === 'SANDBOX';
}
