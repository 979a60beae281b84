import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf, placeOf } from './place.ts';

describe('a cursor', () => {
  it('leads back to its place', () => {
    fc.assert(
      fc.property(
        fc.record({
          at: fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
          shard: fc.nat({ max: 32_767 }),
          index: fc.maxSafeNat(),
        }),
        (place) => {
          expect(placeOf(cursorOf(place))).toEqual(place);
        },
      ),
    );
  });

  it('of any other making is refused, with the name of its argument', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => placeOf(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
      }),
    );
    for (const inner of ['1.2', '1.2.3.4', '1.99999.3', '1.2.9007199254740993', '01.2.3', "1.2.3'"])
      expect(() => placeOf(Buffer.from(inner).toString('base64url'), 'after')).toThrow(
        expect.objectContaining({ detail: { field: 'after' } }),
      );
  });

  it('that is not given begins at the newest', () => {
    expect(placeOf(null)).toBeNull();
    expect(placeOf(undefined)).toBeNull();
  });
});
