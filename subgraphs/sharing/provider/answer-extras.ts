import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '@dinhdanh/kit';
import { CONSENT_EVENT_HEADER, consentEventHeader } from '../consent-event.ts';
import { consentCarriedOut } from './carry-out-consent.ts';
import type { Refusals } from './refusals.ts';
import type { ProviderStore } from './store.ts';

/** What is added to answers of the library. */
export interface ExtrasParts {
  readonly refusals: Refusals;
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly issuer: string;
}

type Middleware = (ctx: never, next: () => Promise<unknown>) => Promise<void>;

/**
 * Runs around every answer: the request is taken as one to the issuer, discovery says no more than is so, a token brings
 * the receipt of its consent, no session stays behind in the browser, and the access log is told what was refused.
 */
export function answerExtras({ refusals, store, clock, issuer }: ExtrasParts): Middleware {
  const { host, protocol } = new URL(issuer);
  return async (given, next) => {
    const ctx: KoaContextWithOIDC = given;
    // Names in answers are the issuer's, whatever a request calls it.
    ctx.req.headers.host = host;
    ctx.req.headers['x-forwarded-host'] = host;
    ctx.req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    await next();
    dropSession(ctx);
    ctx.set('x-content-type-options', 'nosniff');
    ctx.set('referrer-policy', 'no-referrer');
    if (ctx.body === undefined && ctx.status === 404) tellNothingHere(ctx);
    if (ctx.path.startsWith('/.well-known/')) sayWhatIsSo(ctx);
    if ((ctx as Partial<KoaContextWithOIDC>).oidc === undefined) return;
    if (ctx.oidc.route === 'token' && ctx.status === 200) {
      ctx.body = withReceipt(ctx.body as Record<string, unknown>, consentCarriedOut(ctx)?.receipt);
    }
    noteLostRace(ctx);
    const events = await refusals.settle(ctx, store, clock);
    if (events.length > 0) ctx.set(CONSENT_EVENT_HEADER, consentEventHeader(events));
  };
}

/** A token comes with the receipt of its consent. No scope is named where there is none beside `openid`. */
function withReceipt(
  { scope, ...body }: Readonly<Record<string, unknown>>,
  receipt: string | undefined,
): object {
  return { ...body, ...(scope === '' ? {} : { scope }), consent_receipt: receipt };
}

/** Each decision is asked for anew, so no session is kept: at a counter the next person must not meet the last one's. */
function dropSession(ctx: KoaContextWithOIDC): void {
  const cookies = ctx.response.get('set-cookie') as string | string[];
  if (cookies === '') return;
  const kept = [cookies].flat().filter((cookie) => !/^_session(\.sig)?=/.test(cookie));
  if (kept.length > 0) ctx.set('set-cookie', kept);
  else ctx.remove('set-cookie');
}

/** A consent whose pushed request was used up by another browser gives nothing: it is stopped with its grant. */
function noteLostRace(ctx: KoaContextWithOIDC): void {
  const { route, entities, provider } = ctx.oidc;
  const grantId = entities.Interaction?.result?.consent?.grantId;
  if (route !== 'resume' || grantId === undefined || entities.AuthorizationCode !== undefined) return;
  provider.emit('grant.revoked', ctx, grantId);
}

function tellNothingHere(ctx: KoaContextWithOIDC): void {
  ctx.status = 404;
  ctx.body = { error: 'not_found', error_description: 'there is nothing at this address' };
}

/** Discovery names what this server does: the library lists what it could. */
function sayWhatIsSo(ctx: KoaContextWithOIDC): void {
  if (ctx.status !== 200 || typeof ctx.body !== 'object' || ctx.body === null) return;
  ctx.body = {
    ...ctx.body,
    claims_supported: ['sub', 'acr', 'auth_time', 'iss'],
    response_modes_supported: ['query'],
  };
}
