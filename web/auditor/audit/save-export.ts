import type { Client } from 'urql';
import { answerOf, type Failure } from '../../api/answer.ts';
import {
  type AccessLogFilter,
  AuditExportDocument,
  type AuditExportQueryVariables,
  type ExportFormat,
} from '../../generated/audit-operations.ts';

/** How an export ended; `origins` are the logs its JSON lines are of. */
export type ExportEnd =
  | {
      readonly state: 'saved';
      readonly count: number;
      readonly text: Blob;
      readonly origins: readonly string[];
    }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: Failure | null };

interface ExportRequest {
  readonly client: Client;
  readonly filter: AccessLogFilter;
  readonly format: ExportFormat;
  /** Told after each page how many entries have come. */
  readonly onProgress: (count: number) => void;
  readonly signal: AbortSignal;
}

/** The most the server gives at a time. */
const pageSize = 200;
const types: Readonly<Record<ExportFormat, string>> = {
  CSV: 'text/csv;charset=utf-8',
  JSON_LINES: 'application/jsonl;charset=utf-8',
};

/** Fetches all entries that match, page by page, into one file. A page that fails leaves no file: half an export lies. */
export async function fetchExport({
  client,
  filter,
  format,
  onProgress,
  signal,
}: ExportRequest): Promise<ExportEnd> {
  const parts: string[] = [];
  const origins = new Set<string>();
  let count = 0;
  let after: string | null = null;
  for (;;) {
    const variables: AuditExportQueryVariables = { filter, format, first: pageSize, after };
    const result = await client
      .query(AuditExportDocument, variables, { requestPolicy: 'network-only' })
      .toPromise();
    if (signal.aborted) return { state: 'cancelled' };
    const { data, failures } = answerOf(result);
    const page = data?.accessExport ?? null;
    if (page === null || page.text === null || page.pageInfo === null)
      return { state: 'failed', failure: failures[0] ?? null };
    parts.push(page.text);
    for (const [, origin = ''] of page.text.matchAll(/^\{"origin":"([^"\\]+)"/gm)) origins.add(origin);
    count += page.count ?? 0;
    onProgress(count);
    if (page.pageInfo.hasNextPage !== true)
      return {
        state: 'saved',
        count,
        text: new Blob(parts, { type: types[format] }),
        origins: [...origins].toSorted(),
      };
    // A page that leads to itself would be asked for for ever.
    if (page.pageInfo.endCursor === null || page.pageInfo.endCursor === after)
      return { state: 'failed', failure: null };
    after = page.pageInfo.endCursor;
  }
}

/** Hands a file to the browser to be saved. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the next turn, whatever it asks the person first.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** `access-log-20261121-1003.jsonl`: when it was made, by the clock of Viet Nam; the case is no part of the name. */
export function fileName(format: ExportFormat, now: Date): string {
  const local = new Date(now.getTime() + 7 * 3_600_000).toISOString();
  const stamp = `${local.slice(0, 10).replaceAll('-', '')}-${local.slice(11, 16).replace(':', '')}`;
  return `access-log-${stamp}.${format === 'CSV' ? 'csv' : 'jsonl'}`;
}
