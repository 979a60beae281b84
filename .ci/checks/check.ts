/** The shape of one part of `npm run check`. */

/** How a part ended: held or not, with one line about it, and on failure the sentences that say what to do. */
export interface Outcome {
  held: boolean;
  /** What was looked at: `312 files`, `24 laws hold in 210 files`. */
  summary: string;
  /** Empty when it held. */
  report: string;
}

/** One part of the gate. */
export interface Check {
  name: string;
  run(): Promise<Outcome>;
}

/** An outcome from a list of complaints. */
export function outcomeOf(complaints: readonly string[], summary: string): Outcome {
  return {
    held: complaints.length === 0,
    summary,
    report: complaints.map((complaint) => `${complaint}\n`).join(''),
  };
}
