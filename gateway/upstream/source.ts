import { refusal } from './answer.ts';
import type { RefusalReason, UpstreamAnswer } from './answer.ts';
import { Breaker } from './breaker.ts';
import type { BreakerState } from './breaker.ts';
import type { ReportEvent, UpstreamCall } from './call.ts';
import { Connections } from './connections.ts';
import type { OpenPool } from './connections.ts';
import { exchange } from './exchange.ts';
import type { UpstreamLimits } from './limits.ts';

const GRAPHQL_PATH = '/graphql';

/** One service: its connections, its breaker and the count of calls under way. */
export class Source {
  readonly #prefix: string;
  readonly #limits: UpstreamLimits;
  readonly #connections: Connections;
  readonly #breaker: Breaker;
  /** Calls under way, kept so that closing can wait for them. */
  readonly #underWay = new Set<Promise<UpstreamAnswer>>();
  #closed = false;

  constructor(name: string, url: string, limits: UpstreamLimits, open: OpenPool, onEvent: ReportEvent) {
    const { origin, pathname } = new URL(url);
    this.#prefix = pathname.replace(/\/$/, '').replace(/\/graphql$/, '');
    this.#limits = limits;
    this.#connections = new Connections(origin, limits, open);
    this.#breaker = new Breaker(limits, (state) => {
      if (state === 'half_open') return;
      // Connections from before may lead to a peer that no longer knows them, each worth one more deadline.
      if (state === 'open') this.#connections.renew(this.#connections.pool);
      onEvent(state === 'open' ? 'GATEWAY_BREAKER_OPENED' : 'GATEWAY_BREAKER_CLOSED', { service: name });
    });
  }

  get state(): BreakerState {
    return this.#breaker.state;
  }

  call(call: UpstreamCall, remainingMs: number): Promise<UpstreamAnswer> {
    const refused = this.#refuse(call, remainingMs);
    if (refused !== undefined) return Promise.resolve(refusal(refused));
    const answer = this.#breaker.guard(
      (trial) => this.#exchange(call, remainingMs, trial),
      remainingMs < this.#limits.fairTimeMs,
    );
    this.#underWay.add(answer);
    const forget = (): void => void this.#underWay.delete(answer);
    answer.then(forget, forget);
    return answer;
  }

  #refuse(call: UpstreamCall, remainingMs: number): RefusalReason | undefined {
    if (this.#closed) return 'closed';
    if (call.signal?.aborted === true) return 'aborted';
    if (!(remainingMs > 0)) return 'timeout';
    return this.#underWay.size >= this.#limits.inFlight ? 'busy' : undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#underWay);
    await this.#connections.destroy();
  }

  #exchange(call: UpstreamCall, remainingMs: number, trial: boolean): Promise<UpstreamAnswer> {
    const path = call.path ?? GRAPHQL_PATH;
    return exchange({
      connections: this.#connections,
      path: this.#prefix + path,
      body: call.body,
      headers: call.headers,
      remainingMs,
      idempotent: call.idempotent,
      // A trial is seen through to its end: it decides for all others.
      signal: trial ? undefined : call.signal,
      maxAnswerBytes: this.#limits.maxAnswerBytes,
      graphql: path === GRAPHQL_PATH,
    });
  }
}
