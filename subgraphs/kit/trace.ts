import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanAttributes } from './trace-attributes.ts';

/** What a span is to what it belongs to (OpenTelemetry's span kinds, as far as we have them). */
export type SpanRole = 'server' | 'client' | 'internal';

/** One piece of work of a trace. It knows names of code and of tables, durations and codes: nothing of anybody's data. */
export interface Span {
  /** Whether anything is kept of it; where not, it and all below it cost nothing. */
  readonly isRecording: boolean;
  /** What is sent on to whoever goes on with the trace (W3C Trace Context, §3.2); null where there is nothing to go on with. */
  readonly traceparent: string | null;
  /** Begins a piece of it. */
  readonly begin: (name: string, attributes?: SpanAttributes, role?: SpanRole) => Span;
  readonly set: (attributes: SpanAttributes) => void;
  /** Ends it: with `OK`, or with the code of what went wrong. */
  readonly end: (outcome?: string) => void;
}

/** How spans fared on their way out of the process. */
export interface TraceCounts {
  readonly exported: number;
  /** Not kept, since too many waited. */
  readonly dropped: number;
  /** Given up, since the collector did not take them. */
  readonly failed: number;
}

/** Makes the spans of one service. */
export interface Tracer {
  /** Begins a trace, if this one is to be kept. What a client says about it is not asked. */
  readonly begin: (name: string, attributes?: SpanAttributes) => Span;
  /** Goes on with a trace that one of us has begun. Only for callers who have proved that they are: see {@link Span.traceparent}. */
  readonly follow: (traceparent: unknown, name: string, attributes?: SpanAttributes) => Span;
  readonly counts: () => TraceCounts;
}

/** All tracers of a process, and the way out that they share. */
export interface Tracing {
  readonly of: (service: string) => Tracer;
  /** Sends what is left, for two seconds at most, and ends. */
  readonly close: () => Promise<void>;
}

/** The span of what is not traced. */
export const noSpan: Span = {
  isRecording: false,
  traceparent: null,
  begin: () => noSpan,
  set: () => undefined,
  end: () => undefined,
};

/** The tracer where nothing is. */
export const noTracer: Tracer = {
  begin: () => noSpan,
  follow: () => noSpan,
  counts: () => ({ exported: 0, dropped: 0, failed: 0 }),
};

/** Follows the work of one request through whatever it waits for; only where the request is traced. */
const under = new AsyncLocalStorage<Span>();

/** Does some work under a span: {@link currentSpan} tells it there. */
export function within<Result>(span: Span, work: () => Result): Result {
  return span.isRecording ? under.run(span, work) : work();
}

/** The span that the present work is done under. */
export function currentSpan(): Span {
  return under.getStore() ?? noSpan;
}

/** The headers that carry a trace on. */
export function traceHeaders({ traceparent }: Span): Readonly<Record<string, string>> {
  return traceparent === null ? NO_HEADERS : { [TRACE_HEADER]: traceparent };
}

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** The header a trace travels in between us (W3C Trace Context, §3.2). */
export const TRACE_HEADER = 'traceparent';
