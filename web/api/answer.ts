import type { CombinedError } from 'urql';
import { type FailureCode, isErrorCode } from './error-codes.ts';

/** Where something stands in an answer: field names and list positions from the root. */
export type Path = readonly (string | number)[];

/** Why one place of an answer, or with an empty path the whole of it, holds nothing. */
export interface Failure {
  readonly code: FailureCode;
  readonly path: Path;
  /** The service that could not serve, for `SOURCE_*`. */
  readonly source: string | null;
  /** A finer reason under the code, such as `ACCOUNTS_PASSCODE_WRONG`. */
  readonly reason: string | null;
  /** The input field at fault, for `BAD_USER_INPUT`. */
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;
}

/** Two sources disagree about one person; `agency` corrects it. */
export interface Notice {
  readonly source: string;
  readonly field: string;
  readonly agency: string;
}

/** What the gateway answered: the data it could give, why the rest is missing, and its remarks. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly failures: readonly Failure[];
  readonly notices: readonly Notice[];
}

/** The parts of urql's result that make an answer. */
interface Result<Data> {
  readonly data?: Data | null | undefined;
  readonly error?: CombinedError | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The answer in a result. A code we do not know counts as a source that could not serve; no answer as unreachable. */
export function answerOf<Data>({ data, error, extensions }: Result<Data>): Answer<Data> {
  return { data: data ?? null, failures: failuresOf(error), notices: noticesOf(extensions?.['notices']) };
}

function failuresOf(error: CombinedError | undefined): readonly Failure[] {
  if (error === undefined) return [];
  if (error.graphQLErrors.length === 0) return [unreachableFailure];
  return error.graphQLErrors.map(({ path, extensions }) => {
    const { code, source, reason, field, retryAfterSeconds } = extensions as Record<string, unknown>;
    return {
      code: isErrorCode(code) ? code : 'SOURCE_UNAVAILABLE',
      path: path ?? [],
      source: text(source),
      reason: text(reason),
      field: text(field),
      retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null,
    };
  });
}

/** No answer came: the network, or something on the way that is not the gateway. */
const unreachableFailure: Failure = {
  code: 'UNREACHABLE',
  path: [],
  source: null,
  reason: null,
  field: null,
  retryAfterSeconds: null,
};

function noticesOf(notices: unknown): readonly Notice[] {
  if (!Array.isArray(notices)) return [];
  return notices.flatMap((notice: unknown): Notice[] => {
    if (typeof notice !== 'object' || notice === null) return [];
    const { code, source, field, agency } = notice as Record<string, unknown>;
    const known = code === 'SOURCE_MISMATCH' && typeof source === 'string' && typeof field === 'string';
    return known ? [{ source, field, agency: text(agency) ?? source }] : [];
  });
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
