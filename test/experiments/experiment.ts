import type { ProgressScreen } from '@dinhdanh/start';

/** What an experiment is given. */
export interface ExperimentOptions {
  /** The word that everything drawn by chance is drawn from. */
  readonly seed: string;
  /** How many people the experiment is about; null for its own number. */
  readonly people: number | null;
  /** Whether data that took long to make is left for the next experiment. */
  readonly keep: boolean;
  /** Which share of its rounds an experiment does: 1, or less while it is being worked on. */
  readonly share: number;
  /** After so many minutes an experiment that goes on where it was stopped stops; null for when it is done. */
  readonly minutes: number | null;
  /** Whether everything is tried where an experiment otherwise draws some. */
  readonly all: boolean;
  /** Where it may put data, gone afterwards unless kept. */
  readonly folder: string;
  readonly screen: ProgressScreen;
}

/** A run that is too long or too heavy for the tests. */
export interface Experiment {
  /** What it finds out, in one sentence. */
  readonly about: string;
  /** Returns what was found, as JSON. */
  readonly run: (options: ExperimentOptions) => Promise<Finding>;
}

/** What came out. */
export interface Finding {
  /** Whether the goal was met. */
  readonly holds: boolean;
  readonly figures: Readonly<Record<string, unknown>>;
}

/** A number with so many digits behind the point as are worth telling. */
export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
