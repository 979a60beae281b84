import type { DocumentRule } from './documents/choose-document.ts';

/** What an operator may set; every name stands in `docs/config.md`. */
export interface GatewaySettings {
  /** A request is answered within this time, whatever the sources do, in milliseconds. */
  readonly deadlineMs: number;
  /** The largest request read, in bytes. */
  readonly bodyLimitBytes: number;
  /** Proxies whose word about a client's address is believed. */
  readonly trustedProxies: readonly string[];
  /** Requests a minute from one network address. */
  readonly requestsPerMinute: number;
  /** Requests under way at once in this process. */
  readonly concurrentRequests: number;
  /** Places kept beyond those for what ends a reading: a withdrawal, a pause, a lock. */
  readonly endingRequests: number;
  /** Such requests a minute, from one address and from one session, once it has used up its common share. */
  readonly endingPerMinute: number;
  /** Such a request is answered within this time, in milliseconds, where that is longer than `deadlineMs`. */
  readonly endingDeadlineMs: number;
  /** The origin browsers and relying parties know; null is the gateway's own address. */
  readonly publicUrl: string | null;
  /** Requests to share a minute that one relying party may begin. */
  readonly pushedPerMinute: number;
  /** Streams of events to pages that show a picture, in this process. */
  readonly concurrentStreams: number;
  /** Refused attempts of strangers are counted so long before they have an entry together, in seconds. */
  readonly refusedSeconds: number;
  /** A DPoP proof is taken so many seconds after it was made (RFC 9449 §11.1). */
  readonly proofSeconds: number;
  /** A DPoP nonce is given out for so many seconds, and taken for as many more (RFC 9449 §9). */
  readonly nonceSeconds: number;
  /** What `@authenticated`, `@requiresScopes` and `@policy` do to what a caller may not read: null it, or refuse all. */
  readonly protections: 'filter' | 'reject';
  /** What becomes of a supergraph with fields that no plan leads to: refused, or served without them. */
  readonly unplannable: 'refuse' | 'serve';
  /** Fields from the root to the deepest leaf of an operation. */
  readonly maxDepth: number;
  /** Aliases of an operation, fragments expanded. */
  readonly maxAliases: number;
  /** Tokens of a document. */
  readonly maxTokens: number;
  /** Directives of an operation, fragments expanded. */
  readonly maxDirectives: number;
  /** Fields and fragments of an operation, fragments expanded. */
  readonly maxSelections: number;
  /** Root fields of an operation, fragments expanded. */
  readonly maxRootFields: number;
  /** The estimated cost of an operation; 0 only measures it. */
  readonly maxCost: number;
  /** How long the planner may take over one operation before its process is ended, in milliseconds. */
  readonly maxPlanningMs: number;
  /** Which documents are run: any, any and those that clients register, or those of the manifest alone. */
  readonly documents: DocumentRule;
}

/** What holds unless set otherwise. */
export const defaultSettings: GatewaySettings = {
  deadlineMs: 2_000,
  bodyLimitBytes: 100 * 1024,
  trustedProxies: [],
  requestsPerMinute: 600,
  concurrentRequests: 512,
  endingRequests: 32,
  endingPerMinute: 60,
  endingDeadlineMs: 20_000,
  publicUrl: null,
  pushedPerMinute: 120,
  concurrentStreams: 256,
  refusedSeconds: 60,
  proofSeconds: 60,
  nonceSeconds: 150,
  protections: 'filter',
  unplannable: 'refuse',
  maxDepth: 12,
  maxAliases: 40,
  maxTokens: 1000,
  maxDirectives: 40,
  maxSelections: 500,
  maxRootFields: 20,
  maxCost: 5_000,
  maxPlanningMs: 2_000,
  documents: 'any',
};
