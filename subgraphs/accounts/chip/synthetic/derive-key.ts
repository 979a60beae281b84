import { checkPrimeSync, createECDH, createHmac, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Which key to make. */
export type KeyKind = 'RSA_2048' | 'RSA_3072' | 'P_256' | 'P_384';

const CURVES = {
  P_256: { name: 'prime256v1', jwk: 'P-256', bytes: 32 },
  P_384: { name: 'secp384r1', jwk: 'P-384', bytes: 48 },
} as const;
const EXPONENT = 65_537n;
const SMALL_PRIMES = primesBelow(2000).map(BigInt);

/**
 * A private key that follows from a secret and a label, the same whenever it is asked for, so that a million chips need
 * no place to be kept in. For synthetic chips alone: whoever has the secret has every key.
 */
export function deriveKey(secret: Uint8Array, label: string, kind: KeyKind): KeyObject {
  const stream = streamOf(secret, `${kind} ${label}`);
  switch (kind) {
    case 'P_256':
    case 'P_384':
      return ellipticKey(stream, CURVES[kind]);
    case 'RSA_2048':
      return rsaKey(stream, 2048);
    case 'RSA_3072':
      return rsaKey(stream, 3072);
  }
}

/** As many bytes as are asked for, from HMAC-SHA-512 in counter mode. */
function streamOf(secret: Uint8Array, label: string): (length: number) => Buffer {
  let counter = 0;
  return (length) => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 64, counter += 1)
      blocks.push(createHmac('sha512', secret).update(`${label} ${counter}`).digest());
    return Buffer.concat(blocks).subarray(0, length);
  };
}

function ellipticKey(
  stream: (length: number) => Buffer,
  { name, jwk, bytes }: (typeof CURVES)[keyof typeof CURVES],
): KeyObject {
  const pair = createECDH(name);
  // A scalar beyond the order is one in 2^32 and has no key: the next one of the stream then.
  for (let made = false; !made; ) {
    try {
      pair.setPrivateKey(stream(bytes));
      made = true;
    } catch {
      made = false;
    }
  }
  const point = pair.getPublicKey();
  const d = Buffer.alloc(bytes);
  const scalar = pair.getPrivateKey();
  scalar.copy(d, bytes - scalar.length);
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: jwk,
      x: point.subarray(1, 1 + bytes).toString('base64url'),
      y: point.subarray(1 + bytes).toString('base64url'),
      d: d.toString('base64url'),
    },
  });
}

/** RSA with two primes whose two highest bits are set, so that the modulus has its full length. */
function rsaKey(stream: (length: number) => Buffer, bits: number): KeyObject {
  const p = prime(stream, bits / 16);
  const q = prime(stream, bits / 16);
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: base64url(p * q),
      e: base64url(EXPONENT),
      d: base64url(d),
      p: base64url(p),
      q: base64url(q),
      dp: base64url(d % (p - 1n)),
      dq: base64url(d % (q - 1n)),
      qi: base64url(inverse(q, p)),
    },
  });
}

/** The first prime from a place of the stream on, for whose predecessor the exponent has an inverse. */
function prime(stream: (length: number) => Buffer, bytes: number): bigint {
  const start = stream(bytes);
  start[0] = (start[0] ?? 0) | 0xc0;
  start[bytes - 1] = (start[bytes - 1] ?? 0) | 1;
  const first = BigInt(`0x${start.toString('hex')}`);
  const rests = SMALL_PRIMES.map((small) => Number(first % small));
  for (let step = 0; ; step += 2) {
    if (rests.some((rest, index) => (rest + step) % Number(SMALL_PRIMES[index]) === 0)) continue;
    const candidate = first + BigInt(step);
    if ((candidate - 1n) % EXPONENT !== 0n && checkPrimeSync(candidate)) return candidate;
  }
}

function primesBelow(end: number): number[] {
  const found: number[] = [];
  for (let number = 2; number < end; number += 1)
    if (found.every((small) => number % small !== 0)) found.push(number);
  return found;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return x < 0n ? x + modulus : x;
}

function base64url(value: bigint): string {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}
