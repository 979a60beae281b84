import { AppError, verifySystemToken } from '@dinhdanh/kit';
import type { FastifyRequest } from 'fastify';
import { anonymous, systemCaller } from '../caller.ts';
import type { Caller } from '../caller.ts';
import { resolveCaller } from '../doors/resolve-caller.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * Who is asking. A session is looked up in accounts, once a request and never remembered; a system proves itself with
 * a key of its own; whoever shows nothing is anonymous and may sign in.
 */
export async function identifyCaller(exchange: Exchange, rooms: Rooms): Promise<void> {
  exchange.caller = await identify(exchange, rooms);
}

async function identify(exchange: Exchange, rooms: Rooms): Promise<Caller> {
  const bearer = readBearer(exchange.request);
  // A compact JWS has two dots; a session token is one opaque word.
  if (bearer?.includes('.')) return identifySystem(bearer, rooms);
  const session = bearer ?? (exchange.cookie ? readSessionCookie(exchange.request) : null);
  if (session === null) return anonymous;
  return resolveCaller(session, {
    upstream: rooms.upstream,
    key: rooms.callerKey('accounts'),
    now: rooms.clock(),
    deadlineAt: exchange.deadlineAt,
    requestId: exchange.id,
  });
}

function readBearer(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const [, token] = /^Bearer ([\w.~+/-]{16,4096}=*)$/.exec(header) ?? [];
  if (token === undefined) throw new AppError('UNAUTHENTICATED', { internal: 'authorization header' });
  return token;
}

function identifySystem(compact: string, rooms: Rooms): Caller {
  const { iss, jti } = verifySystemToken(compact, {
    keys: rooms.systemKeys,
    audience: 'gateway',
    now: rooms.clock(),
  });
  rooms.systemReplays.admit(jti, rooms.clock());
  return systemCaller(iss);
}
