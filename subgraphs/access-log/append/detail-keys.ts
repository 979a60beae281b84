import type pg from 'pg';
import { freshKey, seal, unseal } from './detail-cipher.ts';

/** The most unwrapped keys that are kept in memory. */
const KEPT = 10_000;

/** What keys are kept with. */
export interface DetailKeysOptions {
  readonly pool: pg.Pool;
  /** Wraps the keys; 32 bytes. */
  readonly wrappingKey: Buffer;
}

/**
 * The keys of details, one a person and year: random, kept wrapped, with the pseudonym they belong to as the context of
 * the wrapping. To delete one is to erase every detail about that person in that year; the log stands, since entries hold
 * no more of a detail than the hash of its ciphertext.
 */
export class DetailKeys {
  readonly #pool: pg.Pool;
  readonly #wrappingKey: Buffer;
  /** By pseudonym in base64url, the least lately used first. */
  readonly #kept = new Map<string, Buffer>();

  constructor({ pool, wrappingKey }: DetailKeysOptions) {
    this.#pool = pool;
    this.#wrappingKey = wrappingKey;
  }

  /** The keys of pseudonyms by these, in base64url, if all are in memory; else null, and {@link load} brings them. */
  inMemory(owners: readonly Buffer[]): Map<string, Buffer> | null {
    const keys = new Map<string, Buffer>();
    for (const owner of owners) {
      const name = owner.toString('base64url');
      const key = this.#kept.get(name);
      if (key === undefined) return null;
      this.#keep(name, key);
      keys.set(name, key);
    }
    return keys;
  }

  /** Brings the keys of pseudonyms from the database, making those that are not there yet. Durable before it resolves. */
  async load(owners: readonly Buffer[]): Promise<Map<string, Buffer>> {
    const distinct = new Map(owners.map((owner) => [owner.toString('base64url'), owner]));
    const wanted = [...distinct.values()];
    const fresh = wanted.map((owner) => seal(freshKey(), this.#wrappingKey, owner));
    // Sorted, so that two who make the same keys at once wait for each other in one direction.
    await this.#pool.query(
      `INSERT INTO detail_keys (subject, wrapped)
       SELECT subject, wrapped FROM unnest($1::bytea[], $2::bytea[]) AS fresh (subject, wrapped)
       WHERE NOT EXISTS (SELECT FROM detail_keys known WHERE known.subject = fresh.subject)
       ORDER BY subject ON CONFLICT DO NOTHING`,
      [wanted, fresh],
    );
    return this.find(wanted);
  }

  /** The keys that there are, by pseudonym in base64url; what was destroyed or never made is left out. */
  async find(owners: readonly Buffer[]): Promise<Map<string, Buffer>> {
    const { rows } = await this.#pool.query<{ subject: Buffer; wrapped: Buffer }>(
      'SELECT subject, wrapped FROM detail_keys WHERE subject = ANY($1::bytea[])',
      [owners],
    );
    const found = new Map<string, Buffer>();
    for (const { subject, wrapped } of rows) {
      const key = unseal(wrapped, this.#wrappingKey, subject);
      if (key === null) continue;
      const name = subject.toString('base64url');
      found.set(name, key);
      this.#keep(name, key);
    }
    return found;
  }

  /** Destroys the keys of pseudonyms. @returns how many there were */
  async destroy(owners: readonly Buffer[]): Promise<number> {
    const { rowCount } = await this.#pool.query('DELETE FROM detail_keys WHERE subject = ANY($1::bytea[])', [
      owners,
    ]);
    for (const owner of owners) this.#kept.delete(owner.toString('base64url'));
    return rowCount ?? 0;
  }

  #keep(name: string, key: Buffer): void {
    this.#kept.delete(name);
    this.#kept.set(name, key);
    if (this.#kept.size <= KEPT) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
