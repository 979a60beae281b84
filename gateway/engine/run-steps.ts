import { deadlines } from '@dinhdanh/kit';
import type { Deadline } from '@dinhdanh/kit';
import { Abandonment } from './abandonment.ts';
import { bodyOf, gatherGroup, type GroupRequest, keysOf, leavesOf } from './build-request.ts';
import { ByteRun, type Reading } from './bytes/byte-run.ts';
import { type DataObject, FieldFailure } from './field-failure.ts';
import { markFailed } from './mark-failed.ts';
import { markObject } from './merge-answer.ts';
import { runLocal } from './run-local.ts';
import type { RunOptions, RunResult } from './run.ts';
import type { Released, SourceAnswer, SourceRequest } from './source.ts';
import type { NeededPath, Step } from './step.ts';
import { takeAnswer } from './take-answer.ts';

/** Runs the requests of a plan, each as soon as those it needs are done, and never past the deadline. */
export function runSteps(options: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => new Run(options, resolve).begin());
}

/** How long a request that could ask for a part waits for the rest, in milliseconds. */
const patienceMs = 100;

/** What came of a request whose promise was broken. */
const rejection: SourceAnswer = { ok: false, code: 'SOURCE_UNAVAILABLE', reason: 'rejected' };

/** Where one request of the plan stands. */
interface Progress {
  /** Requests it still waits for. */
  open: number;
  /** Paths already asked for; none unless it is sent in parts. */
  asked: Set<NeededPath> | null;
  inFlight: number;
  isLastSent: boolean;
  isDone: boolean;
}

class Run {
  readonly #options: RunOptions;
  readonly #resolve: (result: RunResult) => void;
  readonly #root: DataObject;
  readonly #abandonment = new Abandonment();
  readonly #released: Released[] = [];
  readonly #failures: {
    readonly step: Step;
    readonly failure: FieldFailure;
    readonly isOwn: boolean;
  }[] = [];
  readonly #progress: readonly Progress[];
  #deadline: Deadline | undefined;
  #patience: NodeJS.Timeout | undefined;
  #left: number;
  #numbered: number;
  #isPatient = true;
  #isPlain = true;
  #isClosed = false;
  /** Null once the tree holds values. */
  #bytes: ByteRun | null;
  /** How long the answers were that were parsed. */
  #parsedBytes = 0;

  constructor(options: RunOptions, resolve: (result: RunResult) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#root = { __typename: options.rootType };
    this.#bytes = options.bytes && new ByteRun(options.bytes, options.byteRuns);
    this.#progress = options.steps.map((step) => ({
      open: step.needs.length,
      asked: null,
      inFlight: 0,
      isLastSent: false,
      isDone: false,
    }));
    this.#left = options.steps.length;
    this.#numbered = options.steps.length;
  }

  begin(): void {
    const { steps, signal, deadlineAt } = this.#options;
    const remainingMs = deadlineAt - Date.now();
    if (steps.length === 0) return this.#close();
    if (signal?.aborted || remainingMs <= 0) return this.#giveUp();
    signal?.addEventListener('abort', this.#giveUp, { once: true });
    this.#deadline = deadlines.set(remainingMs, this.#giveUp);
    if (steps.some((step) => step.isDivisible)) {
      this.#patience = setTimeout(this.#loosePatience, Math.min(patienceMs, remainingMs / 4));
    }
    for (const step of steps) if (step.needs.length === 0) this.#askRest(step);
  }

  /** Everything needed is there: asks for whatever was not asked for yet. */
  #askRest(step: Step): void {
    const progress = this.#progressOf(step);
    const { asked } = progress;
    progress.isLastSent = true;
    this.#launch(step, asked === null ? null : (path) => !asked.has(path), step.index);
    this.#settle(step);
  }

  /** A source is slow: asks for what needs nothing of it. The rest follows as a request of its own. */
  #askReady(step: Step): void {
    const asked = (this.#progressOf(step).asked ??= new Set());
    const ready = new Set(
      step.groups
        .flatMap(({ paths }) => paths)
        .filter((path) => !asked.has(path) && path.needs.every((index) => this.#progress[index]?.isDone)),
    );
    if (ready.size === 0) return;
    if (this.#launch(step, (path) => ready.has(path), this.#numbered))
      for (const path of ready) asked.add(path);
    this.#numbered += 1;
  }

  /** Sends what stands on the paths chosen, on all where none are; false where the request is not wanted. */
  #launch(step: Step, isAsked: ((path: NeededPath) => boolean) | null, number: number): boolean {
    const { variables, attest } = this.#options;
    if (this.#isClosed) return false;
    for (const { variable, wanted } of step.conditions) {
      if ((variables[variable] === true) !== wanted) return false;
    }
    const groups = this.#gather(step, isAsked);
    // Nothing to ask: no object of the kinds this request is for.
    if (!step.root && groups.every((group) => group.entities.length === 0)) return true;
    this.#progressOf(step).inFlight += 1;
    const reading = this.#bytes?.open(groups, { step, number, attest }) ?? null;
    const take = (answer: SourceAnswer): void => this.#take(step, groups, number, answer, reading);
    const rejected = (): void => take(rejection);
    try {
      this.#ask(step, groups, number, reading?.takeBytes ?? this.#measure).then(take, rejected);
    } catch {
      // Later, as for a promise: what is launched together is launched before anything of it is taken.
      queueMicrotask(rejected);
    }
    return true;
  }

  #gather(step: Step, isAsked: ((path: NeededPath) => boolean) | null): readonly GroupRequest[] {
    const code = this.#options.code?.[step.index] ?? null;
    const groups: GroupRequest[] = [];
    for (const group of step.groups) {
      const paths = isAsked === null ? group.paths : group.paths.filter(isAsked);
      const at = groups.length;
      const gathered = code && this.#bytes?.gather(step, at, paths, this.#root, code);
      if (!gathered) this.#leaveBytes();
      groups.push(gathered ?? gatherGroup(group, paths, this.#root, code?.groups[at] ?? null));
    }
    for (const { lost } of groups) {
      for (const { target, kind, failure } of lost) markObject(target, kind.asked, failure);
    }
    return groups;
  }

  /** Gives the very promise of whoever is asked: one of our own around it would wait three turns more. May throw. */
  #ask(
    step: Step,
    groups: readonly GroupRequest[],
    number: number,
    takeBytes: SourceRequest['takeBytes'],
  ): Promise<SourceAnswer> {
    const { fetch, local, variables, deadlineAt, supergraph } = this.#options;
    const source = Object.hasOwn(local, step.service) ? local[step.service] : undefined;
    if (source && step.root) return runLocal(supergraph, source, step.root, variables, takeBytes);
    return fetch({
      service: step.service,
      step: number,
      kind: step.kind,
      body: bodyOf(step, groups, variables),
      leaves: leavesOf(step, groups),
      entityKeys: keysOf(groups),
      signal: this.#abandonment,
      deadlineAt,
      takeBytes,
    });
  }

  /** What is parsed is measured: long answers are read as bytes the next time. */
  readonly #measure = (body: Uint8Array): boolean => {
    this.#parsedBytes += body.length;
    return false;
  };

  #take(
    step: Step,
    groups: readonly GroupRequest[],
    number: number,
    answer: SourceAnswer,
    reading: Reading | null,
  ): void {
    if (this.#isClosed) return;
    const isTaken = answer.ok && answer.isTaken === true;
    if (!isTaken) this.#leaveBytes();
    const isRead = isTaken && this.#bytes !== null;
    const data = isRead ? reading?.data : reading?.values();
    if (answer.ok && answer.isPlain !== true) this.#isPlain = false;
    const taken = this.#check(step, groups, number, isTaken ? { ok: true, data } : answer, isRead);
    if (taken instanceof FieldFailure) this.#fail(step, taken);
    else for (const each of taken) this.#released.push(each);
    this.#progressOf(step).inFlight -= 1;
    this.#settle(step);
  }

  /** Marked at once for requests that need what failed, and again at the end for what only came by then. */
  #fail(step: Step, failure: FieldFailure): void {
    this.#leaveBytes();
    this.#failures.push({ step, failure, isOwn: true });
    markFailed(step, failure, this.#root);
  }

  /** Whatever an answer makes the check stumble over is the answer's fault. */
  #check(
    step: Step,
    groups: readonly GroupRequest[],
    number: number,
    answer: SourceAnswer,
    isRead: boolean,
  ): ReturnType<typeof takeAnswer> {
    const { attest, knownCodes, code: codes } = this.#options;
    const code = codes?.[step.index] ?? null;
    try {
      return takeAnswer({ step, number, groups, code, root: this.#root, attest, knownCodes, isRead }, answer);
    } catch {
      return new FieldFailure('SOURCE_INVALID', step.service);
    }
  }

  /** Starts what waited for a request once nothing of it is on its way any more. */
  #settle(step: Step): void {
    const progress = this.#progressOf(step);
    if (!progress.isLastSent || progress.inFlight > 0 || progress.isDone) return;
    progress.isDone = true;
    this.#left -= 1;
    if (this.#left === 0) return this.#close();
    for (const index of step.neededBy) {
      const other = this.#options.steps[index] as Step;
      const waiting = this.#progressOf(other);
      waiting.open -= 1;
      if (waiting.open === 0) this.#askRest(other);
      else if (!this.#isPatient && other.isDivisible) this.#askReady(other);
    }
  }

  readonly #loosePatience = (): void => {
    this.#isPatient = false;
    for (const step of this.#options.steps) {
      if (step.isDivisible && this.#progressOf(step).open > 0) this.#askReady(step);
    }
  };

  /** Late or no longer wanted: whatever is not answered by now counts as unavailable. */
  readonly #giveUp = (): void => {
    if (this.#isClosed) return;
    for (const step of this.#options.steps) {
      const { isDone, inFlight } = this.#progressOf(step);
      // A source that was never asked, because what it needed came too late, did not fail itself.
      if (isDone) continue;
      const failure = new FieldFailure('SOURCE_UNAVAILABLE', step.service);
      this.#failures.push({ step, failure, isOwn: inFlight > 0 });
    }
    this.#close();
    this.#abandonment.abort();
  };

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#deadline?.clear();
    if (this.#patience !== undefined) clearTimeout(this.#patience);
    this.#options.signal?.removeEventListener('abort', this.#giveUp);
    if (this.#failures.length > 0) this.#leaveBytes();
    const sourcesFailed = new Map<string, string>();
    for (const { step, failure, isOwn } of this.#failures) {
      markFailed(step, failure, this.#root);
      if (isOwn && !sourcesFailed.has(step.service)) sourcesFailed.set(step.service, failure.code);
    }
    this.#options.byteRuns.tellLength(this.#parsedBytes);
    this.#resolve({
      root: this.#root,
      released: this.#released,
      sourcesFailed,
      isPlain: this.#isPlain,
      answers: this.#bytes?.end() ?? null,
    });
  }

  /** Something needs values: this run goes on with them. */
  #leaveBytes(): void {
    this.#bytes?.leave(this.#root);
    this.#bytes = null;
  }

  #progressOf(step: Step): Progress {
    return this.#progress[step.index] as Progress;
  }
}
