import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { LogEvent, LogFields } from './log-events.ts';

/** Structured logging (JSON lines on stderr) from the catalogue of events alone. */
export interface Log {
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
}

/** The levels a log may be opened at. */
export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

/** Opens the log of one service. `destination` is for tests; standard error otherwise. */
export function openLog(service: string, level: LogLevel, destination?: DestinationStream): Log {
  const out = pino(
    { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    destination ?? pino.destination({ dest: 2, sync: false }),
  );
  return {
    info: (event, fields) => out.info(fields ?? {}, event),
    warn: (event, fields) => out.warn(fields ?? {}, event),
    error: (event, fields) => out.error(fields ?? {}, event),
  };
}

/** What may be told of an unexpected failure: its class and where in our code it arose, never its message, which may quote data. */
export function describeFailure(failure: unknown): LogFields {
  if (!(failure instanceof Error)) return { errorName: typeof failure };
  const frame = failure.stack
    ?.split('\n')
    .find((line) => line.includes('.ts:') && !line.includes('node_modules'));
  const at = frame?.match(/([\w-]+\/[\w.-]+\.ts:\d+)/)?.[1];
  return { errorName: failure.name, ...(at === undefined ? {} : { at }) };
}
