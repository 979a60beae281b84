import { AppError, errorCatalogue, isErrorCode } from '@dinhdanh/kit';
import type { ErrorCode } from '@dinhdanh/kit';
import { PERSISTED_QUERY_NOT_FOUND } from '../documents/choose-document.ts';
import { PartyRefusal } from '../dpop/party-refusal.ts';
import { EngineRefusal } from '../engine/index.ts';
import type { Describe } from '../engine/index.ts';
import type { ErrorDetail, Exchange, Language } from '../exchange.ts';
import { refusalTexts, sentenceOf } from '../texts.ts';

/** Words for the errors of an answer: our code, our sentence, the source by name. Nothing a source wrote passes. */
export function maskErrors(exchange: Pick<Exchange, 'language' | 'details'>): Describe {
  return ({ code, source, refusal }) => {
    const known = isErrorCode(code) ? code : 'SOURCE_UNAVAILABLE';
    // Policy has said why; a source's word on the same code is about something else.
    const { code: _, ...told } = refusal ?? { code };
    return {
      message: sentenceOf(known, exchange.language, source),
      extensions: {
        code: known,
        ...(source === undefined || !known.startsWith('SOURCE_') ? {} : { source }),
        ...(refusal === undefined ? exchange.details.get(known) : told),
      },
    };
  };
}

/** A whole request refused: what is sent instead of data. */
export interface RefusedRequest {
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly error: {
    readonly message: string;
    readonly locations?: readonly { readonly line: number; readonly column: number }[];
    readonly extensions: Readonly<Record<string, unknown>>;
  };
}

/** Words for a request refused as a whole; null for what is no known refusal, so a fault of ours. */
export function describeRefusal(failure: unknown, language: Language): RefusedRequest | null {
  if (failure instanceof EngineRefusal) return describeEngineRefusal(failure, language);
  if (!(failure instanceof AppError)) return null;
  const { code, detail, status } = failure;
  if (detail.reason === PERSISTED_QUERY_NOT_FOUND) return { ...textWanted, code, status };
  const retryAfterSeconds = detail.retryAfterSeconds ?? null;
  const told: ErrorDetail = {
    ...(detail.reason === undefined ? {} : { reason: detail.reason }),
    ...(failure instanceof PartyRefusal && failure.fields.length > 0 ? { fields: failure.fields } : {}),
    ...(detail.field === undefined ? {} : { field: detail.field }),
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  };
  const source = detail.source === undefined ? {} : { source: detail.source };
  return {
    code,
    status,
    retryAfterSeconds,
    error: { message: sentenceOf(code, language, detail.source), extensions: { code, ...source, ...told } },
  };
}

/** Clients of automatic persisted queries wait for these very words, and then send the text. */
const textWanted = {
  retryAfterSeconds: null,
  error: { message: 'PersistedQueryNotFound', extensions: { code: PERSISTED_QUERY_NOT_FOUND } },
};

/**
 * What graphql-js says of the client's own text is told in its words, since developers need them; but a literal of the
 * text may be somebody's number, and a variable anything at all, so the one is blotted out and the other left out.
 */
function describeEngineRefusal(refusal: EngineRefusal, language: Language): RefusedRequest {
  const first = refusal.sentence === 'variables' ? undefined : refusal.details[0];
  const sentence = refusalTexts[refusal.sentence][language];
  return {
    code: refusal.code,
    status: errorCatalogue[refusal.code].status,
    retryAfterSeconds: null,
    error: {
      message: first === undefined ? sentence : `${sentence} ${first.message.replace(/\d{5,}/g, '…')}`,
      ...(refusal.locations.length === 0 ? {} : { locations: refusal.locations }),
      extensions: {
        code: refusal.code,
        reason: refusal.sentence.replaceAll('-', '_').toUpperCase(),
        ...refusal.numbers,
      },
    },
  };
}

/** Words for a fault of our own: a code and nothing of what happened, which the log has under the same request id. */
export function describeFault(language: Language): RefusedRequest {
  return {
    code: 'SOURCE_UNAVAILABLE',
    status: errorCatalogue.SOURCE_UNAVAILABLE.status,
    retryAfterSeconds: null,
    error: {
      message: sentenceOf('SOURCE_UNAVAILABLE', language, 'gateway'),
      extensions: { code: 'SOURCE_UNAVAILABLE', source: 'gateway' },
    },
  };
}
