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
  /** Calls under way; closing waits for the last. */
  #underWay = 0;
  #onQuiet: (() => void) | undefined;
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

  /** Makes a call and tells `done` what came of it, once. */
  call(call: UpstreamCall, remainingMs: number, done: (answer: UpstreamAnswer) => void): void {
    const refused = this.#refuse(call, remainingMs);
    if (refused !== undefined) return done(refusal(refused));
    const isSpare = remainingMs < this.#limits.fairTimeMs;
    this.#underWay += 1;
    const end = (answer: UpstreamAnswer): void => {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#onQuiet?.();
      done(answer);
    };
    if (this.#breaker.isClosed) {
      this.#exchange(call, remainingMs, false, (answer) => {
        const judging = this.#breaker.tell(answer, isSpare);
        if (judging === undefined) end(answer);
        else void judging.then(() => end(answer));
      });
      return;
    }
    const attempt = (isTrial: boolean): Promise<UpstreamAnswer> =>
      new Promise((resolve) => this.#exchange(call, remainingMs, isTrial, resolve));
    void this.#breaker.guard(attempt, isSpare).then(end);
  }

  #refuse(call: UpstreamCall, remainingMs: number): RefusalReason | undefined {
    if (this.#closed) return 'closed';
    if (call.signal?.aborted === true) return 'aborted';
    if (!(remainingMs > 0)) return 'timeout';
    return this.#underWay >= this.#limits.inFlight ? 'busy' : undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#underWay > 0) await new Promise<void>((resolve) => (this.#onQuiet = resolve));
    await this.#connections.destroy();
  }

  #exchange(
    call: UpstreamCall,
    remainingMs: number,
    isTrial: boolean,
    done: (answer: UpstreamAnswer) => void,
  ): void {
    const path = call.path ?? GRAPHQL_PATH;
    const wire = {
      connections: this.#connections,
      path: this.#prefix + path,
      body: call.body,
      sign: call.sign,
      headers: call.headers,
      remainingMs,
      idempotent: call.idempotent,
      // A trial is seen through to its end: it decides for all others.
      signal: isTrial ? undefined : call.signal,
      maxAnswerBytes: this.#limits.maxAnswerBytes,
      graphql: path === GRAPHQL_PATH,
      takeBytes: call.takeBytes,
    };
    exchange(wire, done);
  }
}
