import { bodyOf, gatherGroup, type GroupRequest, leavesOf } from './build-request.ts';
import { type DataObject, FieldFailure } from './field-failure.ts';
import { collectTargets, markObject } from './merge-answer.ts';
import type { Supergraph } from './read-supergraph.ts';
import { runLocal } from './run-local.ts';
import type { Attest, FetchSource, LocalSource, Released, SourceAnswer } from './source.ts';
import type { Step } from './step.ts';
import { takeAnswer } from './take-answer.ts';

/** What one execution is given. */
export interface RunOptions {
  readonly supergraph: Supergraph;
  readonly steps: readonly Step[];
  readonly rootType: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly fetch: FetchSource;
  readonly local: Readonly<Record<string, LocalSource>>;
  readonly attest: Attest | undefined;
  readonly knownCodes: ReadonlySet<string>;
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
}

/** The data tree when every request is answered, failed or given up. */
export interface RunResult {
  readonly root: DataObject;
  readonly released: readonly Released[];
  /** Failed sources with the first code each failed with. */
  readonly sourcesFailed: ReadonlyMap<string, string>;
}

/** Runs the requests of a plan, each as soon as those it needs are done, and never past the deadline. */
export function runSteps(options: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => new Run(options, resolve).begin());
}

class Run {
  readonly #options: RunOptions;
  readonly #resolve: (result: RunResult) => void;
  readonly #root: DataObject;
  readonly #controller = new AbortController();
  readonly #released: Released[] = [];
  readonly #failed = new Map<number, string>();
  /** Requests that still wait for others: how many of those are open. */
  readonly #open: number[];
  readonly #asked = new Set<number>();
  readonly #settled = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RunOptions, resolve: (result: RunResult) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#root = { __typename: options.rootType };
    this.#open = options.steps.map((step) => step.needs.length);
  }

  begin(): void {
    const { steps, signal, deadlineAt } = this.#options;
    if (steps.length === 0) return this.#close();
    if (signal?.aborted) return this.#giveUp();
    signal?.addEventListener('abort', this.#giveUp, { once: true });
    this.#timer = setTimeout(this.#giveUp, Math.max(0, deadlineAt - Date.now()));
    for (const step of steps) if (step.needs.length === 0) this.#start(step);
  }

  #start(step: Step): void {
    if (this.#closed) return;
    const { variables } = this.#options;
    const wanted = step.conditions.every((each) => (variables[each.variable] === true) === each.wanted);
    const groups = wanted ? step.groups.map((group) => gatherGroup(group, this.#root)) : [];
    for (const { keyless } of groups) {
      const failure = new FieldFailure('SOURCE_UNAVAILABLE', step.service);
      for (const { target, kind } of keyless) markObject(target, kind.asked, failure);
    }
    // Nothing to ask: no object of the kinds this request is for.
    if (!wanted || (!step.root && groups.every((group) => group.entities.length === 0)))
      return this.#done(step);
    this.#asked.add(step.index);
    this.#ask(step, groups).then(
      (answer) => this.#take(step, groups, answer),
      () => this.#take(step, groups, { ok: false, code: 'SOURCE_UNAVAILABLE', reason: 'rejected' }),
    );
  }

  async #ask(step: Step, groups: readonly GroupRequest[]): Promise<SourceAnswer> {
    const { fetch, local, variables, deadlineAt, supergraph } = this.#options;
    const source = Object.hasOwn(local, step.service) ? local[step.service] : undefined;
    if (source && step.root) return runLocal(supergraph, source, step.root, variables);
    return fetch({
      service: step.service,
      step: step.index,
      kind: step.kind,
      body: bodyOf(step, groups, variables),
      leaves: leavesOf(step, groups),
      entityKeys: groups.flatMap((group) => group.entities.map((entity) => entity.representation)),
      signal: this.#controller.signal,
      deadlineAt,
    });
  }

  #take(step: Step, groups: readonly GroupRequest[], answer: SourceAnswer): void {
    if (this.#closed) return;
    const taken = this.#check(step, groups, answer);
    if ('code' in taken) this.#failed.set(step.index, taken.code);
    else this.#released.push(...taken);
    this.#done(step);
  }

  /** Whatever an answer makes the check stumble over is the answer's fault. */
  #check(step: Step, groups: readonly GroupRequest[], answer: SourceAnswer): ReturnType<typeof takeAnswer> {
    const { attest, knownCodes } = this.#options;
    try {
      return takeAnswer({ step, groups, root: this.#root, attest, knownCodes }, answer);
    } catch {
      return { code: 'SOURCE_INVALID' };
    }
  }

  #done(step: Step): void {
    this.#settled.add(step.index);
    if (this.#settled.size === this.#options.steps.length) return this.#close();
    for (const other of this.#options.steps) {
      if (!other.needs.includes(step.index)) continue;
      const open = (this.#open[other.index] ?? 0) - 1;
      this.#open[other.index] = open;
      if (open === 0) this.#start(other);
    }
  }

  /** Late or no longer wanted: whatever is not answered by now counts as unavailable. */
  readonly #giveUp = (): void => {
    if (this.#closed) return;
    for (const step of this.#options.steps) {
      if (!this.#settled.has(step.index)) this.#failed.set(step.index, 'SOURCE_UNAVAILABLE');
    }
    this.#close();
    this.#controller.abort();
  };

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#giveUp);
    const sourcesFailed = new Map<string, string>();
    for (const [index, code] of this.#failed) {
      const step = this.#options.steps[index] as Step;
      this.#markFailed(step, new FieldFailure(code, step.service));
      // A source that was never asked, because what it needed came too late, did not fail itself.
      if (this.#asked.has(index) && !sourcesFailed.has(step.service)) sourcesFailed.set(step.service, code);
    }
    this.#resolve({ root: this.#root, released: this.#released, sourcesFailed });
  }

  #markFailed(step: Step, failure: FieldFailure): void {
    if (step.root) {
      for (const target of collectTargets(this.#root, step.root.path))
        markObject(target, step.root.asked, failure);
    }
    for (const group of step.groups) {
      for (const path of group.paths) {
        for (const target of collectTargets(this.#root, path)) {
          const typeName = target['__typename'];
          const kind = typeof typeName === 'string' ? group.kinds.get(typeName) : undefined;
          if (kind) markObject(target, kind.asked, failure);
        }
      }
    }
  }
}
