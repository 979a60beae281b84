import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlanNode } from '@graphql-hive/router-query-planner';
import type { PlannerOrder, PlannerReport } from './planner-child.ts';

/** Operations with the child at once; it plans a few of them at a time, and has the next at hand. */
const atOnce = 64;

/** Planners the child holds; one that was not asked for longest is made again when it is. */
const plannersHeld = 12;

/** Starts in a row, without one that came up, after which nobody waits for another. */
const mostStarts = 3;

/** Until the child is there and has read its supergraph, on a machine that is busy with other things. */
const startMs = 60_000;

/** Why there is no plan: the planner said so, ended its process, was too slow, or could not be started at all. */
export class PlannerFailure extends Error {
  readonly kind: 'refused' | 'died' | 'late' | 'unstarted';

  constructor(kind: PlannerFailure['kind'], reason: string) {
    super(reason);
    this.name = 'PlannerFailure';
    this.kind = kind;
  }
}

/** A supergraph to plan over, as the planner is to see it. */
export interface PlannerInput {
  /** Made when a child is to read it. */
  readonly sdl: () => string;
  readonly labels: readonly string[];
}

/** Plans over a supergraph; rejects with PlannerFailure. */
export type AskPlanner = (input: PlannerInput, text: string) => Promise<PlanNode | undefined>;

interface Job {
  readonly id: number;
  readonly input: PlannerInput;
  readonly text: string;
  readonly limitMs: number;
  readonly resolve: (node: PlanNode | undefined) => void;
  readonly reject: (failure: PlannerFailure) => void;
  /** It was under way when a child died, and so were others: the next time nothing else is. */
  isSuspect: boolean;
  timer?: NodeJS.Timeout;
}

/**
 * Plans in a child process, which may die and is ended when it takes too long: only the operation that it was about
 * fails; all others under way are planned by the next child. Who uses it holds it; the child ends when nobody does, and
 * with this process at the latest.
 */
export class PlannerProcess {
  readonly #file: string;
  readonly #holders = new Set<object>();
  readonly #ids = new WeakMap<PlannerInput, number>();
  readonly #waiting: Job[] = [];
  /** The oldest first; a list, as a map would hold jobs that are done (`Deadlines` of the kit says how). */
  readonly #underWay: Job[] = [];
  /** Planners of the child of now, the one asked last at the end. */
  readonly #held = new Set<number>();
  #child: ChildProcess | null = null;
  #isReady = false;
  #failedStarts = 0;
  #lastId = 0;

  /** `file` is what the child runs. */
  constructor(file = fileURLToPath(new URL('./planner-child.ts', import.meta.url))) {
    this.#file = file;
  }

  /** The child's process id; null while there is none. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Keeps the child between plans until the same holder lets go. */
  hold(holder: object): void {
    this.#holders.add(holder);
  }

  /** The holder's planners are forgotten; plans that are asked for later are made all the same. */
  letGo(holder: object, inputs: readonly PlannerInput[]): void {
    this.#holders.delete(holder);
    for (const input of inputs) this.#drop(this.#ids.get(input) ?? 0);
    this.#rest();
  }

  /** Rejects with PlannerFailure. `limitMs` is counted from when the planner begins. */
  plan(input: PlannerInput, text: string, limitMs: number): Promise<PlanNode | undefined> {
    return new Promise((resolve, reject) => {
      const id = (this.#lastId += 1);
      this.#waiting.push({ id, input, text, limitMs, resolve, reject, isSuspect: false });
      this.#proceed();
    });
  }

  #proceed(): void {
    for (let job = this.#waiting[0]; job && this.#mayBegin(job); job = this.#waiting[0]) {
      this.#waiting.shift();
      this.#begin(job);
    }
    this.#rest();
  }

  #mayBegin(job: Job): boolean {
    const [other] = this.#underWay;
    if (!other) return true;
    return this.#underWay.length < atOnce && !job.isSuspect && !other.isSuspect;
  }

  #begin(job: Job): void {
    const child = (this.#child ??= this.#start());
    this.#underWay.push(job);
    child.ref();
    child.channel?.ref();
    job.timer = setTimeout(() => this.#giveUp(job), startMs);
    const planner = this.#ids.get(job.input) ?? (this.#lastId += 1);
    this.#ids.set(job.input, planner);
    this.#take(planner, job.input);
    const { labels } = job.input;
    send(child, { kind: 'plan', job: job.id, planner, text: job.text, labels });
  }

  /** Sees to it that the child holds the planner, and not too many others. */
  #take(planner: number, input: PlannerInput): void {
    const isHeld = this.#held.delete(planner);
    this.#held.add(planner);
    if (isHeld || !this.#child) return;
    send(this.#child, { kind: 'open', planner, sdl: input.sdl() });
    const [oldest = 0] = this.#held;
    if (this.#held.size > plannersHeld) this.#drop(oldest);
  }

  #drop(planner: number): void {
    if (this.#held.delete(planner) && this.#child) send(this.#child, { kind: 'drop', planner });
  }

  #start(): ChildProcess {
    this.#held.clear();
    this.#isReady = false;
    // It needs nothing of the environment, and what the planner says as it dies is of no use.
    const child = fork(this.#file, { execArgv: [], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const fallen = (reason: string): void => {
      if (child === this.#child) this.#fall(reason);
    };
    child.on('message', (report: PlannerReport) => {
      if (child === this.#child) this.#hear(report);
    });
    child.on('error', (error) => fallen(error.message));
    child.on('exit', (code, signal) => fallen(`The planner's process ended: ${signal ?? code ?? 'unknown'}`));
    return child;
  }

  #hear(report: PlannerReport): void {
    if (report.kind === 'ready') {
      this.#isReady = true;
      this.#failedStarts = 0;
      return;
    }
    const job = this.#underWay.find(({ id }) => id === report.job);
    if (!job) return;
    clearTimeout(job.timer);
    if (report.kind === 'begun') {
      job.timer = setTimeout(() => this.#giveUp(job), job.limitMs);
      return;
    }
    this.#end(job);
    if (report.kind === 'planned') job.resolve(report.node);
    else job.reject(new PlannerFailure('refused', report.reason));
    this.#proceed();
  }

  #end(job: Job): void {
    const place = this.#underWay.indexOf(job);
    if (place >= 0) this.#underWay.splice(place, 1);
  }

  /** Ends the child for what it does with one job; the others begin anew in the next. */
  #giveUp(job: Job): void {
    this.#end(job);
    job.reject(new PlannerFailure('late', `The planner took longer than ${job.limitMs} ms`));
    this.#again(false);
  }

  /** The child has died: of what is not known where several plans were under way. */
  #fall(reason: string): void {
    const jobs = [...this.#underWay];
    const isHopeless = !this.#isReady && (this.#failedStarts += 1) >= mostStarts;
    const isKnown = this.#isReady && jobs.length === 1;
    if (isKnown || isHopeless) {
      for (const job of isHopeless ? [...jobs, ...this.#waiting.splice(0)] : jobs) {
        clearTimeout(job.timer);
        job.reject(new PlannerFailure(isHopeless ? 'unstarted' : 'died', reason));
      }
      this.#underWay.length = 0;
    }
    this.#again(this.#isReady);
  }

  #again(isSuspect: boolean): void {
    this.#stop();
    const jobs = this.#underWay.splice(0);
    for (const job of jobs) {
      clearTimeout(job.timer);
      job.isSuspect ||= isSuspect;
    }
    this.#waiting.unshift(...jobs);
    this.#proceed();
  }

  /** Nothing under way: the child keeps nobody from ending, and ends where nobody holds it. */
  #rest(): void {
    if (this.#underWay.length > 0 || this.#waiting.length > 0) return;
    this.#child?.unref();
    this.#child?.channel?.unref();
    if (this.#holders.size === 0) this.#stop();
  }

  #stop(): void {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    child.kill('SIGKILL');
    child.unref();
    child.channel?.unref();
  }
}

/** A child that has just died is told nothing any more; its end is told by its events. */
function send(child: ChildProcess, order: PlannerOrder): void {
  if (child.connected) child.send(order, () => undefined);
}

/** The one planning process of this process, for all engines. */
export const sharedPlannerProcess = new PlannerProcess();
