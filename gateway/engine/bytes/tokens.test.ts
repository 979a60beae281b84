import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  areAlike,
  endOfBoolean,
  endOfFloat,
  endOfId,
  endOfInt,
  endOfNull,
  endOfScalar,
  endOfString,
  endOfToken,
  hashAt,
  valueAt,
} from './tokens.ts';

/** Text as it stands among an answer's bytes. */
const standing = (text: string | Uint8Array): Buffer => Buffer.concat([Buffer.from(text), Buffer.from([0])]);

const isInt = (value: unknown): boolean => Number.isInteger(value) && Math.abs(Number(value) + 0.5) < 2 ** 31;
const readers = {
  endOfString: [endOfString, (value: unknown) => typeof value === 'string'],
  endOfId: [endOfId, (value: unknown) => typeof value === 'string' || Number.isSafeInteger(value)],
  endOfInt: [endOfInt, isInt],
  endOfFloat: [endOfFloat, (value: unknown) => typeof value === 'number' && Number.isFinite(value)],
  endOfBoolean: [endOfBoolean, (value: unknown) => typeof value === 'boolean'],
  endOfNull: [endOfNull, (value: unknown) => value === null],
  endOfScalar: [endOfScalar, (value: unknown) => value !== null && typeof value !== 'object'],
} as const;

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom(null, -2147483648, 2147483647, 2147483648, 0, '', '"', '\\', 'Huế'),
);
/** JSON and what looks like it. */
const text = fc.oneof(
  scalar.map((value) => JSON.stringify(value)),
  fc.string({ unit: fc.constantFrom(...'"\\/bunfrt01239aeEF.+-, \t\n\u0000truefalsenull[]{}') }),
  fc.string({ unit: fc.constantFrom(...'"\\/bunfrt019aF', '\ud800', '字') }).map((inside) => `"${inside}"`),
  fc.string({ unit: fc.constantFrom(...'0123456789.-+eE') }),
);

test('what is taken for a token is one, and no other than JSON.parse says', () => {
  let taken = 0;
  fc.assert(
    fc.property(text, fc.constantFrom(...'],}'), (told, behind) => {
      const bytes = standing(told + behind);
      for (const [name, [endOf, isRight]] of Object.entries(readers)) {
        const end = endOf(bytes, 0);
        if (end < 0) continue;
        taken += 1;
        expect(end, name).toBeLessThan(bytes.length);
        const value: unknown = JSON.parse(bytes.toString('utf8', 0, end));
        expect(isRight(value), name).toBe(true);
        if (bytes[end] === behind.charCodeAt(0) && value !== null) {
          expect(endOfToken(bytes, 0)).toBe(end);
          expect(valueAt(bytes, 0)).toBe(value);
        }
      }
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(1000);
});

test('usual tokens are taken', () => {
  const usual = fc.oneof(
    fc.tuple(fc.constant('endOfString' as const), fc.string({ unit: 'binary' })),
    fc.tuple(fc.constant('endOfId' as const), fc.oneof(fc.string(), fc.nat(999_999_999))),
    fc.tuple(fc.constant('endOfInt' as const), fc.integer()),
    fc.tuple(fc.constant('endOfFloat' as const), fc.constantFrom(0, 1, -1, 0.5, -0.25, 1234.75, 100_000)),
    fc.tuple(fc.constant('endOfBoolean' as const), fc.boolean()),
    fc.tuple(fc.constant('endOfNull' as const), fc.constant(null)),
  );
  fc.assert(
    fc.property(usual, ([name, value]) => {
      const told = JSON.stringify(value);
      expect(readers[name][0](standing(`${told},`), 0)).toBe(Buffer.byteLength(told));
    }),
  );
});

test.each([
  '01',
  '-0',
  '1.',
  '.5',
  '+1',
  '-',
  '1e3',
  '2147483648',
  '"a',
  '"\u0001"',
  '"\\x"',
  '"\\u12g4"',
  'tru',
  'nul',
  '',
])('what no source should write is not taken: %s', (told) => {
  const bytes = standing(told);
  for (const endOf of [endOfInt, endOfString, endOfBoolean, endOfNull]) expect(endOf(bytes, 0)).toBe(-1);
});

test('tokens are alike where their text is, and have the same hash then', () => {
  fc.assert(
    fc.property(scalar, scalar, fc.boolean(), (first, second, isSame) => {
      const [one, other] = [first, isSame ? first : second].map((each) => JSON.stringify(each)) as [
        string,
        string,
      ];
      const bytes = standing(`${one},${other}]`);
      const at = Buffer.byteLength(one) + 1;
      expect(areAlike(bytes, 0, at)).toBe(one === other);
      if (one === other) expect(hashAt(bytes, 0, 7)).toBe(hashAt(bytes, at, 7));
    }),
    { numRuns: 1000 },
  );
  expect(areAlike(standing('1,12]'), 0, 2)).toBe(false);
  expect(areAlike(standing('12,1]'), 0, 3)).toBe(false);
});
