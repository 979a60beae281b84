/**
 * What a registry keeps of a call it answered, as far as it is held against the log: by the service while it runs, and
 * by the verifier offline. One rule for both.
 */

/** One call that was answered. */
export interface ServedCall {
  /** The service that answered. */
  readonly service: string;
  /** `<request>.<step>.<attempt>`. */
  readonly callId: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  readonly actorKind: string;
  /** Persons it could touch. */
  readonly subjects: number;
  /** Claims it asked for. */
  readonly claims: number;
}

/**
 * How far the time of an entry may lie from the call it covers: a request lives seconds, clocks differ by less than a
 * minute, and a request's id opens no second call on another day.
 */
export const ENTRY_WINDOW_MS = 600_000;

/**
 * Whether a call must have an entry. One without a claim told nothing of anybody (a session that ended); a system that
 * may touch nobody reads keys and counts, which the log holds where there were any.
 */
export function needsEntry({ actorKind, subjects, claims }: ServedCall): boolean {
  return claims > 0 && (subjects > 0 || actorKind !== 'system');
}

/** The request a call belongs to. */
export function requestOf(callId: string): string {
  const dot = callId.indexOf('.');
  return dot < 0 ? callId : callId.slice(0, dot);
}
