import type { AbandonSignal } from './abandonment.ts';
import type { DataObject } from './field-failure.ts';

/** One request the gateway is to send: it signs, sends and times it. */
export interface SourceRequest {
  readonly service: string;
  /** Number of the request within its operation, from 0. */
  readonly step: number;
  readonly kind: 'query' | 'mutation';
  /** JSON text of the GraphQL request. */
  readonly body: string;
  /** Ids of the leaves that this request asks for, no more and no less. */
  readonly leaves: readonly number[];
  /** The representations sent, each with `__typename` and key; empty for root fields. */
  readonly entityKeys: readonly EntityKey[];
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbandonSignal;
  /** Milliseconds since the epoch after which an answer is useless. */
  readonly deadlineAt: number;
  /**
   * May be offered the body of a good answer, valid UTF-8 that stays only until it returns. True where the engine has taken all
   * that it needs, so that nobody need parse it; where the answer has anything but `data`, it is not.
   */
  readonly takeBytes: (body: Uint8Array) => boolean;
}

/** `__typename` and key fields of an entity as its source is told them. */
export type EntityKey = Readonly<DataObject>;

/** What came back: data as parsed JSON, or the reason why there is none. */
export type SourceAnswer =
  | {
      readonly ok: true;
      readonly data: unknown;
      readonly errors?: readonly SourceError[] | undefined;
      /**
       * True where the JSON text in UTF-8 that `data` was parsed from holds no backslash: then none of its strings has a
       * character that JSON must escape (RFC 8259 section 7), and each may be written as it is. Absent: nothing is known.
       */
      readonly isPlain?: boolean;
      /** True where the request's `takeBytes` took the answer: `data` is not looked at then. */
      readonly isTaken?: boolean;
    }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** An error as a source words it; only its code and path are ever looked at. */
export interface SourceError {
  readonly message?: unknown;
  readonly path?: unknown;
  readonly extensions?: unknown;
}

/** Sends one request. It may reject or never settle; the engine waits until its deadline and no longer. */
export type FetchSource = (request: SourceRequest) => Promise<SourceAnswer>;

/** A source answered inside the process: one function per root field, which gives objects of the schema. */
export type LocalSource = Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => unknown>>;

/** Says whether an object's attestation belongs to the entity that was asked for. */
export type Attest = (claim: {
  readonly service: string;
  readonly step: number;
  readonly typeName: string;
  /** The representation the object was answered for; null for root fields. */
  readonly key: EntityKey | null;
  readonly value: unknown;
}) => boolean;

/** What one answered request brought: for the access log. */
export interface Released {
  readonly source: string;
  readonly key: EntityKey | null;
  readonly leaves: readonly number[];
}
