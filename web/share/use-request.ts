import { useEffect, useState } from 'react';
import { type Known, RequestFollower, type Surroundings } from './follow-request.ts';
import type { RequestState } from './read-state.ts';

const browser: Surroundings = {
  openEvents: typeof EventSource === 'undefined' ? null : (url) => new EventSource(url),
  fetch: (url) =>
    fetch(url, { credentials: 'same-origin', cache: 'no-store', headers: { accept: 'application/json' } }),
  now: Date.now,
};

/** What is known of a request, and how to tell of a state that came by another way. */
export interface FollowedRequest {
  readonly known: Known;
  readonly take: (state: RequestState) => void;
}

/** Follows a request while the page stands. */
export function useRequest(handle: string): FollowedRequest {
  const [known, setKnown] = useState<Known>({ kind: 'asking' });
  const [follower] = useState(() => new RequestFollower(handle, setKnown, browser));
  useEffect(() => {
    follower.start();
    const wake = (): void => {
      if (document.visibilityState === 'visible') follower.askNow();
    };
    document.addEventListener('visibilitychange', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      follower.stop();
    };
  }, [follower]);
  return { known, take: follower.take };
}
