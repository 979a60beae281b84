import { isUtf8 } from 'node:buffer';
import { isErrorCode } from '@dinhdanh/kit';
import type { ErrorCode } from '@dinhdanh/kit';
import type { IncomingHttpHeaders } from 'undici/types/header.js';
import type { RefusalReason } from './answer.ts';

/**
 * JSON in UTF-8 and nothing else. A media type is compared without regard to case (RFC 9110 §8.3.1); an absent charset
 * is UTF-8 (RFC 8259 §8.1); any other parameter or charset is refused rather than guessed at.
 */
const JSON_UTF8 =
  /^application\/(?:graphql-response\+)?json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i;

/** What is wrong with the head of an answer, before a byte of its body is read; `undefined` when nothing is. */
export function checkHead(headers: IncomingHttpHeaders, maxAnswerBytes: number): RefusalReason | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 'encoding';
  const type = headers['content-type'];
  if (typeof type !== 'string' || !JSON_UTF8.test(type)) return 'content_type';
  // A length is only a promise; the HTTP client counts the bytes as well.
  if (Number(headers['content-length'] ?? 0) > maxAnswerBytes) return 'too_large';
  return undefined;
}

/**
 * Reads a body as one JSON object. `graphql` asks for the shape of a GraphQL response (GraphQL §7.1) too: `data` may be
 * null or missing only where `errors` says why.
 */
export function readJson(
  bytes: Uint8Array,
  graphql: boolean,
): { readonly json: Record<string, unknown> } | { readonly wrong: RefusalReason } {
  if (!isUtf8(bytes)) return { wrong: 'charset' };
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return { wrong: 'json' };
  }
  if (!isObject(json)) return { wrong: 'shape' };
  if (graphql && !isGraphQLResponse(json)) return { wrong: 'shape' };
  return { json };
}

/** The code of our own catalogue that an error answer names first, if it names one. Its texts are never looked at. */
export function sourceCodeOf(json: Readonly<Record<string, unknown>>): ErrorCode | undefined {
  const [first] = Array.isArray(json['errors']) ? (json['errors'] as unknown[]) : [];
  const extensions = isObject(first) ? first['extensions'] : undefined;
  const code = isObject(extensions) ? extensions['code'] : undefined;
  return isErrorCode(code) ? code : undefined;
}

function isGraphQLResponse(json: Record<string, unknown>): boolean {
  const { data, errors } = json;
  if (errors !== undefined && !(Array.isArray(errors) && errors.length > 0)) return false;
  return data === undefined || data === null ? errors !== undefined : isObject(data);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
