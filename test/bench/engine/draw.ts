/** Draws that are the same in every run. */
export interface Draw {
  /** A whole number from 0 to below `limit`. */
  readonly below: (limit: number) => number;
  /** One of a list that is not empty. */
  readonly one: <Kind>(of: readonly Kind[]) => Kind;
}

/** Starts drawing from a seed: a generator of 32 bits (mulberry32), good enough for sentences and years. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return { below, one: <Kind>(of: readonly Kind[]) => of.at(below(of.length)) as Kind };
}
