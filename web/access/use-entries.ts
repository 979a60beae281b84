import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../api/answer.ts';
import { MyAccessHistoryDocument } from '../generated/operations.ts';
import { type EntryPages, noPages, withPage } from './entry-pages.ts';

const pageSize = 20;

/** The history as far as it was read. */
export interface Entries extends EntryPages {
  readonly asking: boolean;
  /** Asks for the next page, or, after a failure, for the same one again. */
  readonly more: () => void;
}

/** Reads the history page by page; whoever changes `others` mounts it anew. */
export function useEntries(others: boolean): Entries {
  const client = useClient();
  const [pages, setPages] = useState(noPages);
  const [isAsking, setAsking] = useState(true);
  const load = useCallback(
    (after: string | null) => {
      const variables = { first: pageSize, after, others };
      void client
        .query(MyAccessHistoryDocument, variables, { requestPolicy: 'network-only' })
        .then((result) => {
          setPages((last) => withPage(last, after, answerOf(result)));
          setAsking(false);
        });
    },
    [client, others],
  );
  useEffect(() => load(null), [load]);
  const more = (): void => {
    setAsking(true);
    load(pages.next);
  };
  return { ...pages, asking: isAsking, more };
}
