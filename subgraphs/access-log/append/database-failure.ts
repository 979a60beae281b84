/** What a failed statement means for the writer. */
import { AppError } from '@dinhdanh/kit';
import type { LogRefusal } from './append-entry.ts';

/** How a statement failed. */
export interface DatabaseFailure {
  readonly reason: LogRefusal;
  /** SQLSTATE, the system's own code of a broken connection, or the class of the failure: what a log line may carry. */
  readonly code: string;
  /** True where the server has said that nothing of the statement stands; else it may have been committed. */
  readonly rolledBack: boolean;
}

/** SQLSTATE of a full disk: disk_full. */
const DISK_FULL = '53100';

/** Reads a failure. An error the server lived through was rolled back; one that ended the connection says nothing. */
export function databaseFailure(failure: unknown): DatabaseFailure {
  const { code, severity } = (failure ?? {}) as { code?: unknown; severity?: unknown };
  const known = typeof code === 'string' && /^[A-Z0-9_]{4,20}$/.test(code);
  return {
    reason: code === DISK_FULL ? 'FULL' : 'DATABASE',
    code: known ? code : failure instanceof Error ? failure.name : typeof failure,
    rolledBack: severity === 'ERROR',
  };
}

/** Seconds after which an attempt is worth making again. */
const RETRY_AFTER_SECONDS: Readonly<Record<LogRefusal, number>> = {
  DATABASE: 2,
  FULL: 10,
  WITNESS_AWAY: 5,
  NOT_DURABLE: 30,
  FENCED: 5,
};

/** The refusal of everything, with its reason. */
export function unavailable(reason: LogRefusal, cause?: unknown): AppError {
  return new AppError('ACCESS_LOG_UNAVAILABLE', {
    internal: `access log: ${reason}`,
    reason,
    retryAfterSeconds: RETRY_AFTER_SECONDS[reason],
    ...(cause === undefined ? {} : { cause }),
  });
}
