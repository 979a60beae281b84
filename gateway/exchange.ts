import { unreachable } from '@dinhdanh/kit';
import type { AppError } from '@dinhdanh/kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';
import type { ChosenDocument } from './documents/choose-document.ts';
import type { ConsentEvent } from './record/consent-event.ts';
import type { PartyAttempt } from './record/compose-attempt.ts';
import type { EntryReceipt } from './record/entry.ts';
import type { CompiledOperation, Payload, PreparedOperation, RefusedLeaf } from './engine/index.ts';
import type { Served } from './served.ts';

/** The languages texts are written in. */
export type Language = 'vi' | 'en';

/** What a client sent, once read: the text of the document, whether it came as such or by its id. */
export interface GraphqlRequest extends ChosenDocument {
  readonly variables: Readonly<Record<string, unknown>> | null;
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
  /** What was made from the supergraph in force when the request began; it stays with it to the end. */
  readonly served: Served;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
  /** No work goes on past this moment, in epoch milliseconds. Put off by limit-ending for what ends a reading. */
  deadlineAt: number;
  readonly language: Language;
  /** Keyed hash of the network address. */
  readonly address: string;
  /** What the client calls its device; it decides nothing but how fast a stranger may guess. */
  readonly device: string | null;
  /** Whether the session travels as a cookie: only a page of our own origin may say so. */
  readonly cookie: boolean;
  /** Why this request has no common place; only what ends a reading goes on with it. Filled by limit-rate. */
  overLimit?: AppError;
  /** Whether all that is asked for only ends what others may read. Filled by confirm-ending. */
  isEnding: boolean;
  /** Filled by read-request. */
  body?: GraphqlRequest;
  /** Filled by prepare-operation. */
  prepared?: PreparedOperation;
  /** Filled by identify-caller. */
  caller?: Caller;
  /** Of a relying party whose token is genuine. Filled by identify-caller and authorise. */
  attempt?: PartyAttempt;
  /** Filled by authorise: leaf id → why it is refused. */
  refused?: ReadonlyMap<number, RefusedLeaf>;
  /** Filled by plan-operation. */
  compiled?: CompiledOperation;
  /** Filled by execute; `release` alone turns it into an answer. */
  payload?: Payload;
  /** Filled by read-request: the case an auditor or officer acts on. */
  caseId: string | null;
  /** Services that were sent a request. Filled by ask-source. */
  readonly asked: Set<string>;
  /** Whose entries an auditor looked for, as the access log says: pseudonyms. Filled by ask-source. */
  readonly pseudonyms: Set<string>;
  /** Why an auditor looked for one person, as the access log says: a code such as `COMPLAINT`. Filled by ask-source. */
  auditReason: string | null;
  /** Whether record-access has taken charge of this request's entries. */
  isRecorded: boolean;
  /** Where the release is written down. Filled by record-access. */
  receipt?: EntryReceipt;
  /** Says that the answer written down as released is not sent after all. Filled by record-access. */
  withhold?: () => void;
  /** Header lines a service asked for, such as a session to be set as a cookie. Filled by ask-source. */
  readonly headers: Map<string, string>;
  /** What sharing told of consents. Filled by ask-source. */
  readonly consentEvents: ConsentEvent[];
  /** What a service told beside the code of an error, by code: only words and numbers of known form. */
  readonly details: Map<string, ErrorDetail>;
  /** Remarks for `extensions.notices`, such as two sources that disagree. */
  readonly notices: Notice[];
}

/** What may stand in an error's extensions beside its code. */
export interface ErrorDetail {
  readonly reason?: string;
  readonly field?: string;
  /** Keys of leaves beyond a grant. */
  readonly fields?: readonly string[];
  readonly retryAfterSeconds?: number;
}

/** A remark that is no error: the answer stands, and somebody should know. */
export interface Notice {
  readonly code: 'SOURCE_MISMATCH';
  /** The source that differs from the population registry. */
  readonly source: string;
  /** The field that differs, in the schema's name. */
  readonly field: string;
}

/** A field that an earlier stage has filled; the order of the stages in gateway.ts is what promises it. */
export function filled<Name extends 'body' | 'prepared' | 'caller' | 'refused' | 'compiled' | 'payload'>(
  exchange: Exchange,
  name: Name,
): NonNullable<Exchange[Name]> {
  return exchange[name] ?? unreachable(`${name} is filled by an earlier stage`);
}
