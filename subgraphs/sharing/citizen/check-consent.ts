import { AppError } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { leavesOf } from '../consent/asked.ts';
import { consentStateAt } from '../consent/consent-states.ts';
import type { ConsentState } from '../consent/consent-states.ts';
import type { CheckedRow } from './consent-row.ts';
import type { ConsentStore } from './store.ts';

/** What the door `/check-consent` tells of a consent. `leaves` are keys; `endsAt` is RFC 3339, UTC. */
export type CheckedConsent =
  | { readonly state: 'UNKNOWN' }
  | {
      readonly state: ConsentState;
      readonly clientId: string;
      readonly legalName: string;
      readonly grantor: string;
      readonly subject: string;
      readonly relationId: string | null;
      readonly capacity: 'self' | 'guardian';
      readonly leaves: readonly string[];
      readonly hash: string;
      readonly purpose: string;
      readonly legalBasis: string;
      readonly endsAt: string;
    };

/** The law a reading by consent stands on. */
export const CONSENT_BASIS = 'Law 91/2025/QH15, art. 9';

const unknown: CheckedConsent = { state: 'UNKNOWN' };

/**
 * Tells the gateway how a consent stands now, in one statement: asked for every query of a relying party and never cached, so
 * that a revoke holds from its answer on. A consent of another client is one that does not exist. Only the gateway itself
 * (`system`) may ask.
 *
 * @throws AppError `NOT_PERMITTED` to any other caller · `BAD_USER_INPUT` without the ids in the body
 */
export async function checkConsent(
  body: unknown,
  { caller, now }: Pick<CallContext, 'caller' | 'now'>,
  store: Pick<ConsentStore, 'check'>,
): Promise<CheckedConsent> {
  if (caller.act.kind !== 'system') throw new AppError('NOT_PERMITTED', { internal: 'door of the gateway' });
  const question = body as Readonly<Record<string, unknown>> | null;
  const consentId = textOf(question, 'consentId');
  const clientId = textOf(question, 'clientId');
  const row = await store.check(consentId);
  if (row?.clientId !== clientId) return unknown;
  const { legalName, grantor, subject, relationId, purpose, granted } = row;
  return {
    state: stateOf(row, now),
    clientId,
    legalName,
    grantor,
    subject,
    relationId,
    capacity: relationId === null ? 'self' : 'guardian',
    leaves: leavesOf(granted.items),
    hash: granted.hash,
    purpose,
    legalBasis: CONSENT_BASIS,
    endsAt: row.endsAt.toISOString(),
  };
}

/** A relying party that may not ask is given nothing by any consent. */
function stateOf(row: CheckedRow, now: Date): ConsentState {
  const state = consentStateAt(row, now);
  if (state !== 'ACTIVE') return state;
  return row.partyState === 'APPROVED' || row.partyState === 'SANDBOX' ? state : 'STOPPED';
}

function textOf(body: Readonly<Record<string, unknown>> | null, field: string): string {
  const value = body?.[field];
  if (typeof value !== 'string' || value === '') throw new AppError('BAD_USER_INPUT', { field });
  return value;
}
