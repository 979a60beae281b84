import { AppError } from '@dinhdanh/kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

describe('a turnstile', () => {
  it('never lets more in than it has places, and everybody in turn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (scheduler, places) => {
        const turnstile = new Turnstile(places, 100);
        const begun: number[] = [];
        let inside = 0;
        let most = 0;
        const visits = Array.from({ length: 12 }, (_, visitor) =>
          turnstile
            .pass(async () => {
              begun.push(visitor);
              inside += 1;
              most = Math.max(most, inside);
              await scheduler.schedule(Promise.resolve());
              inside -= 1;
              // One in three fails: a place must not be lost with it.
              if (visitor % 3 === 0) throw new AppError('TIMEOUT');
            })
            .catch(() => undefined),
        );
        await scheduler.waitFor(Promise.all(visits));
        expect(most).toBeLessThanOrEqual(places);
        expect(begun).toEqual(Array.from({ length: 12 }, (_, visitor) => visitor));
      }),
    );
  });

  it('turns away whom it has no room to let wait', async () => {
    const turnstile = new Turnstile(1, 1);
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = turnstile.pass(() => promise);
    const second = turnstile.pass(async () => 'second');
    await expect(turnstile.pass(async () => 'third')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    resolve('first');
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
    expect(await turnstile.pass(async () => 'fourth')).toBe('fourth');
  });
});
