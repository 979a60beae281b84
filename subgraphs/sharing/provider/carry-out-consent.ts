import { errors } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '@dinhdanh/kit';
import type { GrantedConsent } from './granted-consent.ts';
import { mayAsk } from './party.ts';
import { durationSeconds } from './read-details.ts';
import type { ProviderStore } from './store.ts';

/** The longest life of an access token, in seconds. */
export const TOKEN_SECONDS = 300;

/** A query that is longer stands in the token as its hash alone: a token travels in a header. */
const QUERY_LIMIT = 2000;

/** What was granted, as it stands in `authorization_details` of the token and its response (RFC 9396 §7). */
export interface GrantedDetails {
  readonly type: 'profile_share';
  /** The granted selection: what may be asked at `/graphql`, to the letter or less. */
  readonly query?: string;
  /** Base64url SHA-256 of it. */
  readonly query_sha256: string;
  readonly purpose: { readonly code: string };
  readonly retention_days: number;
  readonly fetch: 'once' | 'standing';
  readonly frequency?: { readonly times: number; readonly per: string };
  readonly valid_until: string;
  readonly consent_id: string;
  readonly [member: string]: unknown;
}

/** The consents behind the codes that the requests under way redeem. */
const redeemed = new WeakMap<KoaContextWithOIDC, GrantedConsent | null>();

/** The consents that the requests under way carry out. */
const carriedOut = new WeakMap<KoaContextWithOIDC, { consent: GrantedConsent; seconds: number }>();

/** Remembers the consent that a code was redeemed for, as it was at that moment. */
export function rememberRedeemed(ctx: KoaContextWithOIDC, consent: GrantedConsent | null): void {
  redeemed.set(ctx, consent);
}

/** Writes down what a consent grants. */
export function detailsOf(consent: GrantedConsent): GrantedDetails {
  const { granted, frequency } = consent;
  return {
    type: 'profile_share',
    query: granted.document,
    query_sha256: granted.hash,
    purpose: { code: consent.purpose },
    retention_days: consent.retentionDays,
    fetch: consent.fetch === 'ONCE' ? 'once' : 'standing',
    ...(frequency === null ? {} : { frequency: { times: frequency.times, per: frequency.per } }),
    valid_until: consent.endsAt.toISOString(),
    consent_id: consent.id,
  };
}

/** The same as it stands in the token itself. */
export function detailsInToken(details: readonly Readonly<Record<string, unknown>>[]): readonly object[] {
  return details.map(({ query, ...rest }) =>
    typeof query === 'string' && query.length <= QUERY_LIMIT ? { query, ...rest } : rest,
  );
}

/**
 * Lets a grant give a token, if its consent is in force now and was not used up: the one place where a token begins. A
 * consent for once ends with its token; a standing one gives as many tokens in a period as were agreed.
 * @throws errors.InvalidGrant
 */
export async function carryOut(
  ctx: KoaContextWithOIDC,
  grantId: string | undefined,
  { store, clock }: { readonly store: ProviderStore; readonly clock: Clock },
): Promise<GrantedConsent> {
  const now = clock();
  const consent = redeemed.has(ctx) ? redeemed.get(ctx) : await store.consentOfGrant(grantId ?? '');
  if (consent?.grantId !== grantId || consent?.state !== 'ACTIVE' || !mayAsk({ state: consent.partyState }))
    throw new errors.InvalidGrant('the consent is not in force');
  const seconds = Math.min(TOKEN_SECONDS, Math.floor((consent.endsAt.getTime() - now.getTime()) / 1000));
  if (seconds < 1) throw new errors.InvalidGrant('the consent has ended');
  if (!(await takeTurn(consent, store, now))) throw new errors.InvalidGrant('the consent is used up for now');
  const endsAt = consent.fetch === 'ONCE' ? new Date(now.getTime() + seconds * 1000) : consent.endsAt;
  if (consent.fetch === 'ONCE') await store.endWithToken(consent.id, endsAt);
  const carried = { ...consent, endsAt };
  carriedOut.set(ctx, { consent: carried, seconds });
  return carried;
}

/** Counts a token against the agreed frequency: periods follow one another from when the consent was given. */
async function takeTurn(consent: GrantedConsent, store: ProviderStore, now: Date): Promise<boolean> {
  const { id, fetch, frequency, grantedAt } = consent;
  if (fetch === 'ONCE') return store.noteOnce('Turn', id, consent.endsAt, now);
  const seconds = frequency === null ? null : durationSeconds(frequency.per);
  if (frequency === null || seconds === null) return false;
  const period = Math.floor((now.getTime() - grantedAt.getTime()) / (seconds * 1000));
  const periodEnds = new Date(grantedAt.getTime() + (period + 1) * seconds * 1000);
  return store.takePlace('Turn', `${id}:${period}`, frequency.times, periodEnds);
}

/** The consent that a request's token carries out; null before {@link carryOut}. */
export function consentCarriedOut(ctx: KoaContextWithOIDC): GrantedConsent | null {
  return carriedOut.get(ctx)?.consent ?? null;
}

/** So long the token of a request lives, in seconds. */
export function tokenSeconds(ctx: KoaContextWithOIDC): number {
  return carriedOut.get(ctx)?.seconds ?? TOKEN_SECONDS;
}

/** So long a refresh token lives: until its consent ends, in seconds. */
export function refreshSeconds(ctx: KoaContextWithOIDC, now: Date): number {
  const ends = carriedOut.get(ctx)?.consent.endsAt.getTime() ?? 0;
  return Math.max(1, Math.floor((ends - now.getTime()) / 1000));
}
