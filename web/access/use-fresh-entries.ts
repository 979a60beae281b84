import { useEffect, useState } from 'react';
import { useAccessNews } from '../session/access-news.tsx';
import { type AccessEntry, entryKey } from './entry.ts';

/** Long enough on the screen to have been seen. */
const glanceMs = 2000;

/** Which entries are new to the person. */
export interface FreshEntries {
  /** Their keys; an entry stays new as long as the screen stands, also when the server knows it as shown. */
  readonly fresh: ReadonlySet<string>;
  /** How many new ones are not in the list yet. */
  readonly unseen: number;
}

/**
 * Which entries of the list are new, and tells the server that they were shown: once all of them are in the list and the
 * page was looked at for a moment.
 */
export function useFreshEntries(entries: readonly AccessEntry[] | null): FreshEntries {
  const { count, notices, until, refresh, acknowledge } = useAccessNews();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  // The list is read now: what was asked on another screen may be less.
  useEffect(() => refresh(0), [refresh]);
  const unknown = notices.map(entryKey).filter((key) => !fresh.has(key));
  if (unknown.length > 0) setFresh(new Set([...fresh, ...unknown]));

  const listed = new Set(entries?.map(entryKey));
  const shown = notices.filter((notice) => listed.has(entryKey(notice))).length;
  const beyond = Math.max(0, count - notices.length);
  // Of those the notices do not tell apart, the list holds as many as it is longer.
  const others = (entries ?? []).filter(({ mine }) => !mine).length;
  const unseen = entries === null ? count : notices.length - shown + (others >= count ? 0 : beyond);
  useEffect(() => {
    if (until === null || count === 0 || unseen > 0) return;
    let timer = 0;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible')
        timer = window.setTimeout(() => acknowledge(until), glanceMs);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [until, count, unseen, acknowledge]);
  return { fresh, unseen };
}
