import type { TextWriter } from './generate-text.ts';
import { generateStep, type StepCode } from './step-code.ts';
import type { Step } from './step.ts';

/** The generated code of one plan: made when the plan has been run before, because most are run once or often. */
export class HotCode {
  readonly #steps: readonly Step[];
  #runsBefore: number;
  #code: readonly StepCode[] | null = null;

  readonly #write: (names: readonly string[], isPlain: boolean) => TextWriter | null;
  /** By the client's names: documents that differ in nothing else share a plan. For trees that are plain, and for others. */
  readonly #plain = new WeakMap<readonly string[], TextWriter | null>();
  readonly #quoting = new WeakMap<readonly string[], TextWriter | null>();

  /** `runsBefore` runs go the general way; `write` generates the text writer under a client's names. */
  constructor(
    steps: readonly Step[],
    runsBefore: number,
    write: (names: readonly string[], isPlain: boolean) => TextWriter | null,
  ) {
    this.#steps = steps;
    this.#write = write;
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

  /** The text writer under a client's names; null where there is none, or not yet. */
  writer(names: readonly string[], isPlain: boolean): TextWriter | null {
    if (!this.#code) return null;
    const writers = isPlain ? this.#plain : this.#quoting;
    let known = writers.get(names);
    if (known === undefined) {
      known = this.#write(names, isPlain);
      writers.set(names, known);
    }
    return known;
  }
}
