import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useClient } from 'urql';
import { entryKey } from '../access/entry.ts';
import { answerOf } from '../api/answer.ts';
import {
  AcknowledgeAccessDocument,
  MyAccessNoticesDocument,
  type MyAccessNoticesQuery,
} from '../generated/operations.ts';

/** A reading by somebody else that its person has not been shown. */
export type AccessNotice = NonNullable<NonNullable<MyAccessNoticesQuery['accessNotices']>['nodes']>[number];

/** What others read since the history was last looked at. */
export interface AccessNews {
  readonly count: number;
  /** The newest of them. */
  readonly notices: readonly AccessNotice[];
  /** What to acknowledge once they were shown; null while there is nothing. */
  readonly until: string | null;
  /** Asks anew, if the last answer is older than this. */
  readonly refresh: (olderThanMs: number) => void;
  /** Tells the server that all up to a cursor were shown. */
  readonly acknowledge: (until: string) => void;
  /** Whether the person put the notice away; a newer one comes again. */
  readonly isHidden: boolean;
  readonly hide: () => void;
}

type News = Pick<AccessNews, 'count' | 'notices' | 'until'>;

const noNews: News = { count: 0, notices: [], until: null };

const AccessNewsContext = createContext<AccessNews>({
  ...noNews,
  refresh: () => {},
  acknowledge: () => {},
  isHidden: false,
  hide: () => {},
});

/** What is new in the access history. */
export function useAccessNews(): AccessNews {
  return useContext(AccessNewsContext);
}

/** At most so many are told apart; the count is right beyond it. */
const most = 100;
/** On the way from screen to screen, and when somebody comes back to the page. */
const freshMs = 60_000;

/**
 * Asks what is new when somebody signed in, goes to another screen or comes back to the page. To ask is a reading of the
 * log, and is itself written down: so nothing is asked while nobody looks.
 */
export function AccessNewsProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const [news, setNews] = useState(noNews);
  const [hidden, setHidden] = useState<string | null>(null);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);

  const refresh = useCallback(
    (olderThanMs: number) => {
      if (performance.now() - askedAt.current < olderThanMs) return;
      askedAt.current = performance.now();
      void client
        .query(MyAccessNoticesDocument, { first: most }, { requestPolicy: 'network-only' })
        .then((result) => {
          const told = answerOf(result).data?.accessNotices ?? null;
          // What could not be asked is not news: the history itself says why it cannot be read.
          if (told !== null)
            setNews({ count: told.count ?? 0, notices: told.nodes ?? [], until: told.until });
        });
    },
    [client],
  );
  const acknowledge = useCallback(
    (until: string) => {
      void client.mutation(AcknowledgeAccessDocument, { until }).then((result) => {
        const left = answerOf(result).data?.acknowledgeAccess ?? null;
        if (left !== null) setNews({ ...noNews, count: left });
      });
    },
    [client],
  );
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') refresh(freshMs);
    };
    look();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('hashchange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('hashchange', look);
    };
  }, [refresh]);

  const newest = news.notices[0] === undefined ? null : entryKey(news.notices[0]);
  const value = useMemo(
    () => ({
      ...news,
      refresh,
      acknowledge,
      isHidden: newest !== null && newest === hidden,
      hide: () => setHidden(newest),
    }),
    [news, newest, hidden, refresh, acknowledge],
  );
  return <AccessNewsContext value={value}>{children}</AccessNewsContext>;
}
