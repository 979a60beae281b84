import { systemClock } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import { refusal } from './answer.ts';
import type { RefusalReason, UpstreamAnswer } from './answer.ts';
import type { BreakerState } from './breaker.ts';
import type { ReportEvent, UpstreamCall } from './call.ts';
import { openCallPool } from './connections.ts';
import type { OpenPool } from './connections.ts';
import { defaultUpstreamLimits } from './limits.ts';
import type { UpstreamLimits } from './limits.ts';
import { Source } from './source.ts';

export type { RefusalReason, UpstreamAnswer, UpstreamRefusal, UpstreamSuccess } from './answer.ts';
export type { BreakerState } from './breaker.ts';
export type { ReportEvent, UpstreamCall } from './call.ts';
export type { UpstreamLimits } from './limits.ts';

/** How a call ended, for metrics. */
export interface UpstreamOutcome {
  readonly service: string;
  readonly outcome: 'ok' | RefusalReason;
  readonly durationMs: number;
}

/** What the upstream client is made with. */
export interface UpstreamOptions {
  /** Name → `http://host:port`, with or without `/graphql`, with or without a prefix before it. */
  readonly services: Readonly<Record<string, string>>;
  readonly limits?: Partial<UpstreamLimits>;
  readonly clock?: Clock;
  readonly onEvent: ReportEvent;
  readonly onCall?: (outcome: UpstreamOutcome) => void;
  /** For tests: other pools. */
  readonly openPool?: OpenPool;
}

/** The gateway's only way to services. */
export interface Upstream {
  /** Makes a call. Settles by the deadline, and never rejects. */
  readonly post: (service: string, call: UpstreamCall) => Promise<UpstreamAnswer>;
  /** The breaker of one service; none where no such service was given. */
  readonly stateOf: (service: string) => BreakerState | undefined;
  /** The breaker of each service. */
  readonly states: () => Readonly<Record<string, BreakerState>>;
  /** Takes no more calls, waits for those under way (each ends by its own deadline) and drops all connections. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the upstream client. Against each service it holds deadlines, sizes, a number of connections and of calls, and a
 * breaker of its own, so that one that is dead, slow or lying takes nothing from the others.
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  const limits = { ...defaultUpstreamLimits, ...options.limits };
  const clock = options.clock ?? systemClock;
  const sources = new Map(
    Object.entries(options.services).map(([name, url]) => [
      name,
      new Source(name, url, limits, options.openPool ?? openCallPool, options.onEvent),
    ]),
  );
  return {
    post: (service, call) =>
      new Promise((resolve) => {
        const startedAt = performance.now();
        const source = sources.get(service);
        const remainingMs = Math.min(call.deadlineAt - clock().getTime(), limits.longestCallMs);
        const done = (answer: UpstreamAnswer): void => {
          const durationMs = performance.now() - startedAt;
          options.onCall?.({ service, outcome: answer.ok ? 'ok' : answer.reason, durationMs });
          report(options.onEvent, service, call, answer, durationMs);
          resolve(answer);
        };
        if (source === undefined) done(refusal('unconfigured'));
        else source.call(call, remainingMs, done);
      }),
    stateOf: (service) => sources.get(service)?.state,
    states: () => Object.fromEntries([...sources].map(([name, { state }]) => [name, state])),
    close: async () => {
      await Promise.all([...sources.values()].map((source) => source.close()));
    },
  };
}

/** Refusals of our own making say nothing new about a service and would flood the log while it is down. */
const silentReasons: ReadonlySet<RefusalReason> = new Set(['breaker_open', 'busy', 'aborted', 'closed']);

function report(
  onEvent: ReportEvent,
  service: string,
  call: UpstreamCall,
  answer: UpstreamAnswer,
  durationMs: number,
): void {
  if (answer.ok || silentReasons.has(answer.reason)) return;
  onEvent(answer.code === 'SOURCE_INVALID' ? 'GATEWAY_SOURCE_INVALID' : 'GATEWAY_SOURCE_FAILED', {
    service,
    code: answer.sourceCode ?? answer.code,
    reason: answer.reason,
    durationMs: Math.round(durationMs),
    ...(call.requestId === undefined ? {} : { requestId: call.requestId }),
    ...(answer.status === undefined ? {} : { status: answer.status }),
    ...(answer.errorName === undefined ? {} : { errorName: answer.errorName }),
  });
}
