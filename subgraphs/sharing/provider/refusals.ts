import type { Provider as ProviderType } from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '@dinhdanh/kit';
import type { ConsentEvent } from '../consent-event.ts';
import type { ProviderStore, StoppedConsent } from './store.ts';

/** What an over-asking request asked for. */
export interface AskedTooMuch {
  readonly purpose: string;
  readonly claims: readonly string[];
}

/** Refusals that somebody should be able to look up later; what a beginner gets wrong is not among them. */
const lasting = new Set([
  'invalid_client',
  'invalid_grant',
  'invalid_dpop_proof',
  'invalid_request_uri',
  'invalid_authorization_details',
]);

/** Refusals of whoever names a client, or has an address of its: no assertion of theirs has been verified. */
const unproved = new Set(['OAUTH_INVALID_CLIENT', 'OAUTH_INVALID_REQUEST_URI']);

interface Noted {
  refusal?: string;
  asked?: AskedTooMuch;
  revokedGrant?: string;
}

/** Follows what the authorization server refuses, request by request. */
export class Refusals {
  readonly #noted = new WeakMap<KoaContextWithOIDC, Noted>();

  /** Listens to a provider. */
  watch(provider: ProviderType): void {
    const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void => {
      const refusal = refusalOf(error);
      if (refusal !== null) this.#note(ctx).refusal = refusal;
    };
    provider.on('authorization.error', refused);
    provider.on('grant.error', refused);
    provider.on('pushed_authorization_request.error', refused);
    provider.on('revocation.error', refused);
    provider.on('grant.revoked', (ctx, grantId) => void (this.#note(ctx).revokedGrant = grantId));
  }

  /** Notes what a request asked for that is too much. */
  askedTooMuch(ctx: KoaContextWithOIDC, asked: AskedTooMuch): void {
    this.#note(ctx).asked = asked;
  }

  /**
   * What is to be told of a request that has been answered. A grant that went takes its consent along: stopped, since what
   * it gave must not be read any more.
   */
  async settle(
    ctx: KoaContextWithOIDC,
    store: ProviderStore,
    clock: Clock,
  ): Promise<readonly ConsentEvent[]> {
    const noted = this.#noted.get(ctx);
    if (noted === undefined) return [];
    const reason = noted.refusal === undefined ? 'RETURNED' : 'REPLAY';
    const stopped =
      noted.revokedGrant === undefined ? null : await store.stopOfGrant(noted.revokedGrant, reason, clock());
    const client = ctx.oidc.client;
    const party =
      client === undefined ? null : { id: client.clientId, name: client.clientName ?? client.clientId };
    return eventsOf(noted, stopped, party);
  }

  #note(ctx: KoaContextWithOIDC): Noted {
    const noted = this.#noted.get(ctx) ?? {};
    this.#noted.set(ctx, noted);
    return noted;
  }
}

function eventsOf(
  { refusal, asked }: Noted,
  stopped: StoppedConsent | null,
  party: ConsentEvent['party'],
): readonly ConsentEvent[] {
  const about = {
    consentId: stopped?.id ?? null,
    party,
    subject: stopped?.subject ?? null,
    grantor: stopped?.grantor ?? null,
    relationId: stopped?.relationId ?? null,
    purpose: stopped?.purpose ?? asked?.purpose ?? 'sharing',
    claims: asked?.claims ?? [],
  };
  return [
    ...(stopped === null
      ? []
      : [{ event: 'consent-change', change: 'stopped', ...about, refusal: null } as const]),
    ...(refusal === undefined
      ? []
      : [{ event: 'denied', ...about, refusal, isProved: !unproved.has(refusal) } as const]),
  ];
}

function refusalOf(error: errors.OIDCProviderError): string | null {
  // A proof that comes twice is told as another error at each endpoint; it is one thing.
  if (/DPoP/.test(`${error.error_description} ${error.error_detail}`) && error.error !== 'use_dpop_nonce')
    return 'OAUTH_INVALID_DPOP_PROOF';
  return lasting.has(error.error) ? `OAUTH_${error.error.toUpperCase()}` : null;
}
