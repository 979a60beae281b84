import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveSigningKey, signingKeysAt } from './signing-keys.ts';

const seed = Buffer.alloc(32, 9);

describe('the signing keys of the authorization server', () => {
  it('are whole pairs whose kid is their thumbprint (RFC 7638), for any seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (bytes) => {
        const key = deriveSigningKey(Buffer.from(bytes), 'test');
        const { d: _, ...publicKey } = key;
        const message = Buffer.from('message');
        const signature = sign('sha256', message, createPrivateKey({ key: { ...key }, format: 'jwk' }));
        expect(verify('sha256', message, createPublicKey({ key: publicKey, format: 'jwk' }), signature)).toBe(
          true,
        );
        expect(key.kid).toBe(await calculateJwkThumbprint(publicKey));
      }),
      { numRuns: 20 },
    );
  });

  it('are the same for everybody with the seed and the time, and others for another seed', () => {
    const now = new Date('2026-11-22T03:00:00Z');
    expect(signingKeysAt(seed, now, 600)).toEqual(signingKeysAt(Buffer.alloc(32, 9), now, 600));
    const kids = [seed, Buffer.alloc(32, 8)].map((each) => signingKeysAt(each, now, 600).keys[0].kid);
    expect(new Set(kids).size).toBe(2);
  });

  it('are published a period before they sign and a period after', () => {
    const at = (period: number) => signingKeysAt(seed, new Date(period * 600_000), 600);
    const [current, next] = at(100).keys;
    expect(at(101).keys[0]).toEqual(next);
    expect(at(101).keys[2]).toEqual(current);
    expect(at(102).keys.map(({ kid }) => kid)).not.toContain(current.kid);
    expect(new Set(at(100).keys.map(({ kid }) => kid)).size).toBe(3);
  });
});
