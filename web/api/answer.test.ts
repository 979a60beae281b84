import { CombinedError } from 'urql';
import { describe, expect, it } from 'vitest';
import { answerOf } from './answer.ts';

describe('answerOf', () => {
  it('keeps the data beside the failures, each with its code, place and source', () => {
    const error = new CombinedError({
      graphQLErrors: [
        {
          message: 'Chưa lấy được dữ liệu',
          path: ['person', 'vehicles'],
          extensions: { code: 'SOURCE_UNAVAILABLE', source: 'vehicles', retryAfterSeconds: 3 },
        },
      ],
    });
    expect(answerOf({ data: { person: {} }, error })).toEqual({
      data: { person: {} },
      failures: [
        {
          code: 'SOURCE_UNAVAILABLE',
          path: ['person', 'vehicles'],
          source: 'vehicles',
          reason: null,
          field: null,
          retryAfterSeconds: 3,
        },
      ],
      notices: [],
    });
  });

  it('a code nobody knows counts as a source that could not serve', () => {
    const error = new CombinedError({ graphQLErrors: [{ message: '', extensions: { code: 'BOOM' } }] });
    expect(answerOf({ error }).failures[0]?.code).toBe('SOURCE_UNAVAILABLE');
  });

  it('no answer at all is unreachable, and fails as a whole', () => {
    const error = new CombinedError({ networkError: new TypeError('fetch failed') });
    expect(answerOf({ error }).failures).toEqual([
      { code: 'UNREACHABLE', path: [], source: null, reason: null, field: null, retryAfterSeconds: null },
    ]);
  });

  it('reads notices of two sources that disagree, and drops what has no known form', () => {
    const notice = { code: 'SOURCE_MISMATCH', source: 'vehicles', field: 'holderName', agency: 'CSGT' };
    const extensions = { notices: [notice, { code: 'ELSE' }, null, 'x', { ...notice, source: 7 }] };
    expect(answerOf({ data: {}, extensions }).notices).toEqual([
      { source: 'vehicles', field: 'holderName', agency: 'CSGT' },
    ]);
    expect(answerOf({ data: {}, extensions: { notices: 'no list' } }).notices).toEqual([]);
  });
});
