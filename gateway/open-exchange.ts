import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange, Language } from './exchange.ts';
import { hashAddressOf } from './hash-address.ts';
import type { Rooms } from './rooms.ts';
import { wantsCookie } from './stages/session-cookie.ts';

/** Opens the exchange of a request. */
export function openExchange(
  request: FastifyRequest,
  reply: FastifyReply,
  rooms: Pick<Rooms, 'clock' | 'settings' | 'addressKey' | 'served'>,
): Exchange {
  const startedAt = rooms.clock();
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  const device = request.headers['dinhdanh-device'];
  return {
    request,
    reply,
    id: randomUUID(),
    startedAt,
    served: rooms.served(),
    signal: gone.signal,
    deadlineAt: startedAt.getTime() + rooms.settings.deadlineMs,
    language: readLanguage(request.headers['accept-language']),
    address: hashAddressOf(request.raw.socket, request.ip, rooms.addressKey),
    device: typeof device === 'string' && /^[\w-]{1,64}$/.test(device) ? device : null,
    cookie: wantsCookie(request),
    caseId: null,
    asked: new Set(),
    pseudonyms: new Set(),
    auditReason: null,
    isRecorded: false,
    isEnding: false,
    headers: new Map(),
    consentEvents: [],
    details: new Map(),
    notices: [],
  };
}

/** Vietnamese unless the client prefers English. */
function readLanguage(header: string | undefined): Language {
  if (header === undefined) return 'vi';
  const preferred = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) };
    })
    .filter(({ language }) => language === 'vi' || language === 'en')
    .toSorted((one, other) => other.quality - one.quality);
  return preferred[0]?.language === 'en' ? 'en' : 'vi';
}
