import { AppError } from '@dinhdanh/kit';
import { anonymous } from '../caller.ts';
import type { Caller } from '../caller.ts';
import { checkConsent } from '../doors/check-consent.ts';
import type { CheckedConsent, ConsentState } from '../doors/check-consent.ts';
import { resolveConsenter } from '../doors/resolve-consenter.ts';
import type { Consenter } from '../doors/resolve-consenter.ts';
import type { AccessToken } from '../dpop/check-token.ts';
import type { Agreed } from '../dpop/party-checks.ts';
import { PartyRefusal } from '../dpop/party-refusal.ts';
import type { PartyReason } from '../dpop/party-refusal.ts';
import type { Exchange } from '../exchange.ts';
import { unknownAttempt } from '../record/compose-attempt.ts';
import type { PartyAttempt } from '../record/compose-attempt.ts';
import type { Rooms } from '../rooms.ts';

/**
 * A relying party proves itself: a token of ours that has not ended, and a proof that it holds the key the token is bound to
 * (RFC 9449). Then, for each query anew: how the consent stands, and how who agreed does; both at once where it is known from
 * an earlier query who that is. Nothing else is remembered but that the token's signature was right.
 *
 * @throws PartyRefusal with the code of what is wrong · AppError `SOURCE_UNAVAILABLE` where sharing or accounts is away
 */
export async function identifyRelyingParty(
  exchange: Exchange,
  compact: string,
  rooms: Rooms,
): Promise<Caller> {
  const { tokens, proofs } = rooms.parties;
  const now = rooms.clock();
  // With every answer, so that the next proof is good at once (RFC 9449 §8.2).
  exchange.reply.header('dpop-nonce', rooms.parties.nonces.current(now));
  const token = await tokens.check(compact, now);
  const { clientId, consentId, tokenId, thumbprint } = token;
  exchange.attempt = attemptOf(token);
  await proofs.check({
    proof: exchange.request.headers['dpop'],
    method: 'POST',
    url: `${rooms.publicUrl()}/graphql`,
    token: compact,
    thumbprint,
    now,
  });
  const name = `${clientId}\n${consentId}`;
  const expected = rooms.parties.agreed.get(name);
  const begun = expected === undefined ? null : beginLookUp(expected, exchange, rooms);
  const consent = await checkConsent({ consentId, clientId, tokenId }, lookUp(exchange, 'sharing', rooms));
  if (consent === null) throw new PartyRefusal('CONSENT_REQUIRED', 'CONSENT_UNKNOWN');
  const { grantor, subject, relationId } = consent;
  rooms.parties.agreed.set(name, { grantor, subject, relationId });
  const isExpected =
    grantor === expected?.grantor && subject === expected.subject && relationId === expected.relationId;
  const consenter =
    begun !== null && isExpected
      ? await begun
      : await resolveConsenter({ grantor, subject, relationId }, lookUp(exchange, 'accounts', rooms));
  return consentingCaller(exchange, { consentId, consent, consenter });
}

/** Where a token that is refused for another reason is a genuine one, the attempt is known to be made with it. */
export async function nameAttempt(exchange: Exchange, token: string, rooms: Rooms): Promise<void> {
  try {
    exchange.attempt = attemptOf(await rooms.parties.tokens.check(token, rooms.clock()));
  } catch (failure) {
    if (!(failure instanceof AppError)) throw failure;
  }
}

/** What is known of a call once its token has proved to be genuine. */
function attemptOf({ clientId, consentId }: Pick<AccessToken, 'clientId' | 'consentId'>): PartyAttempt {
  return { ...unknownAttempt, clientId, consentId };
}

/** Begins to look up how somebody stands. Where the consent turns out not to be there, nobody waits for the answer. */
function beginLookUp(agreed: Agreed, exchange: Exchange, rooms: Rooms): Promise<Consenter | null> {
  const begun = resolveConsenter(agreed, lookUp(exchange, 'accounts', rooms));
  begun.catch(() => undefined);
  return begun;
}

interface Looked {
  readonly consentId: string;
  readonly consent: CheckedConsent;
  readonly consenter: Consenter | null;
}

/** The consent's person is looked up even where it no longer holds: the refused attempt is theirs to see. */
function consentingCaller(exchange: Exchange, { consentId, consent, consenter }: Looked): Caller {
  const { subject, clientId, legalName, purpose, legalBasis } = consent;
  const number = consenter?.ids.personalNumber ?? null;
  const level = consenter?.level ?? 0;
  if (exchange.attempt !== undefined) {
    exchange.attempt = { ...exchange.attempt, legalName, number, purpose, level };
  }
  refuseEnded(consent.state);
  const ids = stillConsenting(consenter).ids;
  return {
    ...anonymous,
    kind: 'relying_party',
    id: clientId,
    level,
    self: { subject, ids },
    grant: { consentId, clientId, legalName, leaves: new Set(consent.leaves), purpose, legalBasis },
  };
}

const ENDED = {
  PAUSED: ['CONSENT_REQUIRED', 'CONSENT_PAUSED'],
  STOPPED: ['CONSENT_REQUIRED', 'CONSENT_STOPPED'],
  REVOKED: ['CONSENT_WITHDRAWN', 'CONSENT_WITHDRAWN'],
  EXPIRED: ['CONSENT_EXPIRED', 'CONSENT_EXPIRED'],
} as const satisfies Record<
  Exclude<ConsentState, 'ACTIVE'>,
  readonly ['CONSENT_REQUIRED' | 'CONSENT_WITHDRAWN' | 'CONSENT_EXPIRED', PartyReason]
>;

function refuseEnded(state: ConsentState): void {
  if (state === 'ACTIVE') return;
  const [code, reason] = ENDED[state];
  throw new PartyRefusal(code, reason);
}

/** Whoever agreed must be able to agree now: their account in order, and still the guardian where they were one. */
function stillConsenting(consenter: Consenter | null): Consenter {
  if (consenter === null) throw new PartyRefusal('CONSENT_REQUIRED', 'CONSENT_STOPPED');
  const { locked, level, guardianRequired, stillGuardian } = consenter;
  if (locked) throw new PartyRefusal('ACCOUNT_LOCKED', 'ACCOUNT_LOCKED');
  if (level < 2) throw new PartyRefusal('LEVEL_REQUIRED', 'LEVEL_LOST');
  if (guardianRequired) throw new PartyRefusal('GUARDIAN_REQUIRED', 'GUARDIAN_REQUIRED');
  if (!stillGuardian) throw new PartyRefusal('CONSENT_REQUIRED', 'GUARDIANSHIP_ENDED');
  return consenter;
}

function lookUp(
  exchange: Exchange,
  service: string,
  rooms: Rooms,
): { upstream: Rooms['upstream']; key: Buffer; now: Date; deadlineAt: number; requestId: string } {
  return {
    upstream: rooms.upstream,
    key: rooms.callerKey(service),
    now: rooms.clock(),
    deadlineAt: exchange.deadlineAt,
    requestId: exchange.id,
  };
}
