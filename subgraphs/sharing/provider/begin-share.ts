import { randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { Interaction, KoaContextWithOIDC } from 'oidc-provider';
import type { CallerToken } from '@dinhdanh/kit';
import { mayAsk } from './party.ts';
import { partyOf } from './party-of-request.ts';
import { readRequest } from './read-request.ts';
import type { SharingStore } from '../store.ts';

/** Who sits at the browser, as the gateway tells it. */
export type Browser = CallerToken['client'];

/** What beginning depends on. */
interface BeginParts {
  readonly browser: Browser;
  readonly store: Pick<SharingStore, 'shares' | 'provider'>;
  readonly now: Date;
}

/**
 * Puts down a request to share for a browser that has arrived with a pushed request, and gives its handle. Every browser
 * has one of its own: which of them is granted is decided when the pushed request is used up.
 */
export async function beginShare(
  ctx: KoaContextWithOIDC,
  interaction: Pick<Interaction, 'uid' | 'params'>,
  { browser, store, now }: BeginParts,
): Promise<string> {
  const { client_id: clientId, authorization_details: details } = interaction.params;
  const party = await partyOf(ctx, String(clientId), store.provider);
  if (party === null || !mayAsk(party))
    throw new errors.InvalidClient('client is invalid', 'client not found');
  const [detail] = JSON.parse(String(details)) as Readonly<Record<string, unknown>>[];
  const request = readRequest(detail ?? {}, party, now);
  // What was right when it was pushed may have changed since: a purpose taken from the party in that minute.
  if ('problem' in request) throw new errors.InvalidAuthorizationDetails(request.problem);
  const handle = randomBytes(24).toString('base64url');
  await store.shares.open(
    {
      handle,
      interaction: interaction.uid,
      partyId: party.id,
      ask: request.asked,
      purpose: request.purpose.code,
      codeKey: new Uint8Array(randomBytes(32)),
      originHash: browser?.address ?? '',
      originNetwork: browser?.network ?? '',
      originDevice: browser?.agent ?? '',
    },
    now,
  );
  return handle;
}
