import { createHmac, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * What the log calls private persons: HMAC-SHA-256 of the personal number under a key of the year, base64url. The master
 * key stands outside the database, so that who holds the database cannot try out the numbers there are; a year's key
 * follows from it by HKDF-SHA-256 (RFC 5869) with the info `pseudonym <yyyy>`.
 */
export class Pseudonyms {
  readonly #master: Buffer;
  readonly #years = new Map<number, Buffer>();

  /** @param master 32 bytes */
  constructor(master: Buffer) {
    this.#master = master;
  }

  /** The pseudonym of one number in the year (UTC) of an entry's time. */
  of(number: string, year: number): string {
    return createHmac('sha256', this.#keyOf(year)).update(number).digest('base64url');
  }

  /** Every pseudonym that a person with these numbers, current and cancelled, may stand under in these years. */
  pseudonymsOf(numbers: readonly string[], years: readonly number[]): string[] {
    return years.flatMap((year) => numbers.map((number) => this.of(number, year)));
  }

  #keyOf(year: number): Buffer {
    const known = this.#years.get(year);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', this.#master, '', `pseudonym ${year}`, KEY_BYTES));
    this.#years.set(year, key);
    return key;
  }
}
