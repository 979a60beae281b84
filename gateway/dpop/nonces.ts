import { createHmac, timingSafeEqual } from 'node:crypto';
import { secretKey } from '@dinhdanh/kit';

/** The nonces of a resource server (RFC 9449 §9): no proof that was made long before can be used. */
export interface Nonces {
  /** The one to be used now. */
  readonly current: (now: Date) => string;
  /** Whether it is the one of now, or the one before. */
  readonly isValid: (nonce: unknown, now: Date) => boolean;
}

/**
 * Opens nonces that nobody has to remember: each is a keyed hash of the slice of time it is given out in, so every gateway
 * with the same key takes them.
 */
export function openNonces(key: Buffer, sliceSeconds: number): Nonces {
  const ownKey = createHmac('sha256', key).update('dpop-nonce').digest();
  const nonceOf = (slice: number): string =>
    createHmac('sha256', secretKey(ownKey)).update(String(slice)).digest('base64url').slice(0, 22);
  const sliceOf = (now: Date): number => Math.floor(now.getTime() / 1000 / sliceSeconds);
  return {
    current: (now) => nonceOf(sliceOf(now)),
    isValid: (nonce, now) => {
      if (typeof nonce !== 'string') return false;
      const slice = sliceOf(now);
      return [slice, slice - 1].some((each) => isSame(nonce, nonceOf(each)));
    },
  };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
