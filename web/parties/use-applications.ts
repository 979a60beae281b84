import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { ApplicationsDocument } from '../generated/operations.ts';
import type { RelyingParty } from './relying-party.ts';

const pageSize = 20;

/** Applications read so far, and the way to the rest. */
export interface Applications {
  /** The oldest first; null before the first page came. */
  readonly list: readonly RelyingParty[] | null;
  readonly next: string | null;
  readonly failure: Failure | null;
  readonly asking: boolean;
  /** Asks for the next page, or, after a failure, for the same one again. */
  readonly more: () => void;
  /** Takes one that was decided out of the list. */
  readonly decided: (id: string) => void;
}

type Pages = Pick<Applications, 'list' | 'next' | 'failure'>;

/** Reads what waits for an operator, page by page. */
export function useApplications(): Applications {
  const client = useClient();
  const [pages, setPages] = useState<Pages>({ list: null, next: null, failure: null });
  const [asking, setAsking] = useState(true);
  const load = useCallback(
    (after: string | null) => {
      void client
        .query(ApplicationsDocument, { first: pageSize, after }, { requestPolicy: 'network-only' })
        .then((result) => {
          const { data, failures } = answerOf(result);
          const page = data?.relyingPartyApplications ?? null;
          setPages((last) =>
            page === null
              ? { ...last, failure: failures[0] ?? null }
              : {
                  list: [...(after === null ? [] : (last.list ?? [])), ...page.nodes],
                  next: page.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null,
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
  const decided = (id: string): void =>
    setPages((last) => ({ ...last, list: last.list?.filter((party) => party.id !== id) ?? null }));
  return { ...pages, asking, more, decided };
}
