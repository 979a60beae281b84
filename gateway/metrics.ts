import type { ErrorCode } from '@dinhdanh/kit';
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { DocumentStanding } from './documents/choose-document.ts';
import { Durations } from './durations.ts';
import type { EntryEvent } from './record/entry.ts';
import type { ReloadOutcome } from './serving.ts';
import type { BreakerState, UpstreamOutcome } from './upstream/upstream.ts';

/** How a request ended: with an answer (partial ones included) or refused as a whole with a code. */
export type RequestOutcome = 'OK' | ErrorCode;

/** Where the numbers come from that others keep; each is asked when the metrics are read. */
export interface MetricSources {
  readonly breakers: () => Readonly<Record<string, BreakerState>>;
  readonly requestsUnderWay: () => number;
  /** Counters of the engine by name, such as `documents_read` or `plans_made`: lower case, never falling. */
  readonly engine: () => Readonly<Record<string, number>>;
  /** Entries the access log has not taken yet and nobody waits for any more. */
  readonly unwrittenEntries: () => number;
  /** Spans by what became of them: never falling. */
  readonly traceSpans: () => Readonly<Record<string, number>>;
}

/**
 * The numbers of one gateway. Labels are codes and names of services, so their number is bounded and nothing in them can
 * be told of a person.
 */
export interface Metrics {
  readonly requestEnded: (outcome: RequestOutcome, durationMs: number) => void;
  /** A request refused before a plan was made or any source asked. */
  readonly refusedBeforePlanning: (code: ErrorCode) => void;
  /** What an operation was estimated to cost, whether or not it was refused for it. */
  readonly operationRead: (cost: number) => void;
  /** How the gateway knew the document of a request. */
  readonly documentAsked: (standing: DocumentStanding) => void;
  /** A supergraph on the disk that was taken up, or was not. */
  readonly supergraphRead: (outcome: ReloadOutcome) => void;
  /** A request that was handed on to sharing, or refused before it. */
  readonly passedOn: (outcome: RequestOutcome, durationMs: number) => void;
  /** A relying party's call refused, by the reason: a code. */
  readonly partyRefused: (reason: string) => void;
  readonly callEnded: (outcome: UpstreamOutcome) => void;
  /** How long a request waited at the gate, however that ended. */
  readonly appendWaited: (durationMs: number) => void;
  /** An entry handed to the access log. */
  readonly entryWritten: (event: EntryEvent) => void;
  /** A request refused because the access log could not take its entries. */
  readonly refusedForLog: () => void;
  /** Entries given up. */
  readonly entriesLost: (count: number) => void;
  /** All of it in the text format of Prometheus. */
  readonly print: () => Promise<string>;
  readonly contentType: string;
}

const breakerStates: readonly BreakerState[] = ['closed', 'half_open', 'open'];
const BUCKETS_COST = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000];
const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

/** Opens the metrics of one gateway, those of the Node process (event-loop lag, memory, garbage collection) among them. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Durations({
    name: 'dinhdanh_request_duration_seconds',
    help: 'Time from a GraphQL request to the end of its answer, by outcome.',
    labelNames: ['outcome'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const calls = new Durations({
    name: 'dinhdanh_source_call_duration_seconds',
    help: 'Time of a call to a service, by service and outcome.',
    labelNames: ['service', 'outcome'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const refused = new Counter({
    name: 'dinhdanh_requests_refused_before_planning_total',
    help: 'Requests refused before a plan was made or any source asked, by code.',
    labelNames: ['code'],
    registers,
  });
  const cost = new Durations({
    name: 'dinhdanh_operation_cost',
    help: 'What operations were estimated to cost, in weights of the schema.',
    labelNames: [],
    buckets: BUCKETS_COST,
    registers,
  });
  observe(sources, registers);
  return {
    operationRead: (estimate) => cost.observe(estimate),
    ...countEntries(registers),
    ...countSharing(registers),
    ...countDocuments(registers),
    requestEnded: (outcome, durationMs) => requests.observe(durationMs / 1000, outcome),
    refusedBeforePlanning: (code) => refused.inc({ code }),
    callEnded: ({ service, outcome, durationMs }) => calls.observe(durationMs / 1000, service, outcome),
    print: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Registers the numbers of documents and of changes of the supergraph. */
function countDocuments(registers: Registry[]): Pick<Metrics, 'documentAsked' | 'supergraphRead'> {
  const documents = new Counter({
    name: 'dinhdanh_documents_total',
    help: 'GraphQL requests by how their document was known: trusted, automatic, or a text that is neither.',
    labelNames: ['standing'],
    registers,
  });
  const reloads = new Counter({
    name: 'dinhdanh_supergraph_reload_total',
    help: 'Changed supergraphs that were taken up (swapped) or could not be served (refused).',
    labelNames: ['outcome'],
    registers,
  });
  return {
    documentAsked: (standing) => documents.inc({ standing }),
    supergraphRead: (outcome) => reloads.inc({ outcome }),
  };
}

/** Registers the numbers of what relying parties ask. */
function countSharing(registers: Registry[]): Pick<Metrics, 'passedOn' | 'partyRefused'> {
  const passed = new Durations({
    name: 'dinhdanh_sharing_request_duration_seconds',
    help: 'Time from a request for the authorization server or the page of the picture to its answer, by outcome.',
    labelNames: ['outcome'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const refused = new Counter({
    name: 'dinhdanh_relying_party_refused_total',
    help: 'Calls of relying parties that were refused, by reason: a code of ours, or an OAuth error in capitals.',
    labelNames: ['reason'],
    registers,
  });
  return {
    passedOn: (outcome, durationMs) => passed.observe(durationMs / 1000, outcome),
    partyRefused: (reason) => refused.inc({ reason }),
  };
}

/** Registers the numbers of the gate. */
function countEntries(
  registers: Registry[],
): Pick<Metrics, 'appendWaited' | 'entryWritten' | 'refusedForLog' | 'entriesLost'> {
  const waited = new Durations({
    name: 'dinhdanh_access_log_wait_seconds',
    help: 'Time a request waited for its entries to be on disk.',
    labelNames: [],
    buckets: [0.0005, 0.001, ...BUCKETS_SECONDS],
    registers,
  });
  const entries = new Counter({
    name: 'dinhdanh_access_log_entries_total',
    help: 'Entries handed to the access log, by event.',
    labelNames: ['event'],
    registers,
  });
  const refused = new Counter({
    name: 'dinhdanh_requests_refused_for_access_log_total',
    help: 'Requests refused because the access log could not take their entries.',
    registers,
  });
  const lost = new Counter({
    name: 'dinhdanh_access_log_lost_entries_total',
    help: 'Entries given up because the access log was away for too long.',
    registers,
  });
  return {
    appendWaited: (durationMs) => waited.observe(durationMs / 1000),
    entryWritten: (event) => entries.inc({ event }),
    refusedForLog: () => refused.inc(),
    entriesLost: (count) => lost.inc(count),
  };
}

/** Registers what is asked of others at the time of reading. */
function observe(sources: MetricSources, registers: Registry[]): void {
  const breaker = new Gauge({
    name: 'dinhdanh_source_breaker_state',
    help: 'State of the breaker of a service: 1 for the one it is in.',
    labelNames: ['service', 'state'],
    registers,
    collect: () => {
      for (const [service, current] of Object.entries(sources.breakers())) {
        for (const state of breakerStates) breaker.set({ service, state }, state === current ? 1 : 0);
      }
    },
  });
  const underWay = new Gauge({
    name: 'dinhdanh_requests_under_way',
    help: 'GraphQL requests under way.',
    registers,
    collect: (): void => {
      underWay.set(sources.requestsUnderWay());
    },
  });
  const unwritten = new Gauge({
    name: 'dinhdanh_access_log_unwritten_entries',
    help: 'Entries that the access log has not taken yet, kept until it does.',
    registers,
    collect: (): void => {
      unwritten.set(sources.unwrittenEntries());
    },
  });
  const engine = new Counter({
    name: 'dinhdanh_engine_total',
    help: 'What the engine counts: documents read, plans made, answers found in its caches.',
    labelNames: ['what'],
    registers,
    collect: () => {
      engine.reset();
      for (const [what, count] of Object.entries(sources.engine())) engine.inc({ what }, count);
    },
  });
  const spans = new Counter({
    name: 'dinhdanh_trace_spans_total',
    help: 'Spans of traces by what became of them: exported, dropped for want of room, failed at the collector.',
    labelNames: ['what'],
    registers,
    collect: () => {
      spans.reset();
      for (const [what, count] of Object.entries(sources.traceSpans())) spans.inc({ what }, count);
    },
  });
}
