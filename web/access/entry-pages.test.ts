import { describe, expect, it } from 'vitest';
import type { Answer, Failure } from '../api/answer.ts';
import type { MyAccessHistoryQuery } from '../generated/operations.ts';
import type { AccessEntry } from './entry.ts';
import { noPages, withPage } from './entry-pages.ts';
import { sampleEntry } from './sample-entry.ts';

function page(nodes: readonly AccessEntry[], endCursor: string | null = null): Answer<MyAccessHistoryQuery> {
  const pageInfo = { hasNextPage: endCursor !== null, endCursor };
  return { data: { accessHistory: { nodes, pageInfo } }, failures: [], notices: [] };
}

const away: Failure = {
  code: 'ACCESS_LOG_UNAVAILABLE',
  path: [],
  source: null,
  reason: null,
  field: null,
  retryAfterSeconds: 3,
};
const failed: Answer<MyAccessHistoryQuery> = { data: null, failures: [away], notices: [] };

describe('the pages of the history', () => {
  it('follow each other, and an entry that comes twice stands once', () => {
    const first = withPage(noPages, null, page([sampleEntry(9), sampleEntry(8)], 'c8'));
    expect(first).toMatchObject({ next: 'c8', failure: null });
    const both = withPage(first, 'c8', page([sampleEntry(8), sampleEntry(7)]));
    expect(both.entries?.map(({ index }) => index)).toEqual([9, 8, 7]);
    expect(both.next).toBeNull();
  });

  it('of two half-years, the same place in each is two entries', () => {
    const old = sampleEntry(9, { origin: 'log.example/2026h1' });
    expect(withPage(noPages, null, page([sampleEntry(9), old])).entries).toHaveLength(2);
  });

  it('what is there stays when the next page does not come, and its place is kept for another try', () => {
    const first = withPage(noPages, null, page([sampleEntry(9)], 'c9'));
    const broken = withPage(first, 'c9', failed);
    expect(broken).toEqual({ ...first, failure: away });
    expect(withPage(broken, 'c9', page([sampleEntry(8)]))).toMatchObject({ next: null, failure: null });
  });

  it('a history that could not be read is not an empty one', () => {
    expect(withPage(noPages, null, failed)).toEqual({ entries: null, next: null, failure: away });
    expect(withPage(noPages, null, page([]))).toEqual({ entries: [], next: null, failure: null });
  });

  it('a first page asked for again replaces what stood', () => {
    const first = withPage(noPages, null, page([sampleEntry(9)], 'c9'));
    expect(withPage(first, null, page([sampleEntry(10)])).entries?.map(({ index }) => index)).toEqual([10]);
  });
});
