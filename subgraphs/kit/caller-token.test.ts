import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyHash, ReplayGuard, signCallerToken, verifyCallerToken } from './caller-token.ts';
import type { CallerToken } from './caller-token.ts';
import { expected, token } from './sample-token.ts';

const { key, body, now } = expected;
const seconds = token.iat;
const changed = (members: Partial<Record<keyof CallerToken, unknown>>): string =>
  signCallerToken({ ...token, ...members } as CallerToken, key);
const withHeader = (header: object): string => {
  const [, payload] = signCallerToken(token, key).split('.');
  const signed = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
};

describe('a caller token', () => {
  it('says after verification what was signed', () => {
    expect(verifyCallerToken(signCallerToken(token, key), expected)).toEqual(token);
  });

  it('of any size and any letters says after verification what was signed', () => {
    for (const length of [1, 100, 6_000, 60_000]) {
      const long = { ...token, legalBasis: 'Nghị định ệ'.repeat(length).slice(0, length) };
      expect(verifyCallerToken(signCallerToken(long, key), expected)).toEqual(long);
    }
  });

  it.each<[string, string]>([
    ['is no token', 'x'],
    ['has no signature', signCallerToken(token, key).replace(/\.[^.]*$/, '.')],
    ['has a fourth part', `${signCallerToken(token, key)}.x`],
    ['is signed with another key', signCallerToken(token, Buffer.alloc(32, 2))],
    ['names no algorithm', withHeader({ alg: 'none', typ: 'caller+jwt' })],
    ['is a token of another kind', withHeader({ alg: 'HS256', typ: 'at+jwt' })],
    ['is of another issuer', changed({ iss: 'sharing' })],
    ['is for another service', changed({ aud: 'population' })],
    ['lives too long', changed({ exp: seconds + 31 })],
    ['is of the future', changed({ iat: seconds + 6, exp: seconds + 36 })],
    ['has expired', changed({ iat: seconds - 36, exp: seconds - 6 })],
    ['has no end', changed({ exp: undefined })],
    ['has no beginning', changed({ iat: undefined })],
    ['has a text for an end', changed({ exp: 'never' })],
    ['is for another body', changed({ bh: bodyHash(`${body} `) })],
  ])('that %s is refused', (_, compact) => {
    expect(() => verifyCallerToken(compact, expected)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    );
  });

  it('is refused with any one character changed', () => {
    const compact = signCallerToken(token, key);
    fc.assert(
      fc.property(
        fc.nat(compact.length - 1),
        fc.constantFrom('A', 'b', '3', '_', '.'),
        (place, character) => {
          const bent = compact.slice(0, place) + character + compact.slice(place + 1);
          // The last character of a signature has bits that nobody reads.
          fc.pre(bent !== compact && place < compact.length - 1);
          expect(() => verifyCallerToken(bent, expected)).toThrow(
            expect.objectContaining({ code: 'UNAUTHENTICATED' }),
          );
        },
      ),
    );
  });

  it('allows clocks to differ by five seconds', () => {
    for (const offset of [-5, 35]) {
      const at = new Date((seconds + offset) * 1000);
      expect(verifyCallerToken(signCallerToken(token, key), { ...expected, now: at })).toEqual(token);
    }
  });
});

describe('a token that comes again', () => {
  it('is refused for as long as it could still be good, however many others came between', () => {
    const steps = fc.array(fc.nat(40_000), { maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(200_000), steps, (start, waits) => {
        const guard = new ReplayGuard();
        const first = now.getTime() + start;
        guard.admit('mine', new Date(first));
        let at = first;
        for (const [turn, wait] of waits.entries()) {
          at += wait;
          // 30 seconds of life and 5 of difference between clocks on either side.
          if (at - first > 40_000) break;
          guard.admit(`other-${turn}`, new Date(at));
          expect(() => guard.admit('mine', new Date(at))).toThrow(
            expect.objectContaining({ code: 'UNAUTHENTICATED' }),
          );
        }
      }),
    );
  });

  it('is forgotten when it has long expired, so that memory has an end', () => {
    const guard = new ReplayGuard();
    const at = (offset: number) => new Date(now.getTime() + offset);
    guard.admit('mine', at(0));
    guard.admit('x', at(50_000));
    guard.admit('y', at(100_000));
    expect(() => guard.admit('mine', at(100_001))).not.toThrow();
  });
});
