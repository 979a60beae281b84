import { AppError, verifySystemToken } from '@dinhdanh/kit';
import type { FastifyRequest } from 'fastify';
import { anonymous, applicantCaller, systemCaller } from '../caller.ts';
import type { Caller } from '../caller.ts';
import type { LookUpRooms } from '../doors/ask-door.ts';
import { resolveApplicant } from '../doors/resolve-applicant.ts';
import { isAccessToken } from '../dpop/check-token.ts';
import { unproved } from '../dpop/party-refusal.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';
import { identifyRelyingParty, nameAttempt } from './identify-relying-party.ts';
import { wayOf } from './limit-ending.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * Who is asking. A session is looked up in accounts, once a request and never remembered; a system proves itself with
 * a key of its own, under which accounts may ask on behalf of a registration too, a relying party by a token and a proof that it holds the key of it; whoever shows nothing is anonymous and may sign in.
 * Done once a request, whichever stage needs it first.
 */
export async function identifyCaller(exchange: Exchange, rooms: Rooms): Promise<void> {
  exchange.caller ??= await identify(exchange, rooms);
}

async function identify(exchange: Exchange, rooms: Rooms): Promise<Caller> {
  const bound = readBound(exchange.request);
  if (bound !== null) return identifyRelyingParty(exchange, bound, rooms);
  const bearer = readBearer(exchange.request);
  // Such a token opens nothing without the proof that whoever shows it has its key.
  if (bearer?.includes('.') && isAccessToken(bearer)) return refuseBearer(exchange, bearer, rooms);
  // A compact JWS has two dots; a session token is one opaque word.
  if (bearer?.includes('.')) return identifySystem(exchange, bearer, rooms);
  const session = bearer ?? (exchange.cookie ? readSessionCookie(exchange.request) : null);
  if (session === null) return anonymous;
  const { id: requestId, deadlineAt, isEnding } = exchange;
  const { find } = isEnding ? rooms.endingCallers : rooms.callers;
  return find(session, { requestId, deadlineAt });
}

function lookUp(exchange: Exchange, rooms: Rooms): LookUpRooms {
  return {
    upstream: wayOf(exchange, rooms),
    key: rooms.callerKey('accounts'),
    now: rooms.clock(),
    deadlineAt: exchange.deadlineAt,
    requestId: exchange.id,
  };
}

/** Whether whoever asks shows a token that is bound to a key, so is a relying party or nobody. */
export function showsBoundToken({ headers }: FastifyRequest): boolean {
  return headers.authorization !== undefined && /^DPoP /i.test(headers.authorization);
}

/** Refuses a token without a proof; where it is a genuine one, the entry says whose. */
async function refuseBearer(exchange: Exchange, token: string, rooms: Rooms): Promise<never> {
  await nameAttempt(exchange, token, rooms);
  return unproved('DPOP_REQUIRED');
}

/** The token of a relying party that a request shows, in whichever form; null for none. */
export function shownToken({ headers: { authorization } }: Pick<FastifyRequest, 'headers'>): string | null {
  const [, scheme, token] = /^(DPoP|Bearer) ([\w.~+/-]{16,8192}=*)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) return null;
  return scheme?.toLowerCase() === 'dpop' || isAccessToken(token) ? token : null;
}

/** A token that is bound to a key (RFC 9449 §7.1). */
function readBound(request: FastifyRequest): string | null {
  if (!showsBoundToken(request)) return null;
  const [, token] = /^DPoP ([\w.~+/-]{16,8192}=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  return token ?? unproved('TOKEN_INVALID');
}

function readBearer(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const [, token] = /^Bearer ([\w.~+/-]{16,4096}=*)$/.exec(header) ?? [];
  if (token === undefined) throw new AppError('UNAUTHENTICATED', { internal: 'authorization header' });
  return token;
}

/** Registrations are those of accounts: it alone asks on behalf of one. */
const REGISTRAR = 'accounts';

async function identifySystem(exchange: Exchange, compact: string, rooms: Rooms): Promise<Caller> {
  const { iss, jti, applicant } = verifySystemToken(compact, {
    keys: rooms.systemKeys,
    audience: 'gateway',
    now: rooms.clock(),
  });
  rooms.systemReplays.admit(jti, rooms.clock());
  if (applicant === undefined) return systemCaller(iss);
  if (iss !== REGISTRAR) throw new AppError('UNAUTHENTICATED', { internal: 'registrations are of accounts' });
  const ids = await resolveApplicant(applicant, lookUp(exchange, rooms));
  // The key alone does not do: there must be a registration that is compared now.
  if (ids === null) throw new AppError('UNAUTHENTICATED', { internal: 'no such registration' });
  return applicantCaller(applicant, ids);
}
