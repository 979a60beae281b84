import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { formatCountdown } from '../format/numbers.ts';

/** Seconds running down to nought. */
export interface Countdown {
  readonly left: number;
  /** `0:42` */
  readonly text: string;
  readonly start: (seconds: number) => void;
}

/** A countdown by the clock, so that a page that slept shows the right rest. */
export function useCountdown(): Countdown {
  const [endsAt, setEndsAt] = useState(0);
  const left = useSecondsUntil(endsAt);
  const start = useCallback((seconds: number) => setEndsAt(Date.now() + seconds * 1000), []);
  return { left, text: formatCountdown(left), start };
}

/** The wait a failure asks for, counted from when it came. */
export function useCountdownFrom(failure: { readonly retryAfterSeconds: number | null }): Countdown {
  const { left, text, start } = useCountdown();
  useEffect(() => {
    if (failure.retryAfterSeconds !== null) start(failure.retryAfterSeconds);
  }, [failure, start]);
  return { left, text, start };
}

/** Whole seconds until an instant (epoch milliseconds), nought when it is past; told anew each second. */
export function useSecondsUntil(instant: number): number {
  return useSyncExternalStore(everySecond, () => Math.max(0, Math.ceil((instant - Date.now()) / 1000)));
}

function everySecond(told: () => void): () => void {
  const timer = setInterval(told, 1000);
  return () => clearInterval(timer);
}
