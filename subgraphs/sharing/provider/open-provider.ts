import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { errors } from 'oidc-provider';
import type { Interaction, InteractionResults, KoaContextWithOIDC } from 'oidc-provider';
import { describeFailure } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import type { SharingSettings } from '../settings.ts';
import type { SharingStore } from '../store.ts';
import { answerExtras } from './answer-extras.ts';
import { beginShare } from './begin-share.ts';
import type { Browser } from './begin-share.ts';
import { detailsOf } from './carry-out-consent.ts';
import { LEVEL_2, providerConfiguration } from './provider-configuration.ts';
import { readRequest } from './read-request.ts';
import { partyOf } from './party-of-request.ts';
import { Refusals } from './refusals.ts';
import { periodAt, SHORTEST_KEY_PERIOD_SECONDS, signingKeysAt } from './signing-keys.ts';
import type { ProviderStore } from './store.ts';

/** How a request to share ended. */
export type Ending = 'GRANTED' | 'DECLINED' | 'EXPIRED' | 'CANCELLED' | 'FAULT';

/** What the authorization server depends on. */
export interface ProviderRoom {
  readonly store: Pick<SharingStore, 'provider' | 'shares'>;
  readonly settings: SharingSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** The authorization server as the rest of sharing sees it. */
export interface OpenProvider {
  /** Answers a request below `/oauth` and `/.well-known`; the browser is remembered with a request to share. */
  readonly answer: (request: IncomingMessage, response: ServerResponse, browser: Browser) => Promise<void>;
  /** The id of the interaction of the browser that sends this request, by its signed cookie; null for any other browser. */
  readonly interactionOf: (request: IncomingMessage, response: ServerResponse) => Promise<string | null>;
  /**
   * Tells how the request to share of an interaction ended, as often as one likes: a grant stays, all else may still be
   * followed by one. Resolves to where its browser goes on.
   */
  readonly finish: (interaction: string, ending: Ending, handle: string) => Promise<string>;
}

/** Opens the authorization server; null until the gateway's address is known. */
export function openProvider(room: ProviderRoom): () => OpenProvider | null {
  const store = room.store.provider;
  const browsers = new WeakMap<IncomingMessage, Browser>();
  let made: Made | null = null;
  const current = (): Made | null => {
    const issuer = room.settings.publicUrl();
    if (issuer === null) return null;
    const period = Math.max(SHORTEST_KEY_PERIOD_SECONDS, room.settings.keyPeriodSeconds);
    const now = room.clock();
    const name = `${issuer} ${periodAt(now, period)}`;
    // A provider holds nothing but its configuration: with new keys there is a new one.
    if (made?.name !== name) {
      const keys = signingKeysAt(room.settings.signingKey, now, period);
      made = openMade(name, makeProvider({ room, store, browsers, issuer, keys }));
    }
    return made;
  };
  return () => {
    const now = current();
    if (now === null) return null;
    const { provider, answer } = now;
    return {
      answer: (request, response, browser) => {
        browsers.set(request, browser);
        return answer(request, response);
      },
      interactionOf: (request, response) => interactionOf(provider, request, response),
      finish: (uid, ending, handle) => finish(provider, store, { uid, ending, handle }),
    };
  };
}

/** A provider with the way in, which Koa puts together anew each time it is asked for it. */
interface Made {
  readonly name: string;
  readonly provider: Provider;
  /** Lets Koa answer; resolves when it has. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

function openMade(name: string, provider: Provider): Made {
  return { name, provider, answer: provider.callback() };
}

interface ProviderParts {
  readonly room: ProviderRoom;
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
        `/share/${await beginShare(ctx, interaction, { browser: browsers.get(ctx.req), store: room.store, now: clock() })}`,
    }),
  );
  provider.proxy = true;
  refuseReplays(provider, store, room);
  refusals.watch(provider);
  provider.on('server_error', (_ctx, error) => log.error('SHARING_PROVIDER_FAILED', describeFailure(error)));
  // Koa's own, for what no middleware caught; the library's types do not name it.
  (provider as EventEmitter).on('error', (error) =>
    log.error('SHARING_PROVIDER_FAILED', describeFailure(error)),
  );
  provider.use(answerExtras({ refusals, store, clock, issuer }));
  return provider;
}

/** The library looks for a `jti` first and keeps it later: two that come at once would both be new. Here one statement does both. */
function refuseReplays(provider: Provider, store: ProviderStore, { clock }: ProviderRoom): void {
  const { ReplayDetection } = provider as unknown as {
    ReplayDetection: { unique: (issuer: string, jti: string, exp: number) => Promise<boolean> };
  };
  ReplayDetection.unique = (issuer, jti, exp) =>
    store.noteOnce(
      'Replay',
      createHash('sha256').update(`${issuer}\n${jti}`).digest('base64url'),
      new Date(exp * 1000),
      clock(),
    );
}

async function checkRequest(
  ctx: KoaContextWithOIDC,
  detail: Readonly<Record<string, unknown>>,
  {
    store,
    refusals,
    now,
  }: { readonly store: ProviderStore; readonly refusals: Refusals; readonly now: Date },
): Promise<void> {
  const party = await partyOf(ctx, ctx.oidc.client?.clientId ?? '', store);
  const request = readRequest(detail, party ?? { purposes: [] }, now);
  if (!('problem' in request)) return;
  refusals.askedTooMuch(ctx, request);
  // Printable ASCII without quotes and backslashes alone may stand in a description (RFC 6749 §5.2).
  throw new errors.InvalidAuthorizationDetails(
    request.problem.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?'),
  );
}

async function interactionOf(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | null> {
  try {
    return (await provider.interactionDetails(request, response)).uid;
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}

interface Ended {
  readonly uid: string;
  readonly ending: Ending;
  readonly handle: string;
}

async function finish(
  provider: Provider,
  store: ProviderStore,
  { uid, ending, handle }: Ended,
): Promise<string> {
  const interaction = await provider.Interaction.find(uid);
  // One that is gone was finished and its browser has gone on, or nobody waits any more: there it is told so.
  if (interaction === undefined) return new URL(provider.pathFor('resume', { uid }), provider.issuer).href;
  if (interaction.result?.consent === undefined) {
    interaction.result =
      ending === 'GRANTED' ? await grantOf(provider, store, interaction, handle) : refusalOf(ending);
    await interaction.persist();
  }
  return interaction.returnTo;
}

/** What is told to the relying party: that nothing was granted, or that the fault is ours; never more (one answer for all who do not grant). */
function refusalOf(ending: Exclude<Ending, 'GRANTED'>): InteractionResults {
  return ending === 'FAULT'
    ? { error: 'server_error', error_description: 'the request could not be carried out' }
    : { error: 'access_denied', error_description: 'nothing was granted' };
}

async function grantOf(
  provider: Provider,
  store: ProviderStore,
  { params }: Interaction,
  handle: string,
): Promise<InteractionResults> {
  const consent = await store.consentOfShare(handle);
  const clientId = String(params['client_id']);
  if (consent === null || consent.partyId !== clientId) return refusalOf('FAULT');
  // Withdrawn again before its browser came back.
  if (consent.state !== 'ACTIVE') return refusalOf('CANCELLED');
  const grant = new provider.Grant({ accountId: consent.subject, clientId });
  grant.exp = Math.floor(consent.endsAt.getTime() / 1000);
  if (typeof params['scope'] === 'string' && params['scope'].split(' ').includes('openid'))
    grant.addOIDCScope('openid');
  grant.addRar(detailsOf(consent));
  const grantId = await grant.save();
  // Where another call was faster, its grant is the one.
  const tied = (await store.tieGrant(consent.id, grantId))
    ? grantId
    : (await store.consentOfShare(handle))?.grantId;
  if (tied === undefined || tied === null) return refusalOf('FAULT');
  const ts = Math.floor(consent.grantedAt.getTime() / 1000);
  return {
    login: { accountId: consent.subject, acr: LEVEL_2, ts, remember: false },
    consent: { grantId: tied },
  };
}
