/** Codes with which the engine itself refuses an operation; all are part of the public error list. */
export type RefusalCode = 'BAD_USER_INPUT' | 'QUERY_TOO_COSTLY' | 'UNAUTHENTICATED' | 'NOT_PERMITTED';

/** Which sentence explains the refusal; the gateway owns the text in the caller's language. */
export type RefusalSentence =
  | 'syntax'
  | 'invalid'
  | 'nested-too-deep'
  | 'too-many-tokens'
  | 'too-many-selections'
  | 'too-many-aliases'
  | 'too-many-directives'
  | 'too-many-root-fields'
  | 'too-deep'
  | 'too-costly'
  | 'unsized-list'
  | 'no-operation'
  | 'unknown-operation'
  | 'ambiguous-operation'
  | 'subscription'
  | 'variables'
  | 'arguments'
  | 'unplannable'
  | 'protected';

const statusOf: Readonly<Record<RefusalCode, number>> = {
  BAD_USER_INPUT: 400,
  QUERY_TOO_COSTLY: 400,
  UNAUTHENTICATED: 401,
  NOT_PERMITTED: 403,
};

/** A place in the client's own text, counted from 1. */
export interface RefusalLocation {
  readonly line: number;
  readonly column: number;
}

/** What an operation costs and what one may cost. */
export interface RefusalNumbers {
  readonly cost: number;
  readonly limit: number;
}

/** One reason as graphql-js words it (English, quotes only the client's own text and the public schema). */
export interface RefusalDetail {
  readonly message: string;
  readonly locations: readonly RefusalLocation[];
}

/**
 * An operation that is refused as a whole, before any source is asked.
 * It is an expected answer, not a fault: a code of the public list, answered with HTTP status 4xx, and a sentence key.
 */
export class EngineRefusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly sentence: RefusalSentence;
  readonly details: readonly RefusalDetail[];
  /** How much was asked for and how much is allowed, where a number decided. */
  readonly numbers: RefusalNumbers | null;

  /** `cause` is for the log alone: it may name what the public schema hides. */
  constructor(
    code: RefusalCode,
    sentence: RefusalSentence,
    details: readonly RefusalDetail[] = [],
    cause?: unknown,
    numbers: RefusalNumbers | null = null,
  ) {
    super(`${code}: ${sentence}`, cause === undefined ? undefined : { cause });
    this.name = 'EngineRefusal';
    this.code = code;
    this.status = statusOf[code];
    this.sentence = sentence;
    this.details = details;
    this.numbers = numbers;
  }

  /** Places in the client's text that the refusal is about, first reason first. */
  get locations(): readonly RefusalLocation[] {
    return this.details.flatMap((detail) => detail.locations);
  }
}
