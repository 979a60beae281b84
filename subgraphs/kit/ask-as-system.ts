import { randomUUID } from 'node:crypto';
import { AppError, isErrorCode } from './errors.ts';
import type { ErrorCode } from './errors.ts';
import { changesDocuments, documentIdOf } from './system-documents.ts';
import type { ChangesRoot, SystemDocument } from './system-documents.ts';
import { SYSTEM_TOKEN_SECONDS, signSystemToken } from './system-token.ts';

/** What a service asks the gateway under its own name. */
export interface SystemQuestion {
  /** The service that asks, as the gateway knows its key. */
  readonly name: string;
  readonly gatewayUrl: string;
  readonly systemKey: Buffer;
  readonly document: SystemDocument;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** The answer is waited for so long, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the waiting earlier. */
  readonly ending: AbortSignal;
  /** The registration on whose behalf it is asked. */
  readonly applicant?: string;
}

/** What the gateway said, as far as it could be read: codes alone of what it refused. */
export interface SystemAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly SystemError[];
}

/** A refusal of the gateway. */
export interface SystemError {
  readonly code: ErrorCode;
  /** The service at fault, for `SOURCE_*`. */
  readonly source: string | null;
  readonly reason: string | null;
  /** The input at fault, for `BAD_USER_INPUT`. */
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;
}

/** Asks as {@link askGateway}; tells the `data` of the answer alone, null where there is none. */
export async function askAsSystem(question: SystemQuestion): Promise<SystemAnswer['data']> {
  return (await askGateway(question)).data;
}

/**
 * Asks through the front door as a system caller, or as an applicant by the system that vouches for them. The text goes
 * with its id: a gateway that takes trusted documents alone knows it by the one, any other reads the other.
 *
 * @throws what `fetch` throws when the gateway cannot be reached, or answers no JSON
 */
export async function askGateway(question: SystemQuestion): Promise<SystemAnswer> {
  const { name, gatewayUrl, systemKey, document, variables, now, timeoutMs, ending, applicant } = question;
  const iat = Math.floor(now.getTime() / 1000);
  const times = { iat, exp: iat + SYSTEM_TOKEN_SECONDS };
  const onBehalf = applicant === undefined ? {} : { applicant };
  const claims = { iss: name, sub: name, aud: 'gateway', ...times, ...onBehalf };
  const answer = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${signSystemToken({ ...claims, jti: randomUUID() }, systemKey)}`,
    },
    body: JSON.stringify({ documentId: documentIdOf(document.text), query: document.text, variables }),
    redirect: 'error',
    signal: AbortSignal.any([ending, AbortSignal.timeout(timeoutMs)]),
  });
  return readAnswer(await answer.json());
}

function readAnswer(told: unknown): SystemAnswer {
  const { data, errors } = (told ?? {}) as { data?: SystemAnswer['data']; errors?: unknown };
  return { data: data ?? null, errors: (Array.isArray(errors) ? errors : []).map(readError) };
}

function readError(error: unknown): SystemError {
  const { extensions } = (error ?? {}) as { readonly extensions?: Readonly<Record<string, unknown>> };
  const { code, source, reason, field, retryAfterSeconds } = extensions ?? {};
  return {
    code: isErrorCode(code) ? code : 'SOURCE_INVALID',
    source: typeof source === 'string' ? source : null,
    reason: typeof reason === 'string' ? reason : null,
    field: typeof field === 'string' ? field : null,
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null,
  };
}

/** A page of another service's changes, as its `…Changes` root gives it. */
export interface ChangePage<Change> {
  readonly nodes: readonly Change[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const CHANGES_TIMEOUT_MS = 10_000;

/**
 * Asks for what changed in another service behind a cursor.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` (that service) where no page came, and as {@link askAsSystem}
 */
export async function askForChanges<Change>(
  {
    root,
    source,
    after,
  }: { readonly root: ChangesRoot; readonly source: string; readonly after: string | null },
  by: Pick<SystemQuestion, 'name' | 'gatewayUrl' | 'systemKey' | 'now' | 'ending'>,
): Promise<ChangePage<Change>> {
  const document = changesDocuments[root];
  const data = await askAsSystem({ ...by, document, variables: { after }, timeoutMs: CHANGES_TIMEOUT_MS });
  const page = data?.[root] as Partial<ChangePage<Change> | null> | undefined;
  if (!Array.isArray(page?.nodes) || page.pageInfo === undefined || page.pageInfo === null) {
    throw new AppError('SOURCE_UNAVAILABLE', { source, internal: 'no page of changes' });
  }
  return page as ChangePage<Change>;
}
