import { AppError, currentSpan, isErrorCode, traceHeaders } from '@dinhdanh/kit';
import type { Span } from '@dinhdanh/kit';
import type { Attest, FetchSource, SourceAnswer, SourceRequest } from '../engine/index.ts';
import type { ErrorDetail, Exchange } from '../exchange.ts';
import { CONSENT_EVENT_HEADER, readConsentEvents } from '../record/consent-event.ts';
import type { Rooms } from '../rooms.ts';
import { openAttest } from './attest-records.ts';
import { wayOf } from './limit-ending.ts';
import { SESSION_DELIVERY } from './session-cookie.ts';
import { openSigner } from './sign-caller.ts';

/** How the engine reaches sources for one exchange, and how it checks whose record came back. */
export interface SourceDoor {
  readonly fetch: FetchSource;
  readonly attest: Attest;
  /** The services that answered as far as HTTP and JSON go; what is wrong with those is wrong with what they said. */
  readonly heard: ReadonlySet<string>;
}

/** Opens the way to the sources for one exchange: every attempt signed anew, every answer's holders checkable. */
export function askSource(exchange: Exchange, rooms: Rooms): SourceDoor {
  const sign = openSigner(exchange, rooms);
  const upstream = wayOf(exchange, rooms);
  const lastJti = new Map<number, string>();
  const heard = new Set<string>();
  return {
    heard,
    fetch: async (request) => {
      let attempt = 0;
      const span = beginCall(request);
      const answer = await upstream.post(request.service, {
        body: request.body,
        sign: () => {
          const { compact, jti } = sign(request, attempt++);
          lastJti.set(request.step, jti);
          exchange.asked.add(request.service);
          return compact;
        },
        headers: traceHeaders(span),
        deadlineAt: request.deadlineAt,
        idempotent: request.kind === 'query',
        signal: request.signal,
        takeBytes: request.takeBytes,
        requestId: exchange.id,
      });
      span.end(answer.ok ? 'OK' : answer.code);
      if (!answer.ok) return answer;
      heard.add(request.service);
      keepBeside(exchange, request.service, answer.json, answer.headers[SESSION_DELIVERY]);
      if (request.service === 'access-log') keepSearch(exchange, answer.headers);
      if (request.service === 'sharing' && !keepConsentEvents(exchange, answer.headers)) return invalid;
      const { json, isPlain, isTaken } = answer;
      return { ok: true, data: json['data'], errors: json['errors'], isPlain, isTaken } as SourceAnswer;
    },
    attest: openAttest(exchange, lastJti, rooms),
  };
}

function beginCall({ service, step }: Pick<SourceRequest, 'service' | 'step'>): Span {
  return currentSpan().begin(`call ${service}`, { 'peer.service': service, 'dinhdanh.step': step }, 'client');
}

/** What sharing tells of consents in another form than agreed cannot be written down, so nothing of its answer counts. */
const invalid: SourceAnswer = { ok: false, code: 'SOURCE_INVALID', reason: 'shape' };

function keepConsentEvents(
  exchange: Exchange,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean {
  try {
    exchange.consentEvents.push(...readConsentEvents(headers[CONSENT_EVENT_HEADER]));
    return true;
  } catch (failure) {
    if (failure instanceof AppError) return false;
    throw failure;
  }
}

/** The headers by which the access log tells whose entries a search was for, and why; they never leave. */
const SEARCHED_SUBJECTS = 'access-subjects';
const SEARCH_REASON = 'access-reason';

/** 32 bytes in base64url. */
const PSEUDONYM = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const PSEUDONYMS_MOST = 100;

function keepSearch(
  exchange: Exchange,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): void {
  const { [SEARCHED_SUBJECTS]: subjects, [SEARCH_REASON]: reason } = headers;
  for (const word of typeof subjects === 'string' ? subjects.split(',', PSEUDONYMS_MOST) : []) {
    if (PSEUDONYM.test(word.trim())) exchange.pseudonyms.add(word.trim());
  }
  if (isWord(reason)) exchange.auditReason = reason;
}

/** Keeps what travels beside the data: notices, details of errors and a session to deliver. Unknown forms are dropped. */
function keepBeside(
  exchange: Exchange,
  service: string,
  answer: Readonly<Record<string, unknown>>,
  session: string | string[] | undefined,
): void {
  if (service === 'accounts' && typeof session === 'string') exchange.headers.set(SESSION_DELIVERY, session);
  const { notices } = (answer['extensions'] ?? {}) as { notices?: unknown };
  for (const notice of Array.isArray(notices) ? notices : []) {
    const { code, field } = notice as { code?: unknown; field?: unknown };
    if (code === 'SOURCE_MISMATCH' && isWord(field)) exchange.notices.push({ code, source: service, field });
  }
  const errors = answer['errors'];
  for (const error of Array.isArray(errors) ? errors : []) {
    const { extensions } = error as { extensions?: Readonly<Record<string, unknown>> };
    if (isErrorCode(extensions?.['code'])) exchange.details.set(extensions['code'], readDetail(extensions));
  }
}

function readDetail({ reason, field, retryAfterSeconds }: Readonly<Record<string, unknown>>): ErrorDetail {
  return {
    ...(isWord(reason) ? { reason } : {}),
    ...(isWord(field) ? { field } : {}),
    ...(Number.isSafeInteger(retryAfterSeconds) ? { retryAfterSeconds: retryAfterSeconds as number } : {}),
  };
}

/** A name of a field or a reason: nothing that could be somebody's data. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z_]{1,64}$/.test(value);
}
