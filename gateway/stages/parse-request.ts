import { isUtf8 } from 'node:buffer';
import { AppError } from '@dinhdanh/kit';
import { readDocumentId } from '../documents/document-hash.ts';
import { negotiateMediaType } from './negotiate-media-type.ts';

/** What is known of an HTTP request once its body has been read. */
export interface RawRequest {
  readonly method: string;
  /** Field names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bodyBytes: Uint8Array;
}

/** What a client sent. Text and hash are one document's; one of them may be null. */
export interface SentRequest {
  readonly query: string | null;
  /** SHA-256 of the document's text, in hex. */
  readonly hash: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly operationName: string | null;
}

/** How much of a request is looked at. */
export interface RequestLimits {
  readonly bodyLimitBytes: number;
}

/** What a 405 must say in `allow` (RFC 9110 §15.5.6). */
export const allowedMethods = 'POST';

/** Variables nested deeper than any input type of the schema are refused before anything walks through them. */
const DEEPEST_VARIABLES = 32;

/**
 * Media type of the body: JSON in UTF-8, so that no browser form and no odd decoder ever meets it. An absent charset is
 * UTF-8 (GraphQL over HTTP, §4.1).
 */
const JSON_UTF8 = /^application\/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i;

/**
 * Reads a request as GraphQL over HTTP has it: one operation in a JSON object, by POST. Its document comes as a text, as an
 * id, or both. Members it does not know are ignored; of a member that stands twice the last counts.
 *
 * @throws AppError `BAD_USER_INPUT` with a `reason` `REQUEST_…` or `DOCUMENT_ID` and the status 400, 405, 406, 413 or 415
 */
export function parseRequest(request: RawRequest, limits: RequestLimits): SentRequest {
  checkHead(request);
  if (request.bodyBytes.byteLength > limits.bodyLimitBytes) throw refused('REQUEST_TOO_LARGE', 413);
  const body = parseBody(request.bodyBytes);
  const query = member(body, 'query') ?? null;
  if (query !== null && typeof query !== 'string') throw refused('REQUEST_QUERY', 400, 'query');
  const operationName = member(body, 'operationName') ?? null;
  if (operationName !== null && typeof operationName !== 'string') {
    throw refused('REQUEST_OPERATION_NAME', 400, 'operationName');
  }
  const variables = member(body, 'variables') ?? null;
  if (variables !== null && !(isObject(variables) && isHarmless(variables))) {
    throw refused('REQUEST_VARIABLES', 400, 'variables');
  }
  const extensions = member(body, 'extensions') ?? null;
  if (extensions !== null && !isObject(extensions)) throw refused('REQUEST_EXTENSIONS', 400, 'extensions');
  const hash = readHash(body, extensions, query !== null);
  if (query === null && hash === null) throw refused('REQUEST_QUERY', 400, 'query');
  return { query, hash, variables, operationName };
}

/**
 * The id of the document: `documentId` of the appendix on persisted documents, `sha256Hash` of automatic persisted queries,
 * or, where nothing else names a document, `id` of older clients.
 */
function readHash(
  body: Record<string, unknown>,
  extensions: Record<string, unknown> | null,
  hasText: boolean,
): string | null {
  const documentId = member(body, 'documentId') ?? null;
  const persisted = (extensions === null ? null : member(extensions, 'persistedQuery')) ?? null;
  const automatic = isObject(persisted) ? member(persisted, 'sha256Hash') : persisted;
  const plain = hasText || documentId !== null || persisted !== null ? null : (member(body, 'id') ?? null);
  const given = [documentId, automatic ?? null, plain].filter((id) => id !== null);
  const hashes = new Set(given.map(readDocumentId));
  const [hash = null] = hashes;
  if (hashes.size > 1 || hashes.has(null)) throw refused('DOCUMENT_ID', 400, 'documentId');
  return hash;
}

function checkHead({ method, headers }: RawRequest): void {
  if (method !== 'POST') throw refused('REQUEST_METHOD', 405);
  const accept = headers['accept'];
  if (negotiateMediaType(typeof accept === 'object' ? accept.join(',') : accept) === undefined) {
    throw refused('REQUEST_NOT_ACCEPTABLE', 406);
  }
  const type = headers['content-type'];
  if (typeof type !== 'string' || !JSON_UTF8.test(type)) throw refused('REQUEST_CONTENT_TYPE', 415);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw refused('REQUEST_CONTENT_ENCODING', 415);
}

function parseBody(bytes: Uint8Array): Record<string, unknown> {
  if (!isUtf8(bytes)) throw refused('REQUEST_NOT_UTF8', 400, 'body');
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    throw refused('REQUEST_NOT_JSON', 400, 'body');
  }
  if (Array.isArray(body)) throw refused('REQUEST_BATCH', 400, 'body');
  if (!isObject(body)) throw refused('REQUEST_NOT_OBJECT', 400, 'body');
  return body;
}

/** Only what the client itself wrote counts, never what an object inherits. */
function member(body: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

/**
 * Whether variables can be walked and copied without surprise: not too deep for a recursive reader, and without the name
 * `__proto__`, which a copy by assignment would take for something else. Walks without recursion.
 */
function isHarmless(variables: object): boolean {
  let level: object[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_VARIABLES || level.some((value) => Object.hasOwn(value, '__proto__'))) return false;
    level = level.flatMap((value) =>
      Object.values(value).filter((inner): inner is object => typeof inner === 'object' && inner !== null),
    );
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(reason: string, httpStatus: number, field?: string): AppError {
  return new AppError('BAD_USER_INPUT', { reason, httpStatus, ...(field === undefined ? {} : { field }) });
}
