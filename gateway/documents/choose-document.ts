import { AppError } from '@dinhdanh/kit';
import type { AutomaticDocuments } from './automatic-documents.ts';
import { documentHash } from './document-hash.ts';
import type { TrustedDocuments } from './read-manifest.ts';

/** Which documents a gateway runs: any, any and those that clients register themselves, or those of the manifest alone. */
export type DocumentRule = 'any' | 'apq' | 'trusted';

/** The rules there are, as the setting names them. */
export const documentRules: readonly DocumentRule[] = ['any', 'apq', 'trusted'];

/** How a document is known to the gateway. */
export type DocumentStanding = 'trusted' | 'automatic' | 'text';

/** What a request runs. */
export interface ChosenDocument {
  readonly query: string;
  readonly standing: DocumentStanding;
  /** The hash to keep it under once it has passed every check; null for what is not registered. */
  readonly register: string | null;
}

/** What is known beforehand. */
export interface KnownDocuments {
  readonly trusted: TrustedDocuments;
  readonly automatic: AutomaticDocuments;
}

/** What a client of automatic persisted queries takes for "send me the text": it is no error, and its words are fixed. */
export const PERSISTED_QUERY_NOT_FOUND = 'PERSISTED_QUERY_NOT_FOUND';

/**
 * Chooses what a request runs, from the text and the id it has sent, one of which may be null. Whether a text may be run is
 * not decided here, since that depends on who asks.
 *
 * @throws AppError `BAD_USER_INPUT` (`DOCUMENT_HASH`) where text and id do not belong together; `NOT_FOUND` for an id that
 * is not known: `DOCUMENT_UNKNOWN`, or the protocol's `PERSISTED_QUERY_NOT_FOUND`
 */
export function chooseDocument(
  asked: { readonly query: string | null; readonly hash: string | null },
  rule: DocumentRule,
  { trusted, automatic }: KnownDocuments,
): ChosenDocument {
  const { query, hash } = asked;
  if (query !== null && hash !== null && documentHash(query) !== hash) {
    throw new AppError('BAD_USER_INPUT', { reason: 'DOCUMENT_HASH', field: 'documentId' });
  }
  if (hash === null) return { query: query ?? '', standing: 'text', register: null };
  const known = trusted.get(hash);
  if (known !== undefined) return { query: known.text, standing: 'trusted', register: null };
  if (query !== null) return { query, standing: 'text', register: rule === 'apq' ? hash : null };
  const kept = rule === 'apq' ? automatic.textOf(hash) : null;
  if (kept !== null) return { query: kept, standing: 'automatic', register: null };
  if (rule === 'apq') throw new AppError('NOT_FOUND', { reason: PERSISTED_QUERY_NOT_FOUND, httpStatus: 200 });
  throw new AppError('NOT_FOUND', { reason: 'DOCUMENT_UNKNOWN', field: 'documentId' });
}
