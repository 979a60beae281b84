/** What two rows of times say about one another. */
export interface Compared {
  /** Kolmogorov–Smirnov: the largest distance between the two distributions, 0 to 1. */
  readonly distance: number;
  /** How likely a distance as large is where there is no difference (the asymptotic series; good from some dozens on). */
  readonly p: number;
  /** Median of the second less that of the first, and between which values 99 in 100 bootstrap draws of it lie. */
  readonly medianDifference: number;
  readonly interval: readonly [number, number];
}

const DRAWS = 1_000;

/** Compares two rows of times, in whatever unit they are; `dice` answers numbers below 1. */
export function compareSamples(
  one: readonly number[],
  other: readonly number[],
  dice: () => number,
): Compared {
  const distance = distanceOf(one, other);
  const size = Math.sqrt((one.length * other.length) / (one.length + other.length));
  const differences = Float64Array.from(
    { length: DRAWS },
    () => medianOf(drawn(other, dice)) - medianOf(drawn(one, dice)),
  ).toSorted();
  const at = (share: number): number => differences[Math.floor(share * (DRAWS - 1))] ?? 0;
  return {
    distance,
    p: likelihood((size + 0.12 + 0.11 / size) * distance),
    medianDifference: medianOf(Float64Array.from(other)) - medianOf(Float64Array.from(one)),
    interval: [at(0.005), at(0.995)],
  };
}

function distanceOf(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [Float64Array.from(one).toSorted(), Float64Array.from(other).toSorted()];
  let largest = 0;
  for (let i = 0, j = 0; i < first.length && j < second.length; ) {
    const value = Math.min(first[i] ?? 0, second[j] ?? 0);
    while (i < first.length && (first[i] ?? 0) <= value) i += 1;
    while (j < second.length && (second[j] ?? 0) <= value) j += 1;
    largest = Math.max(largest, Math.abs(i / first.length - j / second.length));
  }
  return largest;
}

/** The upper tail of Kolmogorov's distribution (Press et al., Numerical Recipes, 14.3). */
function likelihood(lambda: number): number {
  let sum = 0;
  for (let k = 1; k <= 100; k += 1) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * lambda) ** 2);
  return lambda < 0.2 ? 1 : Math.min(1, Math.max(0, sum));
}

function drawn(values: readonly number[], dice: () => number): Float64Array {
  return Float64Array.from(values, () => values[Math.floor(dice() * values.length)] ?? 0);
}

function medianOf(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
