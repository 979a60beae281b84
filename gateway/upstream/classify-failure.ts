import { errors } from 'undici';
import { refusal } from './answer.ts';
import type { RefusalReason, UpstreamRefusal } from './answer.ts';

/** Codes of Node and undici. */
const reasonOfCode: Readonly<Record<string, RefusalReason>> = {
  ECONNREFUSED: 'connect',
  ENOTFOUND: 'connect',
  EAI_AGAIN: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  EADDRNOTAVAIL: 'connect',
  ETIMEDOUT: 'connect',
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  HPE_INVALID_EOF_STATE: 'reset',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too_large',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_CLOSED: 'closed',
  UND_ERR_DESTROYED: 'closed',
};

/** Turns what the HTTP client threw into a refusal. Its message is dropped: it may quote the answer. */
export function classifyFailure(failure: unknown): UpstreamRefusal {
  const known = reasonOfCode[failureCode(failure) ?? ''];
  if (known !== undefined) return refusal(known);
  // A parser's error may come without a code, and always with the bytes it stumbled over.
  if (failure instanceof errors.HTTPParserError) return refusal('protocol');
  return refusal('failed', { errorName: failure instanceof Error ? failure.name : typeof failure });
}

/** Whether a connection broke, rather than an answer being bad. */
export function isBrokenConnection(failure: unknown): boolean {
  const code = failureCode(failure);
  return code !== undefined && reasonOfCode[code] === 'reset';
}

/** Several addresses of one host fail together as an AggregateError, whose parts carry the codes. */
function failureCode(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null) return undefined;
  const { code, errors } = failure as { code?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  return Array.isArray(errors) ? failureCode(errors[0]) : undefined;
}
