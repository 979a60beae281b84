import { AppError, currentSpan, traceHeaders } from '@dinhdanh/kit';
import type { Upstream } from '../upstream/upstream.ts';
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

/**
 * Asks a service at a door of its own, as the gateway; tried again where that does no harm, each time with a token of its own.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` with the service
 */
export async function askDoor(
  { service, path, content, step, purpose, legalBasis }: DoorQuestion,
  { upstream, key, now, deadlineAt, requestId }: LookUpRooms,
): Promise<Readonly<Record<string, unknown>>> {
  const body = JSON.stringify(content);
  let attempt = 0;
  const span = currentSpan().begin(`call ${service}`, { 'peer.service': service }, 'client');
  const sign = (): string =>
    signAsGateway(
      { audience: service, jti: `${requestId}.${step}.${attempt++}`, body, purpose, legalBasis },
      key,
      now,
    );
  const answer = await upstream.post(service, {
    path,
    body,
    headers: () => ({ authorization: `Bearer ${sign()}`, ...traceHeaders(span) }),
    deadlineAt,
    idempotent: true,
    requestId,
  });
  span.end(answer.ok ? 'OK' : answer.code);
  if (answer.ok) return answer.json;
  throw new AppError('SOURCE_UNAVAILABLE', {
    source: service,
    internal: answer.reason,
    retryAfterSeconds: 5,
  });
}
