import { createHmac, hkdfSync } from 'node:crypto';

/**
 * The pseudonym of a number in a year: HMAC-SHA-256 under a key of that year, which is drawn from the master by
 * HKDF-SHA-256 (RFC 5869) with the info `pseudonym <yyyy>`. 32 bytes.
 */
export function pseudonymOf(master: Buffer, year: number, number: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', master, '', `pseudonym ${year}`, 32));
  return createHmac('sha256', key).update(number).digest();
}

/** The year whose pseudonyms an instant goes by: that of UTC. */
export function yearOf(instant: Date): number {
  return instant.getUTCFullYear();
}

/** The pseudonyms of numbers in this year and so many before it. */
export function pseudonymsOf(
  master: Buffer,
  numbers: readonly string[],
  { now, yearsKept }: { readonly now: Date; readonly yearsKept: number },
): Buffer[] {
  const years = Array.from({ length: yearsKept + 1 }, (_, back) => yearOf(now) - back);
  return years.flatMap((year) => numbers.map((number) => pseudonymOf(master, year, number)));
}
