import type { ErrorCode } from '@dinhdanh/kit';
import type { AnswerHeaders } from './call-pool.ts';

/**
 * Why a service could not serve, with the public code each reason is answered with. `SOURCE_INVALID` is for answers
 * that a healthy service never gives, and raises an alarm; all else is weather.
 */
export const refusalCodes = {
  /** No connection: refused, unknown host, too slow to accept. */
  connect: 'SOURCE_UNAVAILABLE',
  /** The deadline passed. */
  timeout: 'SOURCE_UNAVAILABLE',
  /** The connection broke before the answer was whole. */
  reset: 'SOURCE_UNAVAILABLE',
  /** Any status but 200. */
  status: 'SOURCE_UNAVAILABLE',
  too_large: 'SOURCE_UNAVAILABLE',
  /** The breaker is open: the service was not asked. */
  breaker_open: 'SOURCE_UNAVAILABLE',
  /** Too many calls are under way already: the service was not asked. */
  busy: 'SOURCE_UNAVAILABLE',
  /** Whoever asked went away. */
  aborted: 'SOURCE_UNAVAILABLE',
  /** No address was given for the service. */
  unconfigured: 'SOURCE_UNAVAILABLE',
  /** The upstream client itself is closed. */
  closed: 'SOURCE_UNAVAILABLE',
  /** Something that this list does not foresee. */
  failed: 'SOURCE_UNAVAILABLE',
  /** Not JSON in UTF-8 by its own `content-type`. */
  content_type: 'SOURCE_INVALID',
  /** A `content-encoding`, although none was accepted. */
  encoding: 'SOURCE_INVALID',
  /** Not HTTP/1.1, or a head beyond all measure. */
  protocol: 'SOURCE_INVALID',
  /** Bytes that are no UTF-8. */
  charset: 'SOURCE_INVALID',
  /** A body that is no JSON. */
  json: 'SOURCE_INVALID',
  /** JSON, but no object; or not what GraphQL says a response is. */
  shape: 'SOURCE_INVALID',
} as const satisfies Record<string, ErrorCode>;

/** One reason of {@link refusalCodes}. */
export type RefusalReason = keyof typeof refusalCodes;

/** A call that brought nothing. It holds no text of the service, which may quote data. */
export interface UpstreamRefusal {
  readonly ok: false;
  readonly code: (typeof refusalCodes)[RefusalReason];
  readonly reason: RefusalReason;
  /** The HTTP status, where `reason` is `status`. */
  readonly status?: number;
  /** The code of our catalogue that the service named beside that status: for doors that branch on it, and for the log. */
  readonly sourceCode?: ErrorCode;
  /** How long to wait, in seconds from 1 to 60, where the service said so beside that code. */
  readonly retryAfterSeconds?: number;
  /** A class name such as `TypeError`, where `reason` is `failed`. */
  readonly errorName?: string;
}

/** A JSON object as the service sent it. Nothing is known of what stands in it: whoever reads it checks it. */
export interface UpstreamSuccess {
  readonly ok: true;
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether its text holds no backslash: no string in it has a character that JSON must escape. */
  readonly isPlain: boolean;
  /** Whether {@link UpstreamCall.takeBytes} took the body: then `json` is empty. */
  readonly isTaken: boolean;
  /** Field names in lower case. */
  readonly headers: AnswerHeaders;
}

/** What a call comes to. A call never rejects. */
export type UpstreamAnswer = UpstreamSuccess | UpstreamRefusal;

/** Makes a refusal with the code that belongs to its reason. */
export function refusal(
  reason: RefusalReason,
  detail: Pick<UpstreamRefusal, 'status' | 'sourceCode' | 'retryAfterSeconds' | 'errorName'> = {},
): UpstreamRefusal {
  return { ok: false, code: refusalCodes[reason], reason, ...detail };
}
