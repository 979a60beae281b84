import type { GatewaySettings } from '../settings.ts';

/** Many times what a write takes, in milliseconds. */
const LOG_TIME_MS = 500;

/**
 * How much of a request's time is the access log's, in milliseconds: sources have so much less than the request, since what
 * they brought must still be written down. A gateway too busy to keep that gives the log as much all the same, and is late
 * rather than throwing a finished answer away.
 */
export function logTimeMs({ deadlineMs }: Pick<GatewaySettings, 'deadlineMs'>): number {
  return Math.min(LOG_TIME_MS, deadlineMs / 4);
}
