/** The two 32-bit lanes a textual seed is folded into, and the text itself for keyed hashing. */
export interface Seed {
  readonly text: string;
  readonly a: number;
  readonly b: number;
}

/** Names of the independent random streams; a new entity must take a new number, or old bytes change. */
export const ENTITY = {
  household: 1,
  person: 2,
  name: 3,
  population: 4,
  card: 5,
  immigration: 6,
  licence: 7,
  vehicle: 8,
  social: 9,
  health: 10,
  account: 11,
  foreigner: 12,
  defect: 13,
  reading: 14,
  portrait: 15,
} as const;

/** One step of the 32-bit SplitMix finaliser: a bijection of 32-bit words with good avalanche. */
export function mix(word: number): number {
  let x = (word + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** Folds any text into the two seed lanes. */
export function seedOf(text: string): Seed {
  let a = 0x2545f491;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i += 1) {
    a = mix(a ^ text.charCodeAt(i));
    b = mix(b + Math.imul(text.charCodeAt(i), 0x85ebca6b));
  }
  return { text, a, b };
}

/**
 * A random stream (sfc32) whose four words come from SplitMix of (seed, entity, index).
 * 32-bit lanes are used because a 64-bit SplitMix needs BigInt, which is forty times slower here.
 */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: Seed, entity: number, index: number) {
    const high = Math.floor(index / 0x1_0000_0000);
    const lane = mix(seed.a ^ Math.imul(entity, 0x9e3779b1));
    this.#a = mix(lane ^ index);
    this.#b = mix(seed.b ^ Math.imul(index, 0xc2b2ae35) ^ high);
    this.#c = mix(this.#a ^ lane ^ Math.imul(entity, 0x27d4eb2f));
    for (let round = 0; round < 8; round += 1) this.next();
  }

  /** The next unsigned 32-bit word. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** An integer in [0, bound); the modulo bias of at most bound / 2^32 does not matter here. */
  below(bound: number): number {
    return this.next() % bound;
  }

  /** An integer in [low, high], both ends included. */
  between(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability * 0x1_0000_0000;
  }

  /** One element of a list that is not empty. */
  of<T>(list: readonly T[]): T {
    return list[this.next() % list.length] as T;
  }
}

/**
 * A keyed permutation of [0, rows × columns): a Feistel network over Z_rows × Z_columns, so that a counter
 * becomes a random-looking number and two counters never become the same one.
 */
export function permute(key: number, rows: number, columns: number, value: number): number {
  let x = Math.floor(value / columns) % rows;
  let y = value % columns;
  for (let round = 0; round < 4; round += 1) {
    const salt = mix(key + Math.imul(round, 0x51ed270b));
    x = (x + ((mix(y ^ salt) >>> 0) % rows)) % rows;
    y = (y + ((mix(x + salt) >>> 0) % columns)) % columns;
  }
  return x * columns + y;
}

/** A list with weights, drawn by binary search over the running sum. */
export class Weighted<T> {
  readonly #values: readonly T[];
  readonly #running: Float64Array;
  readonly #total: number;

  constructor(entries: readonly (readonly [T, number])[]) {
    this.#values = entries.map(([value]) => value);
    this.#running = new Float64Array(entries.length);
    let total = 0;
    for (const [place, [, weight]] of entries.entries()) {
      total += weight;
      this.#running[place] = total;
    }
    this.#total = total;
  }

  /** The value at a point of [0, 1) of the running sum. */
  at(unit: number): T {
    const point = unit * this.#total;
    let low = 0;
    let high = this.#running.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (point < (this.#running[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return this.#values[low] as T;
  }

  /** The value that the stream's next number points at. */
  draw(stream: Stream): T {
    return this.at(stream.unit());
  }
}

/** The entries of a JSON object of weights, as a drawable list. */
export function weighted(weights: Readonly<Record<string, number>>): Weighted<string> {
  return new Weighted(Object.entries(weights));
}
