import { useCallback, useEffect, useState } from 'react';
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

/** Whole seconds until an instant (epoch milliseconds), nought when it is past; told anew each second. */
export function useSecondsUntil(instant: number): number {
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((instant - now) / 1000));
  useEffect(() => {
    setNow(Date.now());
    if (instant <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= instant) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [instant]);
  return left;
}

/** The wait a failure asks for, counted from when it came. */
export function useCountdownFrom(failure: { readonly retryAfterSeconds: number | null }): Countdown {
  const { left, text, start } = useCountdown();
  useEffect(() => {
    if (failure.retryAfterSeconds !== null) start(failure.retryAfterSeconds);
  }, [failure, start]);
  return { left, text, start };
}
