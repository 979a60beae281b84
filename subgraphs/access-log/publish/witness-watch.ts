import type { Clock } from '@dinhdanh/kit';

/** The one question the writer asks: whether the log may grow, as far as its witnesses are concerned. */
export interface WitnessPolicy {
  /** False: refuse with `ACCESS_LOG_UNAVAILABLE`, reason `WITNESS_AWAY`. */
  mayAppend(): boolean;
}

/** How the log stands with its witnesses. */
export type WitnessStanding =
  /** None is configured. */
  | 'NONE'
  /** Nobody has been asked yet since the start. */
  | 'STARTING'
  | 'COSIGNED'
  /** The quorum is not met, or what is to be signed does not fit together; entries are still taken. */
  | 'AWAY'
  /** As before, for too long. */
  | 'STOPPED'
  /** A witness has seen another history. */
  | 'REFUSED';

/** What the watch is told once. */
export interface WitnessRules {
  readonly names: readonly string[];
  readonly quorum: number;
  readonly minutes: number;
  readonly refusalStops: boolean;
  readonly clock: Clock;
}

interface WitnessState {
  /** Since when it has not cosigned; null while it does. */
  awaySince: Date | null;
  refused: boolean;
}

/**
 * Keeps count of witnesses and of time. A log restored from an old copy must not grow before its witness has had a chance
 * to object: so nothing is taken before the first round of questions.
 */
export class WitnessWatch implements WitnessPolicy {
  readonly #rules: WitnessRules;
  readonly #states: ReadonlyMap<string, WitnessState>;
  #asked = false;
  /** Since when not everything was signed and cosigned; null while it is. */
  #unassuredSince: Date | null = null;
  #refusedBefore = false;

  constructor(rules: WitnessRules) {
    this.#rules = rules;
    this.#states = new Map(rules.names.map((name) => [name, { awaySince: null, refused: false }]));
  }

  /** What an earlier process knew: a restart neither prolongs the grace nor forgets a refusal. */
  resume(unassuredSince: Date | null, refused: boolean): void {
    this.#unassuredSince = unassuredSince;
    this.#refusedBefore = refused;
  }

  /** A witness has cosigned. Tells whether that is news. */
  cosigned(name: string): boolean {
    const state = this.#states.get(name);
    if (state === undefined) return false;
    const isNews = state.awaySince !== null || state.refused;
    state.awaySince = null;
    state.refused = false;
    return isNews;
  }

  /** A witness has not answered, or not with a cosignature. Returns since when, and whether that is news. */
  away(name: string): { readonly since: Date; readonly isNews: boolean } {
    const now = this.#rules.clock();
    const state = this.#states.get(name);
    if (state === undefined) return { since: now, isNews: false };
    const isNews = state.awaySince === null;
    state.awaySince ??= now;
    return { since: state.awaySince, isNews };
  }

  /** A witness has refused. Tells whether that is news. */
  refused(name: string): boolean {
    const state = this.#states.get(name);
    if (state === undefined) return false;
    const isNews = !state.refused;
    state.refused = true;
    state.awaySince ??= this.#rules.clock();
    return isNews;
  }

  /** A round is over. `isConsistent`: nothing the database holds was at odds with itself. */
  roundOver(isConsistent: boolean): void {
    this.#asked = true;
    const states = [...this.#states.values()];
    const present = states.filter(({ awaySince }) => awaySince === null).length;
    if (isConsistent && present >= this.#rules.quorum) {
      this.#unassuredSince = null;
      this.#refusedBefore = false;
    } else {
      this.#unassuredSince ??= this.#rules.clock();
    }
  }

  /** A round could not be gone through: nothing is known to be at odds, and nothing known to hold. */
  roundFailed(): void {
    this.#unassuredSince ??= this.#rules.clock();
  }

  /** True while this witness cosigns. */
  isPresent(name: string): boolean {
    return this.#asked && this.#states.get(name)?.awaySince === null;
  }

  /** True where the last answer of any was no cosignature. */
  get isAnyAway(): boolean {
    return [...this.#states.values()].some(({ awaySince }) => awaySince !== null);
  }

  standing(): WitnessStanding {
    const { refusalStops, minutes, clock } = this.#rules;
    const isRefused = this.#refusedBefore || [...this.#states.values()].some(({ refused }) => refused);
    if (isRefused && refusalStops) return 'REFUSED';
    if (this.#states.size > 0 && !this.#asked) return 'STARTING';
    const since = this.#unassuredSince;
    if (since === null) return this.#states.size === 0 ? 'NONE' : 'COSIGNED';
    return clock().getTime() - since.getTime() > minutes * 60_000 ? 'STOPPED' : 'AWAY';
  }

  mayAppend(): boolean {
    return ['NONE', 'COSIGNED', 'AWAY'].includes(this.standing());
  }
}
