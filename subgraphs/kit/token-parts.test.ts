import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyCallerToken } from './caller-token.ts';
import { keepText } from './kept-lists.ts';
import { expected, token } from './sample-token.ts';
import {
  joinTokenParts,
  signTokenParts,
  writeCall,
  writeIdentifiers,
  writeKeptPart,
  writeReach,
  writeTokenPart,
} from './token-parts.ts';

const { key, body, now } = expected;

describe('a token of parts', () => {
  it('says what all of them say', () => {
    const { jti, bh, ...rest } = token;
    const [one, other] = [writeTokenPart(rest), writeTokenPart({ jti, bh })];
    expect(verifyCallerToken(signTokenParts(one, other, key), expected)).toEqual(token);
    const { act, ...others } = rest;
    const joined = joinTokenParts(writeTokenPart({ act }), writeTokenPart(others));
    expect(verifyCallerToken(signTokenParts(joined, other, key), expected)).toEqual(token);
  });

  it('says whose identifiers it carries, whatever a subject is called, each once', () => {
    const { ids: _, ...rest } = token;
    const identifiers = {
      ...{
        kind: 'CITIZEN' as const,
        personalNumber: '097190000011',
        cancelledNumbers: [],
        oldIdNumber: null,
      },
      ...{ matchName: 'nguyen van an', dateOfBirth: '1990-03-02', passports: ['C1234567'] },
    };
    const subjects = ['7', 'a "b" \\ c', 'ệ', 's_1', 's_1'];
    const written = writeIdentifiers(new Map(subjects.map((subject) => [subject, identifiers])));
    const compact = signTokenParts(writeTokenPart(rest), written, key);
    const of = Object.fromEntries(subjects.map((subject) => [subject, identifiers]));
    expect(verifyCallerToken(compact, expected)).toEqual({ ...token, ids: of });
    const ofNobody = signTokenParts(writeTokenPart(rest), writeIdentifiers(new Map()), key);
    expect(verifyCallerToken(ofNobody, expected).ids).toEqual({});
  });

  it('says whom it is about and for which claims, whether the lists are kept or not', () => {
    const claims = fc.array(fc.string());
    const grant = fc.record(
      { id: fc.string(), as: fc.constantFrom('self', 'guardian'), claims, relation: fc.string() },
      { requiredKeys: ['id', 'as', 'claims'] },
    );
    const { subjects: _, claims: __, ...rest } = token;
    fc.assert(
      fc.property(fc.array(grant), claims, fc.boolean(), (subjects, all, isKept) => {
        if (isKept) for (const list of [all, ...subjects.map((each) => each.claims)]) keepText(list);
        const compact = signTokenParts(writeTokenPart(rest), writeReach(subjects, all), key);
        expect(verifyCallerToken(compact, expected)).toEqual({ ...token, subjects, claims: all });
      }),
    );
  });

  it('says which call it is bound to, whatever that is called', () => {
    const { aud: _, iat: __, exp: ___, jti: ____, bh: _____, ...rest } = token;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (aud, jti) => {
        const compact = signTokenParts(writeTokenPart(rest), writeCall(aud, jti, body, now), key);
        expect(verifyCallerToken(compact, { ...expected, audience: aud })).toEqual({ ...token, aud, jti });
      }),
    );
  });

  it('says the same of parts that are kept, which are ASCII', () => {
    const { legalBasis: _, ...rest } = token;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (legalBasis) => {
        const kept = writeKeptPart({ legalBasis });
        expect(kept).toMatch(/^[\x20-\x7f]*$/);
        const compact = signTokenParts(writeTokenPart(rest), kept, key);
        expect(verifyCallerToken(compact, expected)).toEqual({ ...token, legalBasis });
      }),
    );
  });
});
