import type { DocumentNode } from 'graphql';
import type { CallerToken, SubjectIdentifiers } from './caller-token.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { PassThrough } from './passed-request.ts';
import type { ServedStore } from './served-store.ts';
import type { Tracer } from './trace.ts';

/** A remark that is no error: the answer stands, and somebody should know. Names a field, never a value. */
export interface SourceNotice {
  readonly code: 'SOURCE_MISMATCH';
  readonly field: string;
}

/** What every resolver is given about the call it serves. A service adds its loaders. */
export interface CallContext {
  readonly caller: CallerToken;
  /** The token's subjects by id; whom an applicant declares to be is none, and opens no record. */
  readonly subjects: ReadonlySet<string>;
  /** The identifiers of one subject; throws `NOT_PERMITTED` for any other. */
  readonly identifiersOf: (subject: string) => SubjectIdentifiers;
  /**
   * What an applicant declares to be known by, to be held against a record and answered by how far it matches. Counts
   * one comparison. Throws `NOT_PERMITTED` for any other caller, `RATE_LIMITED` for a registration that has had its share.
   */
  readonly declared: () => SubjectIdentifiers;
  /** The holder attestation of a row, see {@link attestHolder}. */
  readonly attest: (identifier: string) => string;
  readonly now: Date;
  readonly log: Log;
  /** Leaves a remark beside the answer, told to the gateway once however often it arises. */
  readonly notice: (notice: SourceNotice) => void;
  /** What this service has served, read in its order. */
  readonly served: ServedStore['after'];
  /** Tells which claims the operation asks for, before it is run. */
  readonly asks: (claims: ReadonlySet<string>) => void;
  /** Headers a mutation asks the gateway to act on, such as a session to be delivered as a cookie. */
  readonly respond: (header: string, value: string) => void;
}

/** A map of resolvers, type by type. */
export type ResolverMap = Readonly<Record<string, unknown>>;

/** The store of a service as the kit sees it. */
export interface ServiceStore {
  /** What it served: {@link openServed}. */
  readonly served: ServedStore;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a service does at its own start besides answering, and how it ends that. */
export interface BackgroundWork {
  readonly stop: () => Promise<void>;
}

/** A door that is not GraphQL: a POST with a JSON body, behind the same caller token. */
export type Door<Store> = (body: unknown, context: CallContext, store: Store) => Promise<unknown>;

/** All there is to a service. */
export interface ServiceDefinition<Store extends ServiceStore, Context extends CallContext> {
  /** Also its subgraph name and the audience of its caller tokens. */
  readonly name: string;
  readonly typeDefs: DocumentNode;
  readonly resolvers: ResolverMap;
  /** The folder of its migrations. */
  readonly migrations: string;
  readonly open: (options: OpenOptions) => Store;
  readonly context: (call: CallContext, store: Store) => Context;
  /** Paths such as `/resolve-caller`. */
  readonly doors?: Readonly<Record<string, Door<Store>>>;
  /** Paths answered in plain HTTP, behind a caller token of the gateway's own. */
  readonly passThrough?: PassThrough<Store>;
  /** Its own numbers at `/metrics` of its port, in the text format of Prometheus; nothing in them may be told of a person. */
  readonly metrics?: (store: Store) => Promise<string>;
  readonly background?: (options: ServiceOptions, store: Store) => BackgroundWork;
}

/** What a store is opened with. */
export interface OpenOptions {
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Settings of this service alone, parsed by its own config.ts. */
  readonly settings?: unknown;
}

/** What a service is started with. */
export interface ServiceOptions extends OpenOptions {
  readonly host: string;
  readonly port: number;
  /** The key this service shares with the gateway, 32 bytes or more. */
  readonly callerKey: Buffer;
  /** How many months served records are kept; 13 where it is left out. */
  readonly servedMonths?: number;
  /** Makes this service's spans; nothing is traced where it is left out. */
  readonly tracer?: Tracer;
}

/** A service that listens. */
export interface RunningService {
  readonly name: string;
  /** `http://host:port`; GraphQL answers at `/graphql`. */
  readonly origin: string;
  readonly port: number;
  /** Finishes the open requests, then closes. */
  readonly stop: () => Promise<void>;
}

/** A service as others hold it: no store, no resolvers, only what starts it. */
export interface Service {
  readonly name: string;
  readonly migrate: (databaseUrl: string) => Promise<number>;
  readonly start: (options: ServiceOptions) => Promise<RunningService>;
}
