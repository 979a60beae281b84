/** Numbers as C2SP formats write them: ASCII decimals without leading zeros. */
import { type Result, done, refused } from './result.ts';

/** Reads `0` or a decimal without sign and leading zeros, up to 2^53 − 1. */
export function parseDecimal(text: string): Result<number> {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) return refused('number-malformed');
  const number = Number(text);
  return Number.isSafeInteger(number) ? done(number) : refused('number-too-large');
}
