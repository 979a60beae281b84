import { AppError } from './errors.ts';

/** How often one registration may be compared with one registry within half a day; accounts asks once a change of what is declared. */
export const MATCHES_MOST = 20;

const HALF_DAY_MS = 43_200_000;

/**
 * Counts comparisons by registration, in the memory of this process. The limits on who registers are those of accounts,
 * which keeps them; this one stands against accounts itself gone wrong, which could guess a field as often as it liked.
 * Two generations, swapped, never scanned: as many entries as registrations in a day.
 */
export class MatchLimit {
  #young = new Map<string, number>();
  #old = new Map<string, number>();
  #swapAt = 0;

  /** Counts one comparison. @throws AppError `RATE_LIMITED` beyond {@link MATCHES_MOST} */
  count(registration: string, now: Date): void {
    const at = now.getTime();
    if (at >= this.#swapAt) {
      this.#old = at >= this.#swapAt + HALF_DAY_MS ? new Map<string, number>() : this.#young;
      this.#young = new Map();
      this.#swapAt = at + HALF_DAY_MS;
    }
    const young = this.#young.get(registration) ?? 0;
    if (young + (this.#old.get(registration) ?? 0) >= MATCHES_MOST) {
      const retryAfterSeconds = Math.ceil((this.#swapAt - at) / 1000);
      throw new AppError('RATE_LIMITED', { reason: 'MATCHES', retryAfterSeconds });
    }
    this.#young.set(registration, young + 1);
  }
}
