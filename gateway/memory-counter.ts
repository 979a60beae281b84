import type { OpenRateCounter } from './rate-counter.ts';

/** The requests of one key since its window began. */
interface Window {
  count: number;
  readonly endsAt: number;
}

/**
 * Opens a counter in the memory of this process. A key's window begins with its first request and lasts as the rule says; what
 * comes beyond the number is refused until it ends. All windows last alike, so those that began first end first, and what
 * has ended is forgotten by whoever counts next: memory holds the keys of one window and no timer.
 */
export const openMemoryCounter: OpenRateCounter = (_, { requests, perSeconds }) => {
  const lastsMs = perSeconds * 1_000;
  const windows = new Map<string, Window>();
  const forget = (now: number): void => {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > now) return;
      windows.delete(key);
    }
  };
  return {
    take: (key) => {
      const now = performance.now();
      const known = windows.get(key);
      if (known !== undefined && known.endsAt > now) {
        known.count += 1;
        return known.count > requests ? waitOf(known, now) : 0;
      }
      forget(now);
      const begun = { count: 1, endsAt: now + lastsMs };
      windows.set(key, begun);
      return requests < 1 ? waitOf(begun, now) : 0;
    },
    look: (key) => {
      const now = performance.now();
      const known = windows.get(key);
      const isOpen = known === undefined || known.endsAt <= now || known.count < requests;
      return isOpen ? 0 : waitOf(known, now);
    },
  };
};

function waitOf({ endsAt }: Window, now: number): number {
  return Math.max(1, Math.ceil(endsAt - now));
}
