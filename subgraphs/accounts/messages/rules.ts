import type { Sent } from './carrier.ts';

/** How often a message is tried that a carrier has not refused for good. Tries while nothing goes at all do not count. */
export const MOST_ATTEMPTS = 8;

/** Whoever takes a message has it for so long, in seconds; then it is anybody's again. Longer than any try lasts. */
export const LEASE_SECONDS = 60;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 300_000;
const FIRST_AWAY_MS = 1_000;
const LONGEST_AWAY_MS = 60_000;

/** What a message becomes after a try. */
export type NextStep =
  | { readonly step: 'sent'; readonly ids: readonly string[] }
  | { readonly step: 'fail'; readonly reason: string }
  /** Again at `at`; `counts` whether the try is one of {@link MOST_ATTEMPTS}. */
  | { readonly step: 'wait'; readonly at: Date; readonly counts: boolean };

/**
 * Decides what follows from a try. The pause doubles from two seconds to five minutes; where a carrier is away it is the
 * carrier's, {@link awayPauseMs}.
 *
 * @param attempts how many tries there were, this one among them
 * @param awayMs how long nothing is tried by that carrier
 */
export function nextStep(sent: Sent, attempts: number, now: Date, awayMs: number): NextStep {
  switch (sent.outcome) {
    case 'sent':
      return { step: 'sent', ids: sent.ids };
    case 'refused':
      return { step: 'fail', reason: sent.reason };
    case 'away':
      return { step: 'wait', at: new Date(now.getTime() + awayMs), counts: false };
    case 'later': {
      if (attempts >= MOST_ATTEMPTS) return { step: 'fail', reason: sent.reason };
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
      return { step: 'wait', at: new Date(now.getTime() + pauseMs), counts: true };
    }
    default:
      return sent;
  }
}

/** How long nothing is tried by a carrier that was away so many times in a row: from a second, doubling, to a minute. */
export function awayPauseMs(times: number): number {
  return times <= 0 ? 0 : Math.min(FIRST_AWAY_MS * 2 ** (times - 1), LONGEST_AWAY_MS);
}
