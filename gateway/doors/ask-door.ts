import { AppError, currentSpan, traceHeaders } from '@dinhdanh/kit';
import type { Span } from '@dinhdanh/kit';
import type { Upstream, UpstreamAnswer, UpstreamRefusal } from '../upstream/upstream.ts';
import { signAsGateway } from './sign-gateway.ts';

/** What a look-up of one request needs. */
export interface LookUpRooms {
  readonly upstream: Upstream;
  /** The caller-token key of the service that is asked. */
  readonly key: Buffer;
  readonly now: Date;
  readonly deadlineAt: number;
  readonly requestId: string;
}

/** A question that the gateway itself has for a service. */
export interface DoorQuestion {
  readonly service: string;
  readonly path: string;
  /** Sent as JSON. */
  readonly content: unknown;
  /** Tells the calls of one request apart. */
  readonly step: string;
  readonly purpose: string;
  readonly legalBasis: string;
}

/** How long whoever was told that a door is closed should wait, in seconds. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Asks a service at a door of its own, as the gateway.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` with the service
 */
export async function askDoor(
  question: DoorQuestion,
  rooms: LookUpRooms,
): Promise<Readonly<Record<string, unknown>>> {
  const span = beginDoorCall(question.service);
  const answer = await postToDoor(question, rooms, span);
  span.end(answer.ok ? 'OK' : answer.code);
  if (answer.ok) return answer.json;
  throw doorClosed(question.service, answer.reason);
}

/** Begins the span of a call in that of the request at hand. */
export function beginDoorCall(service: string): Span {
  return currentSpan().begin(`call ${service}`, { 'peer.service': service }, 'client');
}

/** Makes the call; once more where that does no harm, each time with a token of its own. */
export function postToDoor(
  { service, path, content, step, purpose, legalBasis }: DoorQuestion,
  { upstream, key, now, deadlineAt, requestId }: LookUpRooms,
  span: Span,
): Promise<UpstreamAnswer> {
  const body = JSON.stringify(content);
  let attempt = 0;
  return upstream.post(service, {
    path,
    body,
    sign: () => {
      const jti = `${requestId}.${step}.${attempt++}`;
      return signAsGateway({ audience: service, jti, body, purpose, legalBasis }, key, now);
    },
    headers: traceHeaders(span),
    deadlineAt,
    idempotent: true,
    requestId,
  });
}

/** What a request is answered with that could not be served without a door. */
export function doorClosed(service: string, reason: UpstreamRefusal['reason']): AppError {
  return new AppError('SOURCE_UNAVAILABLE', {
    source: service,
    internal: reason,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
