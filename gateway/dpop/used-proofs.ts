import { AppError } from '@dinhdanh/kit';

/** Which proofs have been used. In this process, or, where several gateways share one memory, in a store of theirs. */
export interface UsedProofs {
  /**
   * Whether a proof is used for the first time; it is remembered for as long as it could be used again.
   *
   * @throws AppError `RATE_LIMITED` (503) where no more can be remembered: what cannot be remembered is not let through
   */
  readonly isFirst: (proof: string, now: Date) => boolean | Promise<boolean>;
}

/** Some ten megabytes. */
const MOST_IN_A_GENERATION = 100_000;

/** Opens the memory of this process: two generations, swapped when the older can hold nothing that is still good, never scanned. */
export function rememberProofs(lifeSeconds: number, most = MOST_IN_A_GENERATION): UsedProofs {
  let young = new Set<string>();
  let old = new Set<string>();
  let swapAt = 0;
  return {
    isFirst: (proof, now) => {
      const at = now.getTime();
      if (at >= swapAt) {
        old = at >= swapAt + lifeSeconds * 1000 ? new Set() : young;
        young = new Set();
        swapAt = at + lifeSeconds * 1000;
      }
      if (young.has(proof) || old.has(proof)) return false;
      if (young.size >= most) {
        throw new AppError('RATE_LIMITED', { reason: 'GATEWAY_BUSY', httpStatus: 503, retryAfterSeconds: 5 });
      }
      young.add(proof);
      return true;
    },
  };
}
