import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { errors } from 'oidc-provider';
import type { Interaction, InteractionResults, KoaContextWithOIDC } from 'oidc-provider';
import { describeFailure } from '@dinhdanh/kit';
import type { SharingRoom } from '../room.ts';
import { answerExtras } from './answer-extras.ts';
import { beginShare } from './begin-share.ts';
import type { Browser } from './begin-share.ts';
import { detailsOf } from './carry-out-consent.ts';
import { LEVEL_2, providerConfiguration } from './provider-configuration.ts';
import { readRequest } from './read-request.ts';
import { Refusals } from './refusals.ts';
import { SHORTEST_KEY_PERIOD_SECONDS, signingKeysAt } from './signing-keys.ts';
import { ProviderStore } from './store.ts';

/** How a request to share ended: granted under a consent, or not. */
export type ShareOutcome = { readonly granted: string } | 'declined' | 'expired' | 'cancelled' | 'fault';

/** The authorization server as the rest of sharing sees it. */
export interface OpenProvider {
  /** Answers a request below `/oauth` and `/.well-known`; the browser is remembered with a request to share. */
  readonly answer: (request: IncomingMessage, response: ServerResponse, browser: Browser) => Promise<void>;
  /** The interaction of the browser that sends this request, by its signed cookie; null for any other browser. */
  readonly interactionOf: (request: IncomingMessage, response: ServerResponse) => Promise<Interaction | null>;
  /** Ends an interaction once; where its browser goes on. Null where it has ended or expired already. */
  readonly finish: (uid: string, outcome: ShareOutcome) => Promise<string | null>;
}

/** Opens the authorization server; null until the gateway's address is known. */
export function openProvider(room: SharingRoom): () => OpenProvider | null {
  const store = new ProviderStore(room.store.prisma);
  const browsers = new WeakMap<IncomingMessage, Browser>();
  let made: { provider: Provider; name: string } | null = null;
  const current = (): Provider | null => {
    const issuer = room.settings.gatewayUrl();
    if (issuer === null) return null;
    const period = Math.max(SHORTEST_KEY_PERIOD_SECONDS, room.settings.keyPeriodSeconds);
    const keys = signingKeysAt(room.settings.signingKey, room.clock(), period);
    const name = `${issuer} ${keys.period}`;
    // A provider holds nothing but its configuration: with new keys there is a new one.
    if (made?.name !== name) made = { name, provider: makeProvider({ room, store, browsers, issuer, keys }) };
    return made.provider;
  };
  return () => {
    const provider = current();
    if (provider === null) return null;
    return {
      answer: (request, response, browser) => {
        browsers.set(request, browser);
        return handOver(provider, request, response);
      },
      interactionOf: (request, response) => interactionOf(provider, request, response),
      finish: (uid, outcome) => finish(provider, store, { uid, outcome }),
    };
  };
}

interface ProviderParts {
  readonly room: SharingRoom;
  readonly store: ProviderStore;
  readonly browsers: WeakMap<IncomingMessage, Browser>;
  readonly issuer: string;
  readonly keys: ReturnType<typeof signingKeysAt>;
}

function makeProvider({ room, store, browsers, issuer, keys }: ProviderParts): Provider {
  const { settings, clock, log } = room;
  const refusals = new Refusals();
  const provider = new Provider(
    issuer,
    providerConfiguration({
      issuer,
      settings,
      store,
      clock,
      keys,
      checkRequest: (ctx, detail) => checkRequest(ctx, detail, { store, refusals, now: clock() }),
      beginShare: async (ctx, interaction) =>
        `/share/${await beginShare(interaction, browsers.get(ctx.req), { store, now: clock() })}`,
    }),
  );
  provider.proxy = true;
  refuseReplays(provider, store, room);
  refusals.watch(provider);
  provider.on('server_error', (_ctx, error) => log.error('SHARING_PROVIDER_FAILED', describeFailure(error)));
  provider.on('error', (error) => log.error('SHARING_PROVIDER_FAILED', describeFailure(error)));
  provider.use(answerExtras({ refusals, store, clock, issuer }));
  return provider;
}

/** The library looks for a `jti` first and keeps it later: two that come at once would both be new. Here one statement does both. */
function refuseReplays(provider: Provider, store: ProviderStore, { clock }: SharingRoom): void {
  const { ReplayDetection } = provider as unknown as {
    ReplayDetection: { unique: (issuer: string, jti: string, exp: number) => Promise<boolean> };
  };
  ReplayDetection.unique = (issuer, jti, exp) =>
    store.noteOnce('Replay', createHash('sha256').update(`${issuer}\n${jti}`).digest('base64url'), new Date(exp * 1000), clock());
}

async function checkRequest(
  ctx: KoaContextWithOIDC,
  detail: Readonly<Record<string, unknown>>,
  { store, refusals, now }: { readonly store: ProviderStore; readonly refusals: Refusals; readonly now: Date },
): Promise<void> {
  const party = await store.findParty(ctx.oidc.client?.clientId ?? '');
  const request = readRequest(detail, party ?? { purposes: [] }, now);
  if (!('problem' in request)) return;
  refusals.askedTooMuch(ctx, request);
  // Printable ASCII without quotes and backslashes alone may stand in a description (RFC 6749 §5.2).
  throw new errors.InvalidAuthorizationDetails(request.problem.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?'));
}

/** Lets Koa answer, and waits until it has. */
async function handOver(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await (provider.callback() as (request: IncomingMessage, response: ServerResponse) => Promise<void>)(request, response);
}

async function interactionOf(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Interaction | null> {
  try {
    return await provider.interactionDetails(request, response);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}

async function finish(
  provider: Provider,
  store: ProviderStore,
  { uid, outcome }: { readonly uid: string; readonly outcome: ShareOutcome },
): Promise<string | null> {
  const interaction = await provider.Interaction.find(uid);
  if (interaction === undefined) return null;
  if (interaction.result === undefined) {
    interaction.result =
      typeof outcome === 'string' ? refusalOf(outcome) : await grantOf(provider, store, interaction, outcome.granted);
    await interaction.persist();
  }
  return interaction.returnTo;
}

/** What is told to the relying party: that nothing was granted, or that the fault is ours; never more (one answer for all who do not grant). */
function refusalOf(outcome: 'declined' | 'expired' | 'cancelled' | 'fault'): InteractionResults {
  return outcome === 'fault'
    ? { error: 'server_error', error_description: 'the request could not be carried out' }
    : { error: 'access_denied', error_description: 'nothing was granted' };
}

async function grantOf(
  provider: Provider,
  store: ProviderStore,
  { params }: Interaction,
  consentId: string,
): Promise<InteractionResults> {
  const consent = await store.consent(consentId);
  const clientId = String(params['client_id']);
  if (consent === null || consent.partyId !== clientId || consent.state !== 'ACTIVE') return refusalOf('cancelled');
  const grant = new provider.Grant({ accountId: consent.subject, clientId });
  grant.exp = Math.floor(consent.endsAt.getTime() / 1000);
  if (String(params['scope'] ?? '').split(' ').includes('openid')) grant.addOIDCScope('openid');
  grant.addRar(detailsOf(consent));
  const grantId = await grant.save();
  if (!(await store.tieGrant(consentId, grantId))) return refusalOf('fault');
  const ts = Math.floor(consent.grantedAt.getTime() / 1000);
  return { login: { accountId: consent.subject, acr: LEVEL_2, ts, remember: false }, consent: { grantId } };
}
