import Provider, { errors } from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clock } from '@dinhdanh/kit';
import { rememberRedeemed } from './carry-out-consent.ts';
import { clientOf, mayAsk } from './party.ts';
import { partyOf } from './party-of-request.ts';
import type { ProviderStore } from './store.ts';

/** What the adapters of all kinds share. */
export interface AdapterParts {
  readonly store: ProviderStore;
  readonly clock: Clock;
}

/**
 * Where the authorization server keeps one kind of thing. Nothing is cached: every request asks the database, so a relying
 * party that is suspended is unknown at the next request, whichever process it reaches.
 */
export function openAdapter(kind: string, { store, clock }: AdapterParts): Adapter {
  if (kind === 'Client') return clientAdapter(store);
  return {
    upsert: async (id, payload, expiresIn) => {
      // No browser is left a session, so nobody ever asks for one.
      if (kind === 'Session') return;
      const kept = kind === 'RefreshToken' ? bindRefreshToken(payload) : payload;
      await store.keep(kind, id, {
        payload: { ...kept },
        grantId: payload.grantId ?? null,
        uid: payload.uid ?? null,
        expiresAt: expiresIn === undefined ? null : new Date(clock().getTime() + expiresIn * 1000),
      });
    },
    find: async (id) => store.find(kind, id),
    findByUid: async (uid) => store.findByUid(kind, uid),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      // The library looks first and consumes later: between the two another request may have come, and loses here.
      const first =
        kind === 'AuthorizationCode'
          ? await redeem(id, { store, clock })
          : await store.consume(kind, id, clock());
      if (!first) throw await usedAlready(kind, id, store);
    },
    destroy: (id) => store.remove(kind, id),
    revokeByGrantId: (grantId) => store.removeOfGrant(kind, grantId),
  };
}

function clientAdapter(store: ProviderStore): Adapter {
  const nothing = async (): Promise<undefined> => undefined;
  return {
    find: async (id) => {
      const party = await partyOf(Provider.ctx, id, store);
      return party !== null && mayAsk(party) ? clientOf(party) : undefined;
    },
    upsert: nothing,
    findByUid: nothing,
    findByUserCode: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  };
}

async function redeem(id: string, { store, clock }: AdapterParts): Promise<boolean> {
  const redeemed = await store.redeem('AuthorizationCode', id, clock());
  const ctx = Provider.ctx;
  if (redeemed !== null && ctx !== undefined) rememberRedeemed(ctx, redeemed.consent);
  return redeemed !== null;
}

/** The library binds refresh tokens of public clients alone to their DPoP key (RFC 9449 §5); here all are. */
function bindRefreshToken(payload: AdapterPayload): AdapterPayload {
  const jkt = payload.jkt ?? Provider.ctx?.oidc.entities.AccessToken?.jkt;
  if (jkt === undefined) throw new errors.InvalidGrant('a refresh token without a DPoP key');
  return { ...payload, jkt };
}

/** A code that is redeemed twice takes with it what came of it (RFC 6749 §4.1.2). */
async function usedAlready(kind: string, id: string, store: ProviderStore): Promise<Error> {
  if (kind === 'PushedAuthorizationRequest')
    return new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used');
  const grantId = (await store.find(kind, id))?.['grantId'];
  const ctx = Provider.ctx;
  if (typeof grantId === 'string' && ctx !== undefined) {
    await store.removeOfGrant('RefreshToken', grantId);
    await store.remove('Grant', grantId);
    ctx.oidc.provider.emit('grant.revoked', ctx, grantId);
  }
  return new errors.InvalidGrant('already consumed');
}
