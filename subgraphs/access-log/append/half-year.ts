/** The time each tree is for. UTC throughout, so that every reader finds the same. */

/** A half-year: the origin of its tree ends in `label`. */
export interface HalfYear {
  /** `2026h2`. */
  readonly label: string;
  /** Its first instant, milliseconds since the epoch. */
  readonly beginsAtMs: number;
  /** The first instant after it. */
  readonly endsAtMs: number;
}

/** The half-year an instant lies in. */
export function halfYearOf(instant: Date): HalfYear {
  const year = instant.getUTCFullYear();
  const half = instant.getUTCMonth() < 6 ? 1 : 2;
  return {
    label: `${year}h${half}`,
    beginsAtMs: Date.UTC(year, half === 1 ? 0 : 6),
    endsAtMs: half === 1 ? Date.UTC(year, 6) : Date.UTC(year + 1, 0),
  };
}
