/** What a verification can find, and how it stops at the first. */
import type { Fault, ServedCall } from '../tlog/index.ts';

/** What was found wrong. */
export type FindingKind =
  | 'checkpoint-refused'
  | 'checkpoint-missing'
  | 'tiles-do-not-make-the-root'
  | 'tile-not-in-tree'
  | 'tile-missing'
  | 'entry-altered'
  | 'entry-missing'
  | 'entry-surplus'
  | 'entry-not-included'
  | 'proof-refused'
  | 'other-log'
  | 'rolled-back'
  | 'history-rewritten'
  | 'line-malformed'
  | 'served-not-logged';

/** Where: the first bad entry is at `from`, or, where that cannot be told, in `from` to `to − 1`. */
export interface BadRange {
  readonly from: number;
  readonly to: number;
}

/** One finding. */
export interface Finding {
  readonly kind: FindingKind;
  readonly bad: BadRange | null;
  /** The code of the room of proofs, where it gave one. */
  readonly fault: Fault | null;
  /** The tile or file that shows it. */
  readonly where: string | null;
  /** The calls that were served and not logged, the oldest first. */
  readonly calls?: readonly ServedCall[];
}

/** The log, a proof or a receipt does not hold. */
export class VerificationFailure extends Error {
  override readonly name = 'VerificationFailure';
  readonly finding: Finding;

  constructor(kind: FindingKind, details: Partial<Omit<Finding, 'kind'>> = {}) {
    super(kind);
    this.finding = { kind, bad: null, fault: null, where: null, ...details };
  }
}

/** What should be verified could not be read: that proves nothing, for or against the log. */
export class SourceUnreadable extends Error {
  override readonly name = 'SourceUnreadable';
}

/** The command line, or a file it names, does not say what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The range that is one entry. */
export function at(index: number): BadRange {
  return { from: index, to: index + 1 };
}
