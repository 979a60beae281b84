/** Hashes that cost nothing and are counted: where a test is about how many there are, and not about what one takes. */
export class CountedSecrets {
  #computed = 0;

  /** How many were computed, of either kind. */
  get computed(): number {
    return this.#computed;
  }

  readonly hash = async (secret: string): Promise<string> => {
    this.#computed += 1;
    return hashOf(secret);
  };

  readonly verify = async (hash: string, secret: string): Promise<boolean> => {
    this.#computed += 1;
    return hash === hashOf(secret);
  };
}

/** What stands in a row for a secret. */
export function hashOf(secret: string): string {
  return `counted ${secret}`;
}
