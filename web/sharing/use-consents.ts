import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { MyConsentsDocument } from '../generated/operations.ts';
import type { Consent } from './share.ts';

const pageSize = 20;

/** Consents read so far, and the way to the rest. */
export interface Consents {
  /** The newest first; null before the first page came. */
  readonly consents: readonly Consent[] | null;
  readonly next: string | null;
  readonly failure: Failure | null;
  readonly asking: boolean;
  /** Asks for the next page, or, after a failure, for the same one again. */
  readonly more: () => void;
}

type Pages = Pick<Consents, 'consents' | 'next' | 'failure'>;

/** Reads one's consents page by page. */
export function useConsents(): Consents {
  const client = useClient();
  const [pages, setPages] = useState<Pages>({ consents: null, next: null, failure: null });
  const [isAsking, setAsking] = useState(true);
  const load = useCallback(
    (after: string | null) => {
      void client
        .query(MyConsentsDocument, { first: pageSize, after }, { requestPolicy: 'network-only' })
        .then((result) => {
          const { data, failures } = answerOf(result);
          const page = data?.me?.consents ?? null;
          setPages((last) =>
            page === null
              ? { ...last, failure: failures[0] ?? null }
              : {
                  consents: [...(after === null ? [] : (last.consents ?? [])), ...(page.nodes ?? [])],
                  next: page.pageInfo?.hasNextPage === true ? page.pageInfo.endCursor : null,
                  failure: null,
                },
          );
          setAsking(false);
        });
    },
    [client],
  );
  useEffect(() => load(null), [load]);
  const more = (): void => {
    setAsking(true);
    load(pages.next);
  };
  return { ...pages, asking: isAsking, more };
}
