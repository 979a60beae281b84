import { randomFillSync } from 'node:crypto';

/** Bytes of a salt: as many as nobody can try. */
const SALT_BYTES = 16;

// Drawn for 256 entries at a time, which costs a twelfth of drawing for each. What was given out is never given again.
const drawn = Buffer.alloc(256 * SALT_BYTES);
let used = drawn.length;

/** 16 bytes of chance in base64url, so that nobody finds an entry by hashing what it may say. */
export function drawSalt(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += SALT_BYTES;
  return drawn.toString('base64url', used - SALT_BYTES, used);
}
