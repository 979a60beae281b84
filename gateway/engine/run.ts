import type { AnswerBytes } from './bytes/answer-bytes.ts';
import type { ByteStep } from './bytes/byte-code.ts';
import type { ByteRuns } from './bytes/byte-runs.ts';
import type { DataObject } from './field-failure.ts';
import type { Supergraph } from './read-supergraph.ts';
import type { Attest, FetchSource, LocalSource, Released } from './source.ts';
import type { StepCode } from './step-code.ts';
import type { Step } from './step.ts';

/** What one execution is given. */
export interface RunOptions {
  readonly supergraph: Supergraph;
  readonly steps: readonly Step[];
  /** Generated code by step; null for a run that goes the general way. */
  readonly code: readonly StepCode[] | null;
  readonly rootType: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly fetch: FetchSource;
  readonly local: Readonly<Record<string, LocalSource>>;
  readonly attest: Attest | undefined;
  readonly knownCodes: ReadonlySet<string>;
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  /** Code by step for a run that reads its answers as bytes; null for one that is given values. */
  readonly bytes: readonly ByteStep[] | null;
  /** Is told how long the answers were, and how a run with bytes ended. */
  readonly byteRuns: ByteRuns;
}

/** The data tree when every request is answered, failed or given up. */
export interface RunResult {
  readonly root: DataObject;
  readonly released: readonly Released[];
  /** Failed sources with the first code each failed with. */
  readonly sourcesFailed: ReadonlyMap<string, string>;
  /** Whether every answer in the tree was plain ({@link SourceAnswer}). */
  readonly isPlain: boolean;
  /** What the offsets are of that stand in the tree in the place of leaves; null where it holds the values themselves. */
  answers: AnswerBytes | null;
}
