import type { Client } from 'urql';
import { describe, expect, it } from 'vitest';
import { type ExportEnd, fetchExport, fileName } from './save-export.ts';

interface Page {
  readonly text: string;
  readonly count: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Answers each request with the next page; null where the server fails. */
function clientOf(pages: readonly (Page | null)[], asked: unknown[] = []): Client {
  const rest = [...pages];
  return {
    query: (_document: unknown, variables: unknown) => ({
      toPromise: () => {
        asked.push(variables);
        return Promise.resolve({ data: { accessExport: rest.shift() ?? null } });
      },
    }),
  } as unknown as Client;
}

const page = (text: string, endCursor: string | null): Page => ({
  text,
  count: 2,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
});

async function run(
  pages: readonly (Page | null)[],
  signal = new AbortController().signal,
  asked: unknown[] = [],
) {
  const progress: number[] = [];
  const end: ExportEnd = await fetchExport({
    client: clientOf(pages, asked),
    filter: { atNight: true },
    format: 'JSON_LINES',
    onProgress: (count) => progress.push(count),
    signal,
  });
  return { end, progress };
}

describe('an export', () => {
  it('is all pages in their order, asked for one after the other', async () => {
    const asked: unknown[] = [];
    const { end, progress } = await run([page('a\nb\n', '2'), page('c\nd\n', null)], undefined, asked);
    expect(end).toMatchObject({ state: 'saved', count: 4, origins: [] });
    expect(end.state === 'saved' && (await end.text.text())).toBe('a\nb\nc\nd\n');
    expect(progress).toEqual([2, 4]);
    expect(asked).toEqual([
      { filter: { atNight: true }, format: 'JSON_LINES', first: 200, after: null },
      { filter: { atNight: true }, format: 'JSON_LINES', first: 200, after: '2' },
    ]);
  });

  it('tells which logs its lines are of: the verifier needs the key of each', async () => {
    const pages = [
      page(
        '{"origin":"log/2026h2","index":1,"entry":{"origin":"no"}}\n{"origin":"log/2026h2","index":0}\n',
        '2',
      ),
      page('{"origin":"log/2026h1","index":9}\n', null),
    ];
    expect((await run(pages)).end).toMatchObject({ origins: ['log/2026h1', 'log/2026h2'] });
  });

  it('a page that fails leaves no file', async () => {
    expect((await run([page('a\n', '2'), null])).end).toEqual({ state: 'failed', failure: null });
  });

  it('a page that leads to itself ends it', async () => {
    expect((await run([page('a\n', '2'), page('b\n', '2')])).end.state).toBe('failed');
  });

  it('stops when it is told to, without a file', async () => {
    const abort = new AbortController();
    abort.abort();
    expect((await run([page('a\n', '2'), page('b\n', null)], abort.signal)).end).toEqual({
      state: 'cancelled',
    });
  });

  it('is named by when it was made in Viet Nam, and by nothing of what is in it', () => {
    const now = new Date('2026-11-21T17:05:00Z');
    expect(fileName('CSV', now)).toBe('access-log-20261122-0005.csv');
    expect(fileName('JSON_LINES', now)).toBe('access-log-20261122-0005.jsonl');
  });
});
