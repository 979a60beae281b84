import type { GroupRequest } from '../build-request.ts';
import type { DataObject } from '../field-failure.ts';
import type { StepCode } from '../step-code.ts';
import type { NeededPath, Step } from '../step.ts';
import { type AttestContext, Attesting } from '../take-answer.ts';
import { AnswerBytes } from './answer-bytes.ts';
import type { ByteStep } from './byte-code.ts';
import type { ByteRuns } from './byte-runs.ts';
import { gatherOffsets } from './gather-offsets.ts';
import { putValues } from './put-values.ts';
import { readAnswer } from './read-answer.ts';

/** One run whose data tree holds offsets in the place of leaves, until it ends or something needs values. */
export class ByteRun {
  readonly answers: AnswerBytes;
  readonly #code: readonly ByteStep[];
  readonly #runs: ByteRuns;
  #isOver = false;

  constructor(code: readonly ByteStep[], runs: ByteRuns) {
    this.#code = code;
    this.#runs = runs;
    this.answers = new AnswerBytes(runs.largest);
  }

  /** What is asked for in one list of a request; null where values must be known for it. */
  gather(
    step: Step,
    at: number,
    paths: readonly NeededPath[],
    root: DataObject,
    code: StepCode,
  ): GroupRequest | null {
    const [group, general, bytes] = [step.groups[at], code.groups[at], this.#code[step.index]?.groups[at]];
    if (!group || !general || !bytes) return null;
    return gatherOffsets({ group, code: general, byteCode: bytes, answers: this.answers }, paths, root);
  }

  /** Opens what takes the answer to one request. */
  open(groups: readonly GroupRequest[], context: AttestContext): Reading {
    return new Reading(this, this.#code[context.step.index] as ByteStep, groups, context);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** From now on the tree holds values. */
  leave(root: DataObject): void {
    this.#isOver = true;
    putValues(root, this.answers);
    this.#runs.tellEnd(false, this.answers.length);
  }

  /** Nothing more will be read. */
  end(): AnswerBytes {
    this.#isOver = true;
    this.#runs.tellEnd(true, this.answers.length);
    return this.answers;
  }
}

/** One request's answer, read as soon as its bytes are there. */
export class Reading {
  /** The answer in offsets, once it is taken. */
  data: DataObject | undefined;
  readonly #run: ByteRun;
  readonly #code: ByteStep;
  readonly #groups: readonly GroupRequest[];
  readonly #context: AttestContext;

  constructor(run: ByteRun, code: ByteStep, groups: readonly GroupRequest[], context: AttestContext) {
    this.#run = run;
    this.#code = code;
    this.#groups = groups;
    this.#context = context;
  }

  readonly takeBytes = (body: Uint8Array): boolean => {
    if (this.#run.isOver) return false;
    const { answers } = this.#run;
    const from = answers.add(body);
    const attesting = new Attesting(this.#context);
    try {
      this.data = readAnswer(this.#code, this.#groups, answers, from, attesting);
    } catch {
      // Whoever offered the bytes has nothing to do with what they made the reader stumble over.
      this.data = undefined;
    }
    return this.data !== undefined;
  };

  /** The answer in values. */
  values(): DataObject | undefined {
    putValues(this.data, this.#run.answers);
    return this.data;
  }
}
