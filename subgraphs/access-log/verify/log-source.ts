/** Where a log is read from; what reads it stands beside, one file a kind. */

/** A log's static resources. */
export interface LogSource {
  /**
   * The bytes below the log's prefix, or null where there is nothing at the path.
   * @throws SourceUnreadable where that could not be found out, or there are more than `mostBytes`
   */
  read(path: string, mostBytes: number): Promise<Uint8Array | null>;
}

/** How a source may be reached. */
export interface SourceOptions {
  /** Bearer token for bundles of entries; null where none is needed. */
  readonly token: string | null;
  readonly timeoutMs: number;
}
