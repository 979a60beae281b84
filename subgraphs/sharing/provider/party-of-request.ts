import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Party } from './party.ts';
import type { ProviderStore } from './store.ts';

const found = new WeakMap<KoaContextWithOIDC, Map<string, Promise<Party | null>>>();

/**
 * A relying party with its purposes, read once a request: the library asks for it at several places. The next request reads it
 * anew, so whoever is suspended meanwhile is refused there. Outside of a request it is read each time.
 */
export function partyOf(
  ctx: KoaContextWithOIDC | undefined,
  id: string,
  store: Pick<ProviderStore, 'findParty'>,
): Promise<Party | null> {
  if (ctx === undefined) return store.findParty(id);
  const ofRequest = found.get(ctx) ?? new Map<string, Promise<Party | null>>();
  found.set(ctx, ofRequest);
  const party = ofRequest.get(id) ?? store.findParty(id);
  ofRequest.set(id, party);
  return party;
}
