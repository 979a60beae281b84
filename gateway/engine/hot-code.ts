import type { ByteStep } from './bytes/byte-code.ts';
import { ByteRuns } from './bytes/byte-runs.ts';
import type { ByteWriter } from './bytes/generate-writer.ts';
import type { TextWriter } from './generate-text.ts';
import { generateStep, type StepCode } from './step-code.ts';
import type { Step } from './step.ts';

/** What generates the writers of one plan under a client's names; null where only the general writer will do. */
export interface WriterMaker {
  readonly text: (names: readonly string[], isPlain: boolean) => TextWriter | null;
  readonly bytes: (names: readonly string[]) => ByteWriter | null;
}

/** The generated code of one plan: made when the plan has been run before, because most are run once or often. */
export class HotCode {
  readonly #steps: readonly Step[];
  readonly #make: WriterMaker;
  #runsBefore: number;
  #code: readonly StepCode[] | null = null;
  /** By the client's names: documents that differ in nothing else share a plan. For trees that are plain, and for others. */
  readonly #plain = new WeakMap<readonly string[], TextWriter | null>();
  readonly #quoting = new WeakMap<readonly string[], TextWriter | null>();
  readonly #bytes = new WeakMap<readonly string[], ByteWriter | null>();
  /** Which runs read their answers as bytes. */
  readonly byteRuns: ByteRuns;

  /** `runsBefore` runs go the general way; answers of `longFrom` bytes in one run and more are read as bytes from then on. */
  constructor(steps: readonly Step[], runsBefore: number, longFrom: number, make: WriterMaker) {
    this.#steps = steps;
    this.#make = make;
    this.#runsBefore = runsBefore;
    this.byteRuns = new ByteRuns(steps, longFrom);
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

  /** The code by which one more run may read its answers as bytes, for a client with those names; null where it may not. */
  nextInBytes(names: readonly string[]): readonly ByteStep[] | null {
    const code = this.#code === null ? null : this.byteRuns.next();
    return code !== null && this.byteWriter(names) !== null ? code : null;
  }

  /** The text writer under a client's names; null where there is none, or not yet. */
  writer(names: readonly string[], isPlain: boolean): TextWriter | null {
    if (!this.#code) return null;
    return kept(isPlain ? this.#plain : this.#quoting, names, () => this.#make.text(names, isPlain));
  }

  /** The byte writer under a client's names; null where there is none. */
  byteWriter(names: readonly string[]): ByteWriter | null {
    return kept(this.#bytes, names, () => this.#make.bytes(names));
  }
}

function kept<Writer>(
  writers: WeakMap<readonly string[], Writer | null>,
  names: readonly string[],
  make: () => Writer | null,
): Writer | null {
  let known = writers.get(names);
  if (known === undefined) {
    known = make();
    writers.set(names, known);
  }
  return known;
}
