/** So many requests in so many seconds. */
export interface RateRule {
  readonly requests: number;
  readonly perSeconds: number;
}

/** Counts requests by key. */
export interface RateCounter {
  /**
   * Counts one request. Gives 0 when it may pass, otherwise the milliseconds until the next one may. A counter that keeps
   * its count elsewhere promises that, answers from its own memory while that place is away, and never rejects.
   */
  readonly take: (key: string) => number | Promise<number>;
  /** Milliseconds until one may pass, without counting any; 0 for now. */
  readonly look: (key: string) => number | Promise<number>;
}

/** Opens the counter of one rule: in this process, or, where several gateways share one count, in a store of theirs. */
export type OpenRateCounter = (name: string, rule: RateRule) => RateCounter;
