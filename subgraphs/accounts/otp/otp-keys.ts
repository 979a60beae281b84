import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { secretKey } from '@dinhdanh/kit';

/** What codes and whoever they are for are kept as: keyed hashes, so that a stolen table tells nobody's number and no code. */
export class OtpKeys {
  readonly #key: Buffer;

  /** @param key 32 bytes that are not in the database */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** Of a telephone, an account, a prefix or a request. */
  of(what: 'phone' | 'account' | 'prefix' | 'request', value: string): string {
    return this.#mac(`${what}\n${value}`).toString('base64url');
  }

  /** Of a code, bound to the row it stands in. */
  ofCode(challenge: string, code: string): string {
    return this.#mac(`code\n${challenge}\n${code}`).toString('base64url');
  }

  /** Whether a code is the one behind a hash; takes as long whether it is or not. */
  isCode(hash: string, challenge: string, code: string): boolean {
    const given = Buffer.from(this.ofCode(challenge, code));
    const kept = Buffer.from(hash);
    return kept.length === given.length && timingSafeEqual(kept, given);
  }

  /** The number of an advisory lock: 64 bits of a keyed hash, as PostgreSQL writes a bigint. */
  lockOf(name: string): string {
    return this.#mac(`lock\n${name}`).readBigInt64BE(0).toString();
  }

  #mac(text: string): Buffer {
    return createHmac('sha256', secretKey(this.#key)).update(text).digest();
  }
}

/** Six digits of chance, each as likely as any. */
export function newCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, '0');
}
