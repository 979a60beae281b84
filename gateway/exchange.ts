import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CompiledOperation, Payload, PreparedOperation } from './engine/index.ts';
import type { Caller } from './caller.ts';
import type { Refusal } from './policy/decide.ts';

/** The languages texts are written in. */
export type Language = 'vi' | 'en';

/** What a client sent, once read. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

/**
 * One request on its way through the stages. Each stage owns the fields it fills; a stage reads only what the ones
 * before it have filled.
 */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Opaque, made here; never taken from the client. */
  readonly id: string;
  readonly startedAt: Date;
  /** No work goes on past this moment, in epoch milliseconds. */
  readonly deadlineAt: number;
  readonly language: Language;
  /** Keyed hash of the network address. */
  address: string;
  /** Filled by read-request. */
  body?: GraphqlRequest;
  /** Filled by prepare-operation. */
  prepared?: PreparedOperation;
  /** Filled by identify-caller. */
  caller?: Caller;
  /** Filled by authorise: leaf id → why it is refused. */
  refused?: ReadonlyMap<number, Refusal>;
  /** Filled by plan-operation. */
  compiled?: CompiledOperation;
  /** Filled by execute; `release` alone turns it into an answer. */
  payload?: Payload;
  /** Header lines a service asked for, such as a session to be set as a cookie. Filled by ask-source. */
  readonly headers: Map<string, string>;
  /** Remarks for `extensions.notices`, such as two sources that disagree. */
  readonly notices: Notice[];
}

/** A remark that is no error: the answer stands, and somebody should know. */
export interface Notice {
  readonly code: 'SOURCE_MISMATCH';
  /** The source that differs from the population registry. */
  readonly source: string;
  /** The field that differs, in the schema's name. */
  readonly field: string;
}
