import type { GraphQLSchema } from 'graphql';
import type { ScalarCheck } from './check-leaf.ts';
import type { Unplannable } from './find-unplannable.ts';
import type { HotCode } from './hot-code.ts';
import type { EngineLimits } from './limits.ts';
import type { Normalised } from './normalise.ts';
import type { ProtectionMode, Rights } from './rights.ts';
import type { Attest, FetchSource, LocalSource, Released } from './source.ts';
import type { Step } from './step.ts';
import type { PayloadError, Write } from './write-run.ts';

/** What an engine is made from. */
export interface EngineOptions {
  /** SDL of a Federation 2 supergraph. */
  readonly supergraph: string;
  readonly limits?: Partial<EngineLimits>;
  /** Labels of progressive `@override` that are on; the others are off. */
  readonly overrideLabels?: readonly string[];
  /** Hidden field by which a source attests whose record an object is; asked wherever a type has it. */
  readonly attestationField?: string;
  /** Checks of custom scalars by name. */
  readonly scalars?: Readonly<Record<string, ScalarCheck>>;
  /** Codes that a source's own error may keep; every other error becomes SOURCE_UNAVAILABLE. */
  readonly knownCodes?: readonly string[];
  /** Runs of a plan before code is generated for it; one unless given. */
  readonly runsBeforeCode?: number;
  /** Plans of which a run brought answers of so many bytes read them as bytes from then on; 8,192 unless given. */
  readonly longFrom?: number;
  /**
   * What becomes of a supergraph with fields that no plan leads to, which composition may leave: it is refused at the
   * start (`refuse`, unless given), or served without them (`serve`): operations that ask for one are refused.
   */
  readonly unplannable?: 'refuse' | 'serve';
  /**
   * What `@authenticated`, `@requiresScopes` and `@policy` do: `filter` answers null with an error in the place of what is
   * closed, `reject` refuses the whole operation. Without it a supergraph that has one of them is refused at the start; with
   * it every operation must pass `protect` before it is planned.
   */
  readonly protections?: ProtectionMode;
}

/** One leaf the client selected: the unit of policy, refusal and logging. */
export interface Leaf {
  readonly id: number;
  /** `Type.field`, the type being the one the client selected on: `Person.fullName` or `Citizen.fullName`. */
  readonly coordinate: string;
  /** Client's response keys from the root. */
  readonly path: readonly string[];
  /** Coordinates of the fields from the root down to the leaf's object. */
  readonly parents: readonly string[];
  /** Coerced values of the leaf's own arguments. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly isTypename: boolean;
  /** `Type.__typename` of every abstract type whose kind the leaf's presence tells through a type condition. */
  readonly narrowedBy: readonly string[];
}

/** An operation read, checked, folded and renamed; nothing has been asked yet. */
export interface PreparedOperation {
  readonly kind: 'query' | 'mutation';
  readonly leaves: readonly Leaf[];
  /** Equal for operations that plan alike; holds neither client names nor variable values. */
  readonly shapeKey: string;
  /** True when the operation reads the schema itself. */
  readonly introspects: boolean;
  /** Coerced variables by their normalised name. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly internal: PreparedInternal;
}

/** Of the engine's own use; other rooms do not look inside. */
export interface PreparedInternal {
  readonly normalised: Normalised;
  readonly labels: readonly string[];
  /** Answers `__schema` and `__type` fields, by alias; null when there are none. */
  readonly introspect: (() => Readonly<Record<string, unknown>>) | null;
}

/** Why a leaf is refused; what else the gateway wants to tell rides along untouched. */
export interface RefusedLeaf {
  readonly code: string;
  readonly [detail: string]: unknown;
}

/** An operation planned without its refused leaves, ready to run once. */
export interface CompiledOperation {
  readonly prepared: PreparedOperation;
  readonly plan: CompiledPlan;
  readonly refused: ReadonlyMap<number, RefusedLeaf>;
  /** The services the plan may ask, without those answered locally being told apart. */
  readonly services: readonly string[];
}

/** Requests and writer; shared by all operations of one shape with the same leaves refused. */
export interface CompiledPlan {
  readonly steps: readonly Step[];
  readonly services: readonly string[];
  readonly write: Write;
  readonly hot: HotCode;
}

/** An error to be put into words for the client. */
export interface ErrorToDescribe extends PayloadError {
  readonly refusal?: RefusedLeaf;
}

/** Words and extensions of one error; the engine adds path and code. */
export type Describe = (error: ErrorToDescribe) => {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
};

/** What one execution is given by the gateway. */
export interface ExecuteOptions {
  readonly fetch: FetchSource;
  /** Sources answered in this process, by service name. */
  readonly local?: Readonly<Record<string, LocalSource>>;
  /** Milliseconds since the epoch; the engine answers by then with what it has. */
  readonly deadlineAt: number;
  readonly signal?: AbortSignal;
  readonly attest?: Attest;
  /**
   * Says "same caller, same rights": queries alike in this, plan and variables that are under way together ask their sources
   * once. Absent: never shared. Mutations never are.
   */
  readonly shareWith?: string;
  readonly describe: Describe;
}

/** An answer that only the release stage may finish and send. */
export interface Payload {
  /** `{"data":…,"errors":[…],"extensions":{`: the last object is open, {@link closePayload} closes it. As bytes: UTF-8. */
  readonly bytes: string | Buffer;
  readonly released: readonly Released[];
  readonly errors: readonly PayloadError[];
  /** Failed sources with the first code each failed with. */
  readonly sourcesFailed: ReadonlyMap<string, string>;
}

/** Counters since the engine was made. */
export interface EngineStats {
  /** Documents parsed and validated. */
  documents: number;
  documentHits: number;
  /** Operations given to the planner. */
  plans: number;
  planHits: number;
}

/** The GraphQL engine of one supergraph. It knows nothing of callers: policy comes in as refused leaves. */
export interface Engine {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Fields that no plan leads to; empty unless such a supergraph is to be served. */
  readonly unplannable: readonly Unplannable[];
  readonly stats: Readonly<EngineStats>;
  /** Arguments (defaults filled in) of a directive on `Type.field`; undefined when it is not there. */
  readonly directive: (coordinate: string, name: string) => Readonly<Record<string, unknown>> | undefined;
  /** Reads an operation; throws EngineRefusal. */
  readonly prepare: (request: {
    readonly query: string;
    readonly operationName?: string | null | undefined;
    readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  }) => PreparedOperation;
  /** What an operation is estimated to cost, by `@cost` and `@listSize` and the values of its variables. */
  readonly costOf: (prepared: PreparedOperation) => number;
  /**
   * Leaves that the standard's directives close to these rights, with `UNAUTHENTICATED` where nobody is known to ask and
   * `NOT_PERMITTED` otherwise. In `reject` mode one of them throws EngineRefusal.
   */
  readonly protect: (prepared: PreparedOperation, rights: Rights) => ReadonlyMap<number, RefusedLeaf>;
  /**
   * Plans what is not refused: at once where the plan is known, else in a process of its own. Throws or rejects with
   * EngineRefusal where no plan exists, or none by `deadlineAt` (milliseconds since the epoch; absent: no deadline).
   */
  readonly plan: (
    prepared: PreparedOperation,
    refused: ReadonlyMap<number, RefusedLeaf>,
    deadlineAt?: number,
  ) => CompiledOperation | Promise<CompiledOperation>;
  /** Runs a plan; never rejects for what a source does. */
  readonly execute: (compiled: CompiledOperation, options: ExecuteOptions) => Promise<Payload>;
  /** Lets go of the process that plans, which ends with the last engine. What is under way ends as it would have. */
  readonly close: () => void;
}
