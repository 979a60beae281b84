import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that somebody accepted: from here on its entry may never be missing. */
export interface Release {
  readonly requestId: string;
  readonly origin: string;
  readonly index: number;
  /** Base 64. */
  readonly leafHash: string;
}

/** What one try of a caller came to. */
export type Outcome =
  | { readonly kind: 'released'; readonly releases: readonly Release[] }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly retry: unknown }
  /** The connection broke, or nothing came in time: whether it was written down, nobody knows. */
  | { readonly kind: 'broken' }
  /** Something that must never be. */
  | { readonly kind: 'wrong'; readonly what: string };

/** Tries once; a caller whose try came to nothing tries the same again. */
export type Caller = () => Promise<Outcome>;

/** A refusal, and when it came on the monotonic clock. */
export interface Refusal {
  readonly atMs: number;
  readonly status: number;
  readonly code: string;
  /** What the refusal says about when to come again. */
  readonly retry: unknown;
}

const PAUSE_MS = 25;

/** So many callers that release as fast as they are let, each its next answer when the last is acknowledged. */
export class Load {
  readonly releases: Release[] = [];
  /** Of acknowledged calls, from their first try on. */
  readonly latenciesMs: number[] = [];
  readonly refusals: Refusal[] = [];
  readonly wrong: string[] = [];
  broken = 0;
  readonly #callers: readonly Caller[];
  #awaited: { readonly sinceMs: number; readonly resolve: (atMs: number) => void }[] = [];
  #running: Promise<unknown> | null = null;
  #stopped = false;

  constructor(callers: readonly Caller[]) {
    this.#callers = callers;
  }

  start(): this {
    this.#running = Promise.all(this.#callers.map((caller) => this.#call(caller)));
    return this;
  }

  /** Ends it: each caller's last try is waited for, and not repeated. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** The instant of the first acknowledgement of a try that began at this instant or later. */
  firstReleaseAfter(sinceMs: number): Promise<number> {
    return new Promise((resolve) => this.#awaited.push({ sinceMs, resolve }));
  }

  /** Waits until so many releases are acknowledged. */
  async reach(releases: number): Promise<void> {
    while (this.releases.length < releases && !this.#stopped) await sleep(20);
  }

  async #call(caller: Caller): Promise<void> {
    let askedAtMs = performance.now();
    while (!this.#stopped) {
      const triedAtMs = performance.now();
      const outcome = await caller();
      const atMs = performance.now();
      if (outcome.kind === 'released') {
        this.releases.push(...outcome.releases);
        this.latenciesMs.push(atMs - askedAtMs);
        this.#tell(triedAtMs, atMs);
        askedAtMs = performance.now();
        continue;
      }
      if (outcome.kind === 'broken') this.broken += 1;
      else if (outcome.kind === 'wrong') this.wrong.push(outcome.what);
      else this.refusals.push({ atMs, status: outcome.status, code: outcome.code, retry: outcome.retry });
      await sleep(PAUSE_MS);
    }
  }

  #tell(triedAtMs: number, atMs: number): void {
    if (this.#awaited.length === 0) return;
    const told = this.#awaited.filter(({ sinceMs }) => triedAtMs >= sinceMs);
    this.#awaited = this.#awaited.filter(({ sinceMs }) => triedAtMs < sinceMs);
    for (const { resolve } of told) resolve(atMs);
  }
}
