/** How the log is published and what happens without witnesses. */
export interface PublishSettings {
  /** Between two looks at what is new. */
  readonly intervalMs: number;
  /** A witness is asked again after this time though nothing is new, so that its absence shows. */
  readonly refreshSeconds: number;
  /** How long it may take to answer. */
  readonly timeoutMs: number;
  /** A witness that is away this long is an alarm; a restart is none. */
  readonly alarmAfterSeconds: number;
  /** So long entries are taken without the quorum. */
  readonly witnessMinutes: number;
  /** How many of the witnesses must have cosigned what is published; null for all. */
  readonly quorum: number | null;
  /** Whether one that refuses stops the log at once. */
  readonly refusalStops: boolean;
}
