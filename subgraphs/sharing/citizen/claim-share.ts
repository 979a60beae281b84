import { AppError } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { fatigueOf } from '../consent/fatigue.ts';
import type { FatigueLimits } from '../consent/fatigue.ts';
import { checkCode, readCode } from '../consent/rotating-code.ts';
import type { ReadCode } from '../consent/rotating-code.ts';
import type { ShareRow } from '../consent/share-row.ts';
import { shareAfter, shareStateAt } from '../consent/share-states.ts';
import type { ShareStore } from '../consent/store.ts';
import { deciderOf } from './decider.ts';
import { eventOf, tell } from './tell-event.ts';

/** What taking a request depends on. */
export interface ClaimRoom {
  readonly store: { readonly shares: Pick<ShareStore, 'find' | 'recentOf' | 'claim'> };
  readonly settings: FatigueLimits;
}

type Call = Pick<CallContext, 'caller' | 'identifiersOf' | 'now' | 'respond'>;

/** 097 to 099 stand for no province. */
const SYNTHETIC = /^09[7-9]/;

/**
 * Takes a request for the person who calls, by the code they scanned or opened. One account can; to any other it is a request
 * that does not exist. The same account is given it again.
 *
 * @throws AppError `NOT_FOUND` · `BAD_USER_INPUT` (`CODE_EXPIRED`) · `RATE_LIMITED` · as {@link deciderOf}
 */
export async function claimShare(text: string, call: Call, room: ClaimRoom): Promise<ShareRow> {
  const self = deciderOf(call);
  const code = readCode(text);
  if (code === null) throw new AppError('BAD_USER_INPUT', { field: 'code' });
  const share = await room.store.shares.find(code.handle);
  const verdict = share === null ? 'FALSE' : checkCode(code, share, call.now);
  if (share === null || verdict === 'FALSE') throw new AppError('NOT_FOUND');
  if (share.claimedBy === self) return share;
  mustBeWaiting(share, verdict, call.now);
  mustBeOfSandbox(share, call.identifiersOf(self).personalNumber);
  await mustNotBeTired(self, share, call.now, room);
  if (!(await room.store.shares.claim(share, { subject: self, door: code.door }, call.now)))
    return takenMeanwhile(code, self, room);
  tell(
    call.respond,
    eventOf({ ...share, asked: share.ask, subject: self, grantor: self }, { change: 'claimed' }),
  );
  const door = code.door === 'q' ? 'qr' : 'link';
  return { ...share, ...shareAfter(share, 'claim', call.now), claimedBy: self, door };
}

function mustBeWaiting(share: ShareRow, verdict: 'GOOD' | 'OLD', now: Date): void {
  const state = shareStateAt(share, now);
  const mayAsk = share.party.state === 'APPROVED' || share.party.state === 'SANDBOX';
  if (share.claimedBy !== null || !mayAsk || (state !== 'WAITING' && state !== 'EXPIRED'))
    throw new AppError('NOT_FOUND');
  if (state === 'EXPIRED' || verdict === 'OLD')
    throw new AppError('BAD_USER_INPUT', { field: 'code', reason: 'CODE_EXPIRED' });
}

/** Who is not yet approved tries with synthetic people alone, whose numbers begin as no real one does. */
function mustBeOfSandbox({ party }: ShareRow, personalNumber: string): void {
  if (party.state === 'SANDBOX' && !SYNTHETIC.test(personalNumber))
    throw new AppError('NOT_PERMITTED', { internal: 'a party in the sandbox' });
}

async function mustNotBeTired(
  self: string,
  { partyId }: ShareRow,
  now: Date,
  room: ClaimRoom,
): Promise<void> {
  const fatigue = fatigueOf(await room.store.shares.recentOf(self, partyId, now), room.settings, now);
  if (fatigue !== null) throw new AppError('RATE_LIMITED', { ...fatigue });
}

/** Somebody was faster: whoever calls twice at once is given their own, anybody else what there is for a stranger. */
async function takenMeanwhile({ handle }: ReadCode, self: string, room: ClaimRoom): Promise<ShareRow> {
  const share = await room.store.shares.find(handle);
  if (share?.claimedBy !== self) throw new AppError('NOT_FOUND');
  return share;
}
