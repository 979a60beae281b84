import type { CompactToken, LogEvent, LogFields } from '@dinhdanh/kit';

/** What is needed of an AbortSignal; making a real one costs as much as writing a request. */
export interface AskerSignal {
  readonly aborted: boolean;
  readonly addEventListener: (type: 'abort', listener: () => void) => void;
  readonly removeEventListener: (type: 'abort', listener: () => void) => void;
}

/** One call to a service. */
export interface UpstreamCall {
  /** `/graphql` unless given; other paths are doors and may answer any JSON object. */
  readonly path?: string;
  readonly body: string | Buffer;
  /** Called once for each attempt, at most twice: a caller token is good for one (`jti`). Without it the call has none. */
  readonly sign?: () => CompactToken;
  /** Fields besides, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, by the clock of the upstream client. */
  readonly deadlineAt: number;
  /** Whether making the call twice does no harm: queries, not mutations. */
  readonly idempotent: boolean;
  /** Fires when whoever asked has gone. */
  readonly signal?: AskerSignal;
  /** Is offered the body of a good answer before it is parsed, UTF-8 that stays only until it returns; true where it is enough. */
  readonly takeBytes?: (body: Uint8Array) => boolean;
  /** For the log alone. */
  readonly requestId?: string;
}

/** Takes a line for the log; has the shape of its methods. */
export type ReportEvent = (event: LogEvent, fields: LogFields) => void;
