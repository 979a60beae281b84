/**
 * The codes of the public contract that a citizen can meet, each of which has words in every language. A test holds the
 * list against the catalogue of the services.
 */
export const errorCodes = [
  'UNAUTHENTICATED',
  'NOT_PERMITTED',
  'LEVEL_REQUIRED',
  'PASSCODE_REQUIRED',
  'GUARDIAN_REQUIRED',
  'CONSENT_REQUIRED',
  'CONSENT_EXPIRED',
  'CONSENT_WITHDRAWN',
  'ACCOUNT_LOCKED',
  'SOURCE_UNAVAILABLE',
  'SOURCE_INVALID',
  'NOT_FOUND',
  'ACCESS_LOG_UNAVAILABLE',
  'RATE_LIMITED',
  'QUERY_TOO_COSTLY',
  'TIMEOUT',
  'BAD_USER_INPUT',
] as const;

/** A code of the public contract. */
export type ErrorCode = (typeof errorCodes)[number];

/** A code, or ours for the case that no answer came at all. */
export type FailureCode = ErrorCode | 'UNREACHABLE';

const known: ReadonlySet<unknown> = new Set(errorCodes);

/** Whether something taken off the wire is a code we have words for. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return known.has(value);
}
