import { chooseDocument } from '../documents/choose-document.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';
import { allowedMethods, parseRequest } from './parse-request.ts';
import { readCase } from './read-case.ts';

const NO_BYTES = Buffer.alloc(0);

/**
 * Takes one operation and the case out of the HTTP request; see {@link parseRequest} and {@link chooseDocument} for what is
 * refused and how.
 */
export function readRequest(exchange: Exchange, { settings }: Pick<Rooms, 'settings'>): void {
  const { method, headers, body } = exchange.request;
  if (method !== 'POST') exchange.reply.header('allow', allowedMethods);
  const bodyBytes = Buffer.isBuffer(body) ? body : NO_BYTES;
  const { query, hash, ...rest } = parseRequest({ method, headers, bodyBytes }, settings);
  const chosen = chooseDocument({ query, hash }, settings.documents, exchange.served.documents);
  exchange.body = { ...chosen, ...rest };
  exchange.caseId = readCase(headers);
}
