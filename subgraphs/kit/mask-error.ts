import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { AppError } from './errors.ts';
import type { ErrorCode } from './errors.ts';
import { describeFailure } from './log.ts';
import type { Log } from './log.ts';

/**
 * What a service says of a failure: a code and the path, nothing else. Texts of graphql-js quote the offending value,
 * those of a database the statement; neither may leave the service, not even towards the gateway.
 */
export function maskError(failure: unknown, log: Log): GraphQLFormattedError {
  const cause = unwrapResolverError(failure);
  const path = failure instanceof GraphQLError ? failure.path : undefined;
  return {
    message: codeOf(cause, log),
    extensions: extensionsOf(cause, codeOf(cause, undefined)),
    ...(path ? { path } : {}),
  };
}

function codeOf(cause: unknown, log: Log | undefined): ErrorCode {
  if (cause instanceof AppError) return cause.code;
  // A GraphQLError that no resolver threw is graphql-js refusing the operation itself.
  if (cause instanceof GraphQLError && cause.originalError === undefined) return 'BAD_USER_INPUT';
  log?.error('SERVICE_RESOLVER_FAILED', describeFailure(cause));
  return 'SOURCE_UNAVAILABLE';
}

/** What goes with a code: where and why in codes, and when to try again. Never a text. */
export function extensionsOf(cause: unknown, code: ErrorCode): Record<string, unknown> {
  if (!(cause instanceof AppError)) return { code };
  const { field, reason, retryAfterSeconds } = cause.detail;
  return {
    code,
    ...(field === undefined ? {} : { field }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
