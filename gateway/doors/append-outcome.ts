import { AppError } from '@dinhdanh/kit';

/** What one call of the door comes to. */
export type AppendOutcome =
  | { readonly kind: 'written'; readonly origin: string; readonly receipts: readonly AppendedEntry[] }
  /** Nothing of it was written. */
  | { readonly kind: 'unsent'; readonly retryAfterSeconds: number }
  /** Some of it, all or nothing was written; the same batch sent again tells. */
  | { readonly kind: 'unknown'; readonly retryAfterSeconds: number };

/** What the log says of one entry. */
export type AppendedEntry =
  | { readonly index: number; readonly leafHash: string }
  | { readonly refused: string };

/** How long to wait where the log does not say, in seconds. */
export const RETRY_AFTER_SECONDS = 5;

/** What a request is told whose entries the log could not take. */
export function logUnavailable(internal: string, retryAfterSeconds = RETRY_AFTER_SECONDS): AppError {
  return new AppError('ACCESS_LOG_UNAVAILABLE', { internal, retryAfterSeconds });
}
