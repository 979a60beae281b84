import type { Answer, Failure } from '../api/answer.ts';
import { readingOf } from '../api/reading.ts';
import type { MyAccessHistoryQuery } from '../generated/operations.ts';
import { type AccessEntry, entryKey } from './entry.ts';

/** The pages of a history read so far. */
export interface EntryPages {
  /** The newest first; null before the first page came. */
  readonly entries: readonly AccessEntry[] | null;
  /** Where the next page begins; null where there is none. */
  readonly next: string | null;
  /** Why the last page asked for did not come. */
  readonly failure: Failure | null;
}

/** Before anything came. */
export const noPages: EntryPages = { entries: null, next: null, failure: null };

/** The pages with one more, which was asked for after `after`; what is there stays when the next does not come. */
export function withPage(
  pages: EntryPages,
  after: string | null,
  answer: Answer<MyAccessHistoryQuery>,
): EntryPages {
  const page = answer.data?.accessHistory ?? null;
  if (page === null) {
    const failure = readingOf(answer, ['accessHistory']).withheld() ?? answer.failures[0] ?? null;
    return failure === null ? { ...pages, entries: pages.entries ?? [], next: null } : { ...pages, failure };
  }
  const before = after === null ? [] : (pages.entries ?? []);
  const known = new Set(before.map(entryKey));
  const { hasNextPage, endCursor } = page.pageInfo;
  return {
    entries: [...before, ...page.nodes.filter((entry) => !known.has(entryKey(entry)))],
    next: hasNextPage === true ? endCursor : null,
    failure: null,
  };
}
