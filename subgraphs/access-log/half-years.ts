/** Which tree an entry goes to: one each half-year of the writer's clock, in UTC. Pure. */

/** The log's name where nothing else is said. */
export const DEFAULT_LOG_NAME = 'log.dinhdanh.example';

/** A half-year: `2026h2` and its first instant. */
export interface HalfYear {
  readonly label: string;
  readonly begins: Date;
}

/** The half-year an instant is in. */
export function halfYearOf(instant: Date): HalfYear {
  const year = instant.getUTCFullYear();
  const half = instant.getUTCMonth() < 6 ? 1 : 2;
  return { label: `${year}h${half}`, begins: new Date(Date.UTC(year, half === 1 ? 0 : 6)) };
}

/** The origin of the tree of an instant, `log.dinhdanh.example/2026h2`. */
export function originOf(name: string, instant: Date): string {
  return `${name}/${halfYearOf(instant).label}`;
}
