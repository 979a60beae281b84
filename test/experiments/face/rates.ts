/** Scores of pairs of one kind; null where a picture had no face that could be compared. */
export type Scores = readonly (number | null)[];

/** What a threshold costs: shares of impostors accepted, and of genuine pairs rejected. */
export interface RocPoint {
  readonly threshold: number;
  readonly falseAccept: number;
  readonly falseReject: number;
}

/** The share of pairs at or above a threshold; a pair that could not be compared is below every one. */
export function shareAtLeast(scores: Scores, threshold: number): number {
  return scores.filter((score) => score !== null && score >= threshold).length / scores.length;
}

/** The rates at every threshold of a step. */
export function rocOf(genuine: Scores, impostor: Scores, step = 0.02): RocPoint[] {
  return Array.from({ length: Math.round(1 / step) + 1 }, (_, at) => {
    const threshold = Number((at * step).toFixed(4));
    return {
      threshold,
      falseAccept: Number(shareAtLeast(impostor, threshold).toFixed(5)),
      falseReject: Number((1 - shareAtLeast(genuine, threshold)).toFixed(5)),
    };
  });
}

/** The lowest threshold, to two digits, at which no more than a share of impostors is accepted. */
export function thresholdFor(impostor: Scores, falseAccept: number): number {
  const known = impostor.filter((score) => score !== null).toSorted((one, other) => other - one);
  const allowed = Math.floor(falseAccept * impostor.length);
  const first = known[allowed] ?? 0;
  return Math.min(1, Math.floor(first * 100 + 1) / 100);
}

/** Where both rates are nearest to each other: the greater of them, in the finest step. */
export function equalErrorRate(genuine: Scores, impostor: Scores): { threshold: number; rate: number } {
  const points = rocOf(genuine, impostor, 0.005);
  const worse = points.map(({ threshold, falseAccept, falseReject }) => ({
    threshold,
    rate: Math.max(falseAccept, falseReject),
  }));
  return worse.reduce((best, point) => (point.rate < best.rate ? point : best));
}
