import { nameKey } from './name-key.ts';
import { mix, permute, type Seed, type Stream } from './prng.ts';

const PREFIXES = ['51', '53', '54'] as const;

/**
 * A mobile number in E.164 with a prefix no operator has (051, 053, 054), one for each person; `stale` gives the
 * number the person had before (057).
 */
export function phoneOf(seed: Seed, index: number, stale: boolean): string {
  const tail = permute(mix(seed.b ^ (stale ? 0x88 : 0x77)), 9999, 1000, index % 9_999_000) + 1000;
  return `+84${stale ? '57' : PREFIXES[index % 3]}${String(tail).padStart(7, '0')}`;
}

/** An address in the reserved domain example.com, for three in five; null for the rest. */
export function emailOf(stream: Stream, fullName: string, index: number): string | null {
  if (!stream.chance(0.6)) return null;
  return `${nameKey(fullName).replaceAll(/[^a-z]+/gu, '.')}.${index}@example.com`;
}
