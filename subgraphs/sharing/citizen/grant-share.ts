import { randomBytes } from 'node:crypto';
import { CONSENT_EVENT_HEADER, consentEventHeader } from '../consent-event.ts';
import type { ConsentEvent } from '../consent-event.ts';
import { pairwiseSubject } from '../consent/pairwise.ts';
import { composeReceipt, RECEIPT_TYPE } from '../consent/receipt.ts';
import type { SignJws } from '../consent/receipt.ts';
import type { Decision, NewConsent, ShareRow } from '../consent/share-row.ts';
import { later, shareStateAt } from '../consent/share-states.ts';
import type { ShareStore } from '../consent/store.ts';
import { hashOf } from './decide-share.ts';
import { purposeOf } from './name-purpose.ts';
import type { SharingSettings } from '../settings.ts';
import { eventOf } from './tell-event.ts';
import type { Told } from './tell-event.ts';

/** By what the browser that began shows that the person who approved stands before it. */
export type Proof = { readonly number: string } | { readonly returnCode: string };

/** What became of a proof. `headers` go out with the answer: the gateway takes from them what it writes down. */
export interface Proved {
  readonly outcome: 'GRANTED' | 'WRONG' | 'NOT_APPROVED';
  readonly headers: Readonly<Record<string, string>>;
}

/** What granting depends on. */
export interface GrantRoom {
  readonly store: { readonly shares: Pick<ShareStore, 'find' | 'grant' | 'mistype'> };
  readonly settings: Pick<SharingSettings, 'publicUrl' | 'pairwiseKey'>;
  readonly sign: SignJws;
}

/** A consent for once holds so long until its one token is made, with which it then ends: the code lives a minute, the token five. */
const ONCE_SECONDS = 600;

/**
 * Turns an approval into a consent, once, if the proof is right. A wrong number is counted, and the third ends the request. The
 * browser has shown the cookie of its interaction before this is asked.
 */
export async function grantShare(handle: string, proof: Proof, room: GrantRoom, now: Date): Promise<Proved> {
  const share = await room.store.shares.find(handle);
  if (share?.decision == null || share.claimedBy === null || shareStateAt(share, now) !== 'APPROVED')
    return outcome('NOT_APPROVED');
  const told = toldOf(share, share.decision, share.claimedBy);
  if (!isRight(share, proof)) {
    if ('number' in proof) await room.store.shares.mistype(handle, proof.number, now);
    return outcome('WRONG', eventOf(told, { refusal: 'NOT_PERMITTED' }));
  }
  const consent = await consentOf(share, share.decision, room, now);
  const stored = 'number' in proof ? proof : { returnHash: hashOf(proof.returnCode) };
  if (!(await room.store.shares.grant(stored, consent, now))) return outcome('NOT_APPROVED');
  const granted = { ...told, asked: consent.granted, consentId: consent.id };
  return outcome('GRANTED', eventOf(granted, { change: 'granted' }));
}

function toldOf(
  { party, purpose }: ShareRow,
  { granted, subject, relationId }: Decision,
  grantor: string,
): Told {
  return { party, purpose, asked: granted, subject, grantor, relationId };
}

/** Three tries of three digits, or one of 128 bits: no time it takes to compare would help to guess. */
function isRight(share: ShareRow, proof: Proof): boolean {
  return 'number' in proof ? share.number === proof.number : share.returnHash === hashOf(proof.returnCode);
}

async function consentOf(
  share: ShareRow,
  decision: Decision,
  room: GrantRoom,
  now: Date,
): Promise<NewConsent> {
  const { granted, subject, relationId, wardAgreed, textHash } = decision;
  const consent = {
    id: randomBytes(16).toString('base64url'),
    handle: share.handle,
    ...{ subject, relationId, wardAgreed, granted, textHash },
    endsAt: endOf(decision, now),
  };
  const receipt = composeReceipt({
    consent,
    party: share.party,
    purpose: purposeOf(share.purpose),
    principal: pairwiseSubject(room.settings.pairwiseKey, share.partyId, subject),
    method: share.method ?? 'PASSCODE',
    issuer: room.settings.publicUrl() ?? '',
    now,
  });
  return { ...consent, receipt: await room.sign(receipt, RECEIPT_TYPE) };
}

function endOf({ granted }: Decision, now: Date): Date {
  const asked = granted.validUntil === null ? null : new Date(granted.validUntil);
  if (granted.fetch === 'STANDING' && asked !== null) return asked;
  const once = later(now, ONCE_SECONDS);
  return asked !== null && asked < once ? asked : once;
}

function outcome(what: Proved['outcome'], ...events: readonly ConsentEvent[]): Proved {
  const headers = events.length === 0 ? {} : { [CONSENT_EVENT_HEADER]: consentEventHeader(events) };
  return { outcome: what, headers };
}
