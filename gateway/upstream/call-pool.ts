import type { CompactToken } from '@dinhdanh/kit';

/** A request to a service as it goes onto the wire: always POST, and always with {@link CALL_FIELDS}. */
export interface PooledRequest {
  readonly path: string;
  readonly token: CompactToken | undefined;
  /** Fields besides. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly body: string | Buffer;
}

/** The fields that all calls have alike. */
export const CALL_FIELDS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
  'accept-encoding': 'identity',
} as const;

/** Header fields of an answer, names in lower case; those that stand several times are lists. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Breaks off one request, and its connection with it. */
export interface RequestControl {
  readonly abort: (why: Error) => void;
}

/**
 * Whoever made a request is told what becomes of it, in this order; either of the last two is the last. The bytes of
 * `onResponseData` are only good until `onResponseEnd` has returned.
 */
export interface RequestListener {
  readonly onRequestStart: (control: RequestControl) => void;
  readonly onResponseStart: (control: RequestControl, status: number, headers: AnswerHeaders) => void;
  readonly onResponseData: (control: RequestControl, bytes: Buffer) => void;
  readonly onResponseEnd: (control: RequestControl) => void;
  readonly onResponseError: (control: RequestControl, failure: Error) => void;
}

/** Connections to one service: a pool of undici's behind `callPoolOf`, or a {@link PlainPool}. */
export interface CallPool {
  /** Sends a request as soon as a connection is free. */
  readonly dispatch: (request: PooledRequest, listener: RequestListener) => unknown;
  /** Finishes what is under way and what waits, then drops all connections. */
  readonly close: () => Promise<void>;
  /** Drops all connections at once. */
  readonly destroy: () => Promise<void>;
}
