/**
 * The value below which a share of the values lies, by the nearest rank: `values` in ascending order, `share` in 0..1. NaN
 * for no values.
 */
export function percentile(values: ArrayLike<number>, share: number): number {
  const rank = Math.ceil(share * values.length);
  return values[Math.max(0, rank - 1)] ?? Number.NaN;
}

/** The middle one of values in any order; of an even number the mean of the two. NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return Number.isInteger(half) ? (upper + (sorted[half - 1] ?? Number.NaN)) / 2 : upper;
}
