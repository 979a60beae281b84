import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_LIMIT, pageOf } from './connection.ts';

describe('a page of a list', () => {
  it('after page gives the whole list once, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: PAGE_LIMIT }), (all, first) => {
        const seen: number[] = [];
        let after: string | null = null;
        for (let turn = 0; turn <= all.length; turn += 1) {
          const page: ReturnType<typeof pageOf<number>> = pageOf(all, { first, after });
          seen.push(...page.nodes);
          after = page.pageInfo.endCursor;
          if (!page.pageInfo.hasNextPage) break;
        }
        expect(seen).toEqual(all);
      }),
    );
  });

  it('has twenty nodes unless told otherwise', () => {
    expect(pageOf(Array.from({ length: 21 }), {})).toMatchObject({ pageInfo: { hasNextPage: true } });
    expect(pageOf(Array.from({ length: 20 }), { first: null, after: null })).toMatchObject({
      pageInfo: { hasNextPage: false },
    });
  });

  it('of nothing ends nowhere', () => {
    expect(pageOf([], {})).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: PAGE_LIMIT + 1 }, 'first'],
    [{ first: 1.5 }, 'first'],
    [{ after: '' }, 'after'],
    [{ after: 'nonsense' }, 'after'],
    [{ after: Buffer.from('o:-1').toString('base64url') }, 'after'],
    [{ after: Buffer.from('o:99999999999').toString('base64url') }, 'after'],
  ])('asked for with %j is refused, and told why', (args, field) => {
    expect(() => pageOf([1], args)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', detail: { field } }),
    );
  });
});
