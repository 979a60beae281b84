/** What one service may cost the gateway. Times in milliseconds, sizes in bytes. */
export interface UpstreamLimits {
  /** The largest answer read, as it stands on the wire: answers are never decompressed. */
  readonly maxAnswerBytes: number;
  /** The largest head (status line and header fields). */
  readonly maxHeadBytes: number;
  readonly connectMs: number;
  /** No call waits longer, whatever deadline it is given; also the HTTP client's own limit for head and body. */
  readonly longestCallMs: number;
  /** An idle connection is dropped after this time, so that few go stale. */
  readonly keepAliveMs: number;
  /** Connections held open to one service. */
  readonly connections: number;
  /** Calls under way to one service, those waiting for a connection included. One more is refused at once. */
  readonly inFlight: number;
  /** The breaker opens after so many failures in a row … */
  readonly breakerFailuresInARow: number;
  /** … or when more than this share of the last `breakerWindow` calls failed … */
  readonly breakerFailureShare: number;
  readonly breakerWindow: number;
  /** … once so many of them were made. */
  readonly breakerMinimumCalls: number;
  /** The breaker stays open so long before one trial call, and twice as long after each trial that fails … */
  readonly breakerOpenMs: number;
  /** … up to this. */
  readonly breakerLongestOpenMs: number;
  /** A call given less time than this says nothing against the service when it runs out. */
  readonly fairTimeMs: number;
}

/** Sized for registries on the same site and a deadline of two seconds a request. */
export const defaultUpstreamLimits: UpstreamLimits = {
  maxAnswerBytes: 1024 * 1024,
  maxHeadBytes: 16 * 1024,
  connectMs: 1_000,
  longestCallMs: 30_000,
  keepAliveMs: 4_000,
  connections: 64,
  inFlight: 512,
  breakerFailuresInARow: 5,
  breakerFailureShare: 0.4,
  breakerWindow: 20,
  breakerMinimumCalls: 10,
  breakerOpenMs: 1_000,
  breakerLongestOpenMs: 15_000,
  fairTimeMs: 250,
};
