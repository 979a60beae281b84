import type { LogEvent, LogFields } from '@dinhdanh/kit';

/** One call to a service. */
export interface UpstreamCall {
  /** `/graphql` unless given; other paths are doors and may answer any JSON object. */
  readonly path?: string;
  readonly body: string | Buffer;
  /** Called once for each attempt, at most twice: a caller token is good for one (`jti`). */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, by the clock of the upstream client. */
  readonly deadlineAt: number;
  /** Whether making the call twice does no harm: queries, not mutations. */
  readonly idempotent: boolean;
  /** Fires when whoever asked has gone. */
  readonly signal?: AbortSignal;
  /** For the log alone. */
  readonly requestId?: string;
}

/** Takes a line for the log; has the shape of its methods. */
export type ReportEvent = (event: LogEvent, fields: LogFields) => void;
