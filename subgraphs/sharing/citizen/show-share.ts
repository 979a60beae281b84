import type { CallContext } from '@dinhdanh/kit';
import { endOf, shareStateAt } from '../consent/share-states.ts';
import { composeShownText } from '../consent/shown-text.ts';
import type { PartyRow } from '../consent/share-row.ts';
import type { ConsentStore } from './store.ts';
import type { DecidedShare } from './decide-share.ts';
import { wardsOf } from './decider.ts';
import { purposeOf } from './name-purpose.ts';

/** What showing takes besides the call. */
export interface ShowContext extends CallContext {
  readonly room: { readonly store: { readonly consents: Pick<ConsentStore, 'findByHandle'> } };
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** How a request is shown to who has taken it. */
export const shareRequestFields = {
  state: (share: DecidedShare, _: unknown, { now }: ShowContext) => shareStateAt(share, now),
  items: ({ ask }: DecidedShare) => ask.items,
  purpose: ({ purpose, ask }: DecidedShare) => ({ ...purposeOf(purpose), text: ask.purposeText }),
  party: ({ party }: DecidedShare) => shownParty(party),
  retentionDays: ({ ask }: DecidedShare) => ask.retentionDays,
  fetch: ({ ask }: DecidedShare) => ask.fetch,
  frequency: ({ ask }: DecidedShare) => ask.frequency,
  validUntil: ({ ask }: DecidedShare) => ask.validUntil,
  refusalMeans: ({ ask }: DecidedShare) => ask.refusalMeans,
  // Once approved, what has to be done in time is typing the number or going back.
  decideUntil: (share: DecidedShare) =>
    instant(share.state === 'APPROVED' ? endOf(share) : share.decideUntil),
  origin: (
    { originNetwork, originDevice, originHash, createdAt }: DecidedShare,
    _: unknown,
    { caller }: ShowContext,
  ) => ({
    network: originNetwork,
    device: originDevice,
    sameNetwork: originHash !== '' && originHash === caller.client?.address,
    at: createdAt.toISOString(),
  }),
  number: (share: DecidedShare, _: unknown, { now }: ShowContext) =>
    shareStateAt(share, now) === 'APPROVED' ? share.number : null,
  returnUrl: ({ returnUrl }: DecidedShare) => returnUrl ?? null,
  wards: (_share: DecidedShare, _: unknown, context: ShowContext) =>
    wardsOf(context).map(({ id, ownYesNeeded }) => ({ id, ownYesNeeded })),
  textHash: ({ ask, party, purpose }: DecidedShare) =>
    composeShownText({ party, asked: ask, purpose: purposeOf(purpose) }).hash,
  consent: ({ state, handle }: DecidedShare, _: unknown, { room }: ShowContext) =>
    state === 'GRANTED' ? room.store.consents.findByHandle(handle) : null,
};

/** A relying party as people see it. */
export function shownParty({ state, ...party }: PartyRow) {
  const { id, legalName, displayName, taxCode, domain, sector, dataContact } = party;
  return { id, legalName, displayName, taxCode, domain, sector, dataContact, verified: state === 'APPROVED' };
}
