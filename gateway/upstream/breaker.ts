import {
  CircuitState,
  ConsecutiveBreaker,
  CountBreaker,
  DelegateBackoff,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import type { CircuitBreakerPolicy, IBreaker } from 'cockatiel';
import { refusal } from './answer.ts';
import type { UpstreamAnswer } from './answer.ts';
import type { UpstreamLimits } from './limits.ts';

/**
 * `closed` lets calls through and `open` none. `half_open` lets one through as a trial: it is due or under way. Only a
 * call can close a breaker, so whoever turns traffic away from an open one must let it come again at `half_open`.
 */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** What a call says of its service. */
type Verdict = 'for' | 'against' | 'nothing';

const stateNames: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
};

/** The breaker of one service: while the service fails, it is left alone but for a trial call now and then. */
export class Breaker {
  readonly #policy: CircuitBreakerPolicy;
  readonly #counts: EitherBreaker;
  /** While open: when a trial is due, in epoch milliseconds. */
  #trialAt = 0;

  constructor(limits: UpstreamLimits, onChange: (state: BreakerState) => void) {
    this.#counts = new EitherBreaker(limits);
    this.#policy = circuitBreaker(
      handleWhenResult((verdict) => verdict === 'against'),
      {
        breaker: this.#counts,
        halfOpenAfter: new DelegateBackoff(({ attempt }: { attempt: number }) => {
          const openMs = Math.min(limits.breakerOpenMs * 2 ** (attempt - 1), limits.breakerLongestOpenMs);
          this.#trialAt = Date.now() + openMs;
          return openMs;
        }),
      },
    );
    this.#policy.onStateChange((state) => onChange(stateNames[state]));
  }

  get state(): BreakerState {
    const state = stateNames[this.#policy.state];
    return state === 'open' && Date.now() >= this.#trialAt ? 'half_open' : state;
  }

  /** Whether the service may be asked by whoever likes; {@link tell} is then told what came of it. */
  get isClosed(): boolean {
    return this.#policy.state === CircuitState.Closed;
  }

  /**
   * Takes in what came of a call that was made while the breaker was closed: told afterwards, because a call whose asker
   * went away says nothing, which the policy has no word for. `spare` tells that the call had too little time for its
   * lateness to count. A promise only where the policy must be asked: for failures.
   */
  tell(answer: UpstreamAnswer, spare: boolean): undefined | Promise<unknown> {
    const verdict = judge(answer, spare);
    // A late answer must not speak for or against a service that has been judged meanwhile.
    if (verdict === 'nothing' || !this.isClosed) return undefined;
    if (verdict === 'against') return this.#policy.execute(() => verdict);
    // What the policy does for a success while closed, without its promises.
    this.#counts.success(CircuitState.Closed);
    return undefined;
  }

  /** Makes a call if the service may be asked, as a trial where it is not known to be well; `spare` as for {@link tell}. */
  async guard(call: (trial: boolean) => Promise<UpstreamAnswer>, spare: boolean): Promise<UpstreamAnswer> {
    if (this.isClosed) {
      const answer = await call(false);
      await this.tell(answer, spare);
      return answer;
    }
    let answer: UpstreamAnswer = refusal('breaker_open');
    // While half open the policy would make others wait for the trial; they are refused at once instead.
    if (this.#policy.state === CircuitState.HalfOpen) return answer;
    await this.#policy
      .execute(async () => {
        answer = await call(true);
        // A trial that says nothing has not shown that the service is back.
        return judge(answer, false) === 'for' ? 'for' : 'against';
      })
      // Thrown while the time for a trial has not come.
      .catch(() => undefined);
    return answer;
  }
}

/**
 * A service that answers is alive, even where it refuses us (4xx) or lies: a lie has a code and an alarm of its own, which
 * an open breaker would hide.
 */
function judge(answer: UpstreamAnswer, spare: boolean): Verdict {
  if (answer.ok || answer.code === 'SOURCE_INVALID') return 'for';
  switch (answer.reason) {
    case 'status':
      return (answer.status ?? 0) >= 500 ? 'against' : 'for';
    case 'timeout':
      return spare ? 'nothing' : 'against';
    case 'connect':
    case 'reset':
    case 'too_large':
    case 'failed':
      return 'against';
    default:
      return 'nothing';
  }
}

/** Opens on failures in a row (a dead service under few calls) or on their share (one that flaps). */
class EitherBreaker implements IBreaker {
  state: unknown;
  readonly #inARow: ConsecutiveBreaker;
  readonly #share: CountBreaker;

  constructor(limits: UpstreamLimits) {
    this.#inARow = new ConsecutiveBreaker(limits.breakerFailuresInARow);
    this.#share = new CountBreaker({
      threshold: limits.breakerFailureShare,
      size: limits.breakerWindow,
      minimumNumberOfCalls: limits.breakerMinimumCalls,
    });
  }

  success(state: CircuitState): void {
    this.#inARow.success();
    this.#share.success(state);
  }

  failure(state: CircuitState): boolean {
    const [inARow, share] = [this.#inARow.failure(), this.#share.failure(state)];
    return inARow || share;
  }
}
