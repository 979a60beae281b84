import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const KEY_BYTES = 32;

/** A pseudonym, and the year (UTC) of the entries it stands in. */
export interface YearlyPseudonym {
  readonly name: string;
  readonly year: number;
}

/**
 * What the log calls private persons: HMAC-SHA-256 of the personal number under a key of the year, base64url. The master
 * key stands outside the database, so that who holds the database cannot try out the numbers there are; a year's key
 * follows from it by HKDF-SHA-256 (RFC 5869) with the info `pseudonym <yyyy>`.
 */
export class Pseudonyms {
  readonly #master: Buffer;
  /** As key objects: made from bytes with each use, a key costs seven times its HMAC. */
  readonly #years = new Map<number, KeyObject>();
  /** Most people read their own: the number of the subject is that of the actor, one call later. */
  #last = { number: '', year: 0, pseudonym: '' };

  /** @param master 32 bytes */
  constructor(master: Buffer) {
    this.#master = master;
  }

  /** The pseudonym of one number in the year (UTC) of an entry's time. */
  of(number: string, year: number): string {
    const last = this.#last;
    if (last.number === number && last.year === year) return last.pseudonym;
    const pseudonym = createHmac('sha256', this.#keyOf(year)).update(number).digest('base64url');
    this.#last = { number, year, pseudonym };
    return pseudonym;
  }

  /** Every pseudonym that a person with these numbers, current and cancelled, may stand under in these years. */
  pseudonymsOf(numbers: readonly string[], years: readonly number[]): YearlyPseudonym[] {
    return years.flatMap((year) => numbers.map((number) => ({ name: this.of(number, year), year })));
  }

  #keyOf(year: number): KeyObject {
    const known = this.#years.get(year);
    if (known !== undefined) return known;
    const bytes = hkdfSync('sha256', this.#master, '', `pseudonym ${year}`, KEY_BYTES);
    const key = createSecretKey(Buffer.from(bytes));
    this.#years.set(year, key);
    return key;
  }
}
