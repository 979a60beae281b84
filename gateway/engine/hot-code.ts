import type { Projection } from './generate-projection.ts';
import { generateStep, type StepCode } from './step-code.ts';
import type { Step } from './step.ts';

/** The generated code of one plan: made when the plan has been run before, because most are run once or often. */
export class HotCode {
  readonly #steps: readonly Step[];
  #runsBefore: number;
  #code: readonly StepCode[] | null = null;

  readonly #project: (names: readonly string[]) => Projection | null;
  /** By the client's names: documents that differ in nothing else share a plan. */
  readonly #projections = new WeakMap<readonly string[], Projection | null>();

  /** `runsBefore` runs go the general way; `project` generates the projection under a client's names. */
  constructor(
    steps: readonly Step[],
    runsBefore: number,
    project: (names: readonly string[]) => Projection | null,
  ) {
    this.#steps = steps;
    this.#project = project;
    this.#runsBefore = runsBefore;
  }

  /** The code for one more run, by step; null for a run that goes the general way. */
  next(): readonly StepCode[] | null {
    if (this.#code) return this.#code;
    if (this.#runsBefore > 0) {
      this.#runsBefore -= 1;
      return null;
    }
    this.#code = this.#steps.map(generateStep);
    return this.#code;
  }

  /** The projection under a client's names; null where there is none, or not yet. */
  projection(names: readonly string[]): Projection | null {
    if (!this.#code) return null;
    let known = this.#projections.get(names);
    if (known === undefined) {
      known = this.#project(names);
      this.#projections.set(names, known);
    }
    return known;
  }
}
