import { createHash, randomBytes, randomInt } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { decideItems } from '../consent/decide-items.ts';
import type { Approval, Decision, ShareRow } from '../consent/share-row.ts';
import { shareAfter, shareStateAt } from '../consent/share-states.ts';
import { composeShownText } from '../consent/shown-text.ts';
import type { ShareStore } from '../consent/store.ts';
import type { SharingSettings } from '../settings.ts';
import { deciderOf, whoseData } from './decider.ts';
import type { Whose } from './decider.ts';
import { purposeOf } from './name-purpose.ts';
import { pruneAsked } from './prune-asked.ts';
import { eventOf, tell } from './tell-event.ts';

/** A decision as the schema has it. */
export interface DecideInput {
  readonly handle: string;
  readonly decision: 'APPROVE' | 'DECLINE';
  readonly voluntary?: readonly string[] | null | undefined;
  readonly ticked?: readonly string[] | null | undefined;
  readonly dependant?: string | null | undefined;
  readonly wardAgrees?: boolean | null | undefined;
  readonly startedByMe?: boolean | null | undefined;
}

/** What deciding depends on. */
export interface DecideRoom {
  readonly store: { readonly shares: Pick<ShareStore, 'find' | 'approve' | 'decline'> };
  readonly settings: Pick<SharingSettings, 'publicUrl'>;
}

/** A request as it is after the decision, with the way back that is told this once. */
export type DecidedShare = ShareRow & { readonly returnUrl?: string };

type Call = Pick<CallContext, 'caller' | 'identifiersOf' | 'now' | 'respond'>;

/**
 * Decides a request that the caller has taken.
 *
 * @throws AppError `NOT_FOUND` · `BAD_USER_INPUT` (`SHARE_EXPIRED`, `SHARE_DECIDED`, `TICK_REQUIRED`, `ITEM_UNKNOWN`, …) ·
 * `PASSCODE_REQUIRED` without a confirmation made since the request was taken and never used · as {@link whoseData}
 */
export async function decideShare(input: DecideInput, call: Call, room: DecideRoom): Promise<DecidedShare> {
  const self = deciderOf(call);
  const share = await room.store.shares.find(input.handle);
  if (share === null || share.claimedBy !== self) throw new AppError('NOT_FOUND');
  return input.decision === 'DECLINE'
    ? decline(share, self, call, room)
    : approve(share, self, input, call, room);
}

async function decline(share: ShareRow, self: string, call: Call, room: DecideRoom): Promise<ShareRow> {
  if (shareStateAt(share, call.now) === 'DECLINED') return share;
  const declined = shareAfter(share, 'decline', call.now);
  if (declined === null || !(await room.store.shares.decline(share.handle, self, call.now)))
    return refuse(share, call.now);
  tell(
    call.respond,
    eventOf({ ...share, asked: share.ask, subject: self, grantor: self }, { change: 'declined' }),
  );
  return { ...share, ...declined, number: null };
}

async function approve(
  share: ShareRow,
  self: string,
  input: DecideInput,
  call: Call,
  room: DecideRoom,
): Promise<DecidedShare> {
  const approved = shareAfter(share, 'approve', call.now);
  if (approved === null) return refuse(share, call.now);
  const { decision, text } = decisionOf(share, input, whoseData(call, input));
  const returnCode = share.door === 'link' ? randomBytes(16).toString('base64url') : null;
  const approval: Approval = {
    subject: self,
    decision,
    text,
    confirmation: confirmationOf(share, call),
    number: String(randomInt(1000)).padStart(3, '0'),
    returnHash: returnCode === null ? null : hashOf(returnCode),
  };
  const outcome = await room.store.shares.approve(share.handle, approval, call.now);
  if (outcome === 'USED') throw new AppError('PASSCODE_REQUIRED', { internal: 'confirmation used before' });
  if (outcome === 'LOST') return refuse((await room.store.shares.find(share.handle)) ?? share, call.now);
  const { number } = approval;
  const origin = room.settings.publicUrl();
  const back =
    returnCode === null || origin === null ? {} : { returnUrl: wayBack(origin, share.handle, returnCode) };
  return { ...share, ...approved, decision, number, ...back };
}

/** What is agreed to, with the exact text of it. */
function decisionOf(share: ShareRow, input: DecideInput, whose: Whose): { decision: Decision; text: string } {
  const { ask, party } = share;
  const decided = decideItems(ask.items, { voluntary: input.voluntary ?? [], ticked: input.ticked ?? [] });
  if ('problem' in decided) throw new AppError('BAD_USER_INPUT', decided.problem);
  const shown = composeShownText({ party, asked: ask, purpose: purposeOf(share.purpose) });
  const granted = pruneAsked(ask, decided.granted);
  const startedByMe = input.startedByMe ?? null;
  return { decision: { ...whose, startedByMe, granted, textHash: shown.hash }, text: shown.text };
}

/** The gateway tells of a confirmation only while its window is open; here it must be younger than the request's taking. */
function confirmationOf({ claimedAt }: ShareRow, { caller }: Call): Approval['confirmation'] {
  const { confirmed } = caller;
  const at = new Date(confirmed?.at ?? Number.NaN);
  if (confirmed === undefined || claimedAt === null || !(at > claimedAt))
    throw new AppError('PASSCODE_REQUIRED');
  return { id: confirmed.id, at, method: confirmed.method === 'passkey' ? 'PASSKEY' : 'PASSCODE' };
}

function refuse(share: ShareRow, now: Date): never {
  const expired = shareStateAt(share, now) === 'EXPIRED';
  throw new AppError('BAD_USER_INPUT', {
    field: 'handle',
    reason: expired ? 'SHARE_EXPIRED' : 'SHARE_DECIDED',
  });
}

function wayBack(origin: string, handle: string, code: string): string {
  return `${origin}/share/${handle}/return?code=${code}`;
}

/** Base64url SHA-256 of a code: what is stored of it. */
export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
