/** What an operator may set; every name stands in `docs/config.md`. */
export interface GatewaySettings {
  /** A request is answered within this time, whatever the sources do, in milliseconds. */
  readonly deadlineMs: number;
  /** The largest request read, in bytes. */
  readonly bodyLimitBytes: number;
  /** Proxies whose word about a client's address is believed. */
  readonly trustedProxies: readonly string[];
  /** Requests a minute from one network address. */
  readonly requestsPerMinute: number;
  /** Requests under way at once in this process. */
  readonly concurrentRequests: number;
}

/** What holds unless set otherwise. */
export const defaultSettings: GatewaySettings = {
  deadlineMs: 2_000,
  bodyLimitBytes: 100 * 1024,
  trustedProxies: [],
  requestsPerMinute: 600,
  concurrentRequests: 512,
};
