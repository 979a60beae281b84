import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openNonces } from './nonces.ts';
import { Recent } from './recent.ts';
import { rememberProofs } from './used-proofs.ts';

const at = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1000);

test('no proof serves twice within its life, at whatever times others come', () => {
  const life = 70;
  const anyCalls = fc.array(fc.record({ after: fc.nat(90), proof: fc.nat(5) }), { maxLength: 60 });
  fc.assert(
    fc.property(anyCalls, (calls) => {
      const used = rememberProofs(life);
      const last = new Map<number, number>();
      let now = 0;
      for (const { after, proof } of calls) {
        now += after;
        const known = last.get(proof);
        const isFirst = used.isFirst(String(proof), at(now));
        if (known !== undefined && now - known < life) expect(isFirst).toBe(false);
        if (known !== undefined && now - known >= 3 * life) expect(isFirst).toBe(true);
        if (known === undefined) expect(isFirst).toBe(true);
        if (isFirst === true) last.set(proof, now);
      }
    }),
  );
});

test('what cannot be remembered any more is not let through, and a while later it is', () => {
  const used = rememberProofs(10, 2);
  for (const proof of ['one', 'two']) expect(used.isFirst(proof, at(0))).toBe(true);
  expect(() => used.isFirst('three', at(0))).toThrow(
    expect.objectContaining({ code: 'RATE_LIMITED', status: 503 }),
  );
  expect(used.isFirst('one', at(9))).toBe(false);
  expect(used.isFirst('three', at(10))).toBe(true);
});

test('a nonce serves in its slice of time and the next, to every gateway with the key, and to no other', () => {
  const nonces = openNonces(Buffer.alloc(32, 1), 150);
  const told = nonces.current(at(0));
  expect(told).toMatch(/^[\w-]{22}$/);
  expect(nonces.isValid(told, at(150))).toBe(true);
  expect(nonces.isValid(told, at(300))).toBe(false);
  expect(nonces.isValid(told, at(-150))).toBe(false);
  expect(nonces.current(at(150))).not.toBe(told);
  expect(openNonces(Buffer.alloc(32, 1), 150).isValid(told, at(1))).toBe(true);
  expect(openNonces(Buffer.alloc(32, 2), 150).isValid(told, at(1))).toBe(false);
  for (const wrong of [undefined, null, 7, '', `${told}x`]) expect(nonces.isValid(wrong, at(0))).toBe(false);
});

test('a memory of so many forgets the oldest first', () => {
  const recent = new Recent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.set('a', 3);
  recent.set('c', 4);
  expect([recent.get('a'), recent.get('b'), recent.get('c'), recent.size]).toEqual([3, undefined, 4, 2]);
});
