import type { CompiledPlan } from './engine-types.ts';
import { runSteps } from './run-steps.ts';
import type { RunOptions, RunResult } from './run.ts';

interface UnderWay {
  readonly deadlineAt: number;
  readonly result: Promise<RunResult>;
}

/**
 * Identical operations of one caller that are under way at the same time ask their sources once. Each still writes, records
 * and releases its own answer, and each answers by its own deadline.
 */
export class RunsUnderWay {
  /** By an object and no map, which would hold runs that have ended (`Deadlines` of the kit says how). */
  readonly #byPlan = new WeakMap<CompiledPlan, Record<string, UnderWay>>();

  /** Joins the run of whoever says the same of caller and rights; the first to ask runs it. */
  join(plan: CompiledPlan, shareWith: string, options: RunOptions): Promise<RunResult> {
    const runs = this.#runsOf(plan);
    // A string in JSON cannot be mistaken for the rest.
    const key = JSON.stringify([shareWith, options.variables]);
    const known = runs[key];
    // Whoever must answer before the run has to end runs its own.
    if (known) return known.deadlineAt <= options.deadlineAt ? known.result : runSteps(options);
    // It goes on for the others when the first has gone.
    const result = runSteps({ ...options, signal: undefined });
    runs[key] = { deadlineAt: options.deadlineAt, result };
    const forget = (): void => void delete runs[key];
    result.then(forget, forget);
    return result;
  }

  #runsOf(plan: CompiledPlan): Record<string, UnderWay> {
    const known = this.#byPlan.get(plan);
    if (known !== undefined) return known;
    const none = Object.create(null) as Record<string, UnderWay>;
    this.#byPlan.set(plan, none);
    return none;
  }
}
