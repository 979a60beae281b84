import { areAlike, endOfToken, hashAt, textBetween, valueAt } from './tokens.ts';

/** Memory of runs that have ended, for those that follow; what is in it is never read, see {@link AnswerBytes.add}. */
const spare: Buffer[] = [];
let spareBytes = 0;
/** How much of it is kept. */
const MOST_SPARE_BYTES = 1 << 24;
/** What a run begins with that knows nothing better, in bytes. */
const LEAST = 1 << 14;

/**
 * The answers of one run as they came over the wire, one behind the other. A leaf is known by its offset: where in these
 * bytes its JSON text begins.
 */
export class AnswerBytes {
  /** May be replaced by {@link add}; offsets stay. */
  bytes: Buffer;
  #end = 0;

  /** `expected`: how many bytes a run like this has taken before. */
  constructor(expected: number) {
    const kept = spare.pop();
    spareBytes -= kept?.length ?? 0;
    this.bytes = kept && kept.length >= expected ? kept : Buffer.allocUnsafeSlow(Math.max(expected, LEAST));
  }

  /** How many bytes stand here. */
  get length(): number {
    return this.#end;
  }

  /**
   * Adds the body of an answer and tells its offset. Behind it stands a NUL, which no JSON text may hold: whoever reads ends
   * there at the latest, and never comes to what was left here by others.
   */
  add(body: Uint8Array): number {
    const start = this.#end;
    const end = start + body.length;
    if (end >= this.bytes.length) this.#grow(end + 1);
    this.bytes.set(body, start);
    this.bytes[end] = 0;
    this.#end = end + 1;
    return start;
  }

  /** The JSON text of the leaf. */
  textAt(offset: number): string {
    return textBetween(this.bytes, offset, endOfToken(this.bytes, offset));
  }

  /** The leaf as `JSON.parse` would give it. */
  valueAt(offset: number): unknown {
    return valueAt(this.bytes, offset);
  }

  /** Whether two leaves are written alike. */
  areAlike(one: number, other: number): boolean {
    return areAlike(this.bytes, one, other);
  }

  /** A number for a leaf, the same for those that are written alike; `before` is that of the leaf before. */
  hashAt(offset: number, before: number): number {
    return hashAt(this.bytes, offset, before);
  }

  /** Gives the memory to runs that follow: nobody may read here any more. */
  release(): void {
    const { bytes } = this;
    this.bytes = nothing;
    if (bytes === nothing || spareBytes + bytes.length > MOST_SPARE_BYTES) return;
    spare.push(bytes);
    spareBytes += bytes.length;
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.#end));
    this.bytes = larger;
  }
}

const nothing = Buffer.alloc(1);
