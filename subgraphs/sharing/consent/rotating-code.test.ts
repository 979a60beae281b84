import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_STEP_MS, checkCode, linkCode, readCode, rotatingCode } from './rotating-code.ts';
import type { CodeSecret } from './rotating-code.ts';

const began = new Date('2026-11-22T03:00:00.000Z');
const secret: CodeSecret = {
  handle: 'AbCdEfGhIjKlMnOpQrStUv',
  codeKey: Buffer.alloc(32, 5),
  codeFrom: began,
};
const at = (ms: number): Date => new Date(began.getTime() + ms);
const check = (code: string, now: Date, by: CodeSecret = secret): string | null => {
  const presented = readCode(code);
  return presented === null ? null : checkCode(by, presented, now);
};

describe('the code in the picture', () => {
  it('is a name, a step, a door and a proof, none of which a QR reader trips over', () => {
    expect(rotatingCode(secret, at(0)).code).toMatch(/^AbCdEfGhIjKlMnOpQrStUv\.0\.q\.[\w-]{16}$/);
    expect(rotatingCode(secret, at(72_000)).code).toMatch(/\.10\.q\./);
  });

  it('changes every two seconds, and tells when', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), (ms) => {
        const { code, nextInMs } = rotatingCode(secret, at(ms));
        expect(nextInMs).toBeGreaterThan(0);
        expect(rotatingCode(secret, at(ms + nextInMs - 1)).code).toBe(code);
        expect(rotatingCode(secret, at(ms + nextInMs)).code).not.toBe(code);
      }),
    );
  });

  it('is taken in its own step and the one after it, and never once two steps have gone by', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600_000 }),
        fc.integer({ min: 0, max: 60_000 }),
        (shown, later) => {
          const { code, nextInMs } = rotatingCode(secret, at(shown));
          const expected = later < nextInMs + CODE_STEP_MS ? 'valid' : 'expired';
          expect(check(code, at(shown + later))).toBe(expected);
        },
      ),
    );
  });

  it('is forged with any letter put otherwise, and of no use for another request or after a new code', () => {
    const { code } = rotatingCode(secret, at(10_000));
    for (let place = 0; place < code.length; place += 1) {
      const other = code[place] === 'x' ? 'y' : 'x';
      expect(check(code.slice(0, place) + other + code.slice(place + 1), at(10_000))).not.toBe('valid');
    }
    expect(check(code, at(10_000), { ...secret, codeKey: Buffer.alloc(32, 6) })).toBe('forged');
    expect(check(code, at(10_000), { ...secret, handle: 'ZbCdEfGhIjKlMnOpQrStUv' })).toBe('forged');
  });

  it('cannot be turned into the one of the link, which would not rotate', () => {
    const { code } = rotatingCode(secret, at(0));
    expect(check(code.replace('.q.', '.l.'), at(0))).toBe('forged');
    expect(check(linkCode(secret).replace('.l.', '.q.'), at(0))).toBe('forged');
  });
});

describe('the code in the link', () => {
  it('stays as long as the request can be claimed', () => {
    expect(check(linkCode(secret), at(119_000))).toBe('valid');
  });
});

it.each(['', 'AbCdEfGhIjKlMnOpQrStUv', 'short.0.q.AAAAAAAAAAAAAAAA', 'AbCdEfGhIjKlMnOpQrStUv.-1.q.AAAAAAAAAAAAAAAA'])(
  'text that is no code is not read: %j',
  (text) => {
    expect(readCode(text)).toBeNull();
  },
);
