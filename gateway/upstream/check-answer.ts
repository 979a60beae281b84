import { isUtf8 } from 'node:buffer';
import { isErrorCode } from '@dinhdanh/kit';
import type { ErrorCode } from '@dinhdanh/kit';
import type { AnswerHeaders } from './call-pool.ts';
import type { RefusalReason, UpstreamSuccess } from './answer.ts';
import type { UpstreamCall } from './call.ts';

/**
 * JSON in UTF-8 and nothing else. A media type is compared without regard to case (RFC 9110 §8.3.1); an absent charset
 * is UTF-8 (RFC 8259 §8.1); any other parameter or charset is refused rather than guessed at.
 */
const JSON_UTF8 =
  /^application\/(?:graphql-response\+)?json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i;

/** What is wrong with the head of an answer, before a byte of its body is read; `undefined` when nothing is. */
export function checkHead(headers: AnswerHeaders, maxAnswerBytes: number): RefusalReason | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 'encoding';
  const type = headers['content-type'];
  if (typeof type !== 'string' || !JSON_UTF8.test(type)) return 'content_type';
  // A length is only a promise; the HTTP client counts the bytes as well.
  if (Number(headers['content-length'] ?? 0) > maxAnswerBytes) return 'too_large';
  return undefined;
}

const BACKSLASH = 0x5c;

/** A body that whoever asked has read. */
const taken = { json: {}, isPlain: false, isTaken: true };

/** A body that was read. */
type ReadJson = Pick<UpstreamSuccess, 'isPlain' | 'isTaken'> & { readonly json: Record<string, unknown> };

/**
 * Reads a body as one JSON object. `graphql` asks for the shape of a GraphQL response (GraphQL §7.1) too: `data` may be
 * null or missing only where `errors` says why. What `takeBytes` takes is not read.
 */
export function readJson(
  bytes: Uint8Array,
  graphql: boolean,
  takeBytes?: UpstreamCall['takeBytes'],
): ReadJson | { readonly wrong: RefusalReason } {
  if (!isUtf8(bytes)) return { wrong: 'charset' };
  if (takeBytes?.(bytes)) return taken;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return { wrong: 'json' };
  }
  if (!isObject(json)) return { wrong: 'shape' };
  if (graphql && !isGraphQLResponse(json)) return { wrong: 'shape' };
  return { json, isPlain: !bytes.includes(BACKSLASH), isTaken: false };
}

/** What is kept of an error answer. */
export interface SourceError {
  readonly sourceCode?: ErrorCode;
  readonly retryAfterSeconds?: number;
}

/**
 * What an error answer says of itself: the code of our own catalogue that it names first, if it names one, and beside it
 * how long to wait. Its texts are never looked at.
 */
export function sourceErrorOf(json: Readonly<Record<string, unknown>>): SourceError {
  const [first] = Array.isArray(json['errors']) ? (json['errors'] as unknown[]) : [];
  const extensions = isObject(first) ? first['extensions'] : undefined;
  if (!isObject(extensions) || !isErrorCode(extensions['code'])) return {};
  const wait = extensions['retryAfterSeconds'];
  const isWait = Number.isSafeInteger(wait) && Number(wait) >= 1 && Number(wait) <= 60;
  return { sourceCode: extensions['code'], ...(isWait ? { retryAfterSeconds: Number(wait) } : {}) };
}

function isGraphQLResponse(json: Record<string, unknown>): boolean {
  const { data, errors } = json;
  if (errors !== undefined && !(Array.isArray(errors) && errors.length > 0)) return false;
  return data === undefined || data === null ? errors !== undefined : isObject(data);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
