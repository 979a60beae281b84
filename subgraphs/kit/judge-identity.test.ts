import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeIdentity, noMatch } from './judge-identity.ts';

const outcome = fc.constantFrom(true, false, null);
const compared = fc.record({
  PERSONAL_NUMBER: fc.boolean(),
  FULL_NAME: fc.boolean(),
  DATE_OF_BIRTH: fc.boolean(),
  SEX: fc.boolean(),
  NATIONALITY: outcome,
  PERMANENT_RESIDENCE: outcome,
  IDENTITY_CARD: outcome,
});

it('names exactly what was declared and differs, and is whole where nothing does', () => {
  fc.assert(
    fc.property(compared, (fields) => {
      const { level, differing } = judgeIdentity(fields);
      const isKnown = fields.FULL_NAME || fields.DATE_OF_BIRTH;
      const wrong = Object.entries(fields).filter(([, value]) => value === false);
      expect(differing).toEqual(isKnown ? wrong.map(([field]) => field) : []);
      expect(level).toBe(!isKnown ? 'NONE' : wrong.length === 0 ? 'FULL' : 'PARTIAL');
    }),
  );
});

it('tells whoever has neither name nor date of birth what it tells of a number that nobody has', () => {
  fc.assert(
    fc.property(compared, (fields) => {
      expect(judgeIdentity({ ...fields, FULL_NAME: false, DATE_OF_BIRTH: false })).toEqual(noMatch);
    }),
  );
});
