import { halfYearOf } from './append/half-year.ts';

/** The log's name where nothing else is said. */
export const DEFAULT_LOG_NAME = 'log.dinhdanh.example';

/** The origin of the tree of an instant, `log.dinhdanh.example/2026h2`. */
export function originOf(name: string, instant: Date): string {
  return `${name}/${halfYearOf(instant).label}`;
}
