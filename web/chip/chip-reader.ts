/** Why a reading broke off: what the reader tells, and that no reader answers. */
export type ReadFailure = 'NFC_OFF' | 'NFC_NOT_FOUND' | 'NFC_LOST' | 'READER_UNAVAILABLE';

/** What a reader tells while it reads; one after another, `DONE` or `FAILED` the last. */
export type ReadEvent =
  | {
      readonly event: 'FOUND';
      readonly card: string;
      readonly files: readonly { readonly name: string; readonly size: number }[];
    }
  | { readonly event: 'PROGRESS'; readonly name: string; readonly read: number; readonly size: number }
  /** `bytes` is base64url. */
  | { readonly event: 'FILE'; readonly name: string; readonly bytes: string }
  | { readonly event: 'DONE' }
  | { readonly event: 'FAILED'; readonly code: ReadFailure };

/**
 * The reader port: whatever can read a chip. The one that is shipped is a program on loopback that stands for a telephone
 * (`loopback-reader.ts`); an app on a telephone puts its own NFC behind the same two functions.
 */
export interface ChipReader {
  /** Reads the files that are not had yet. Never throws: what breaks is an event. */
  readonly read: (had: ReadSoFar, signal: AbortSignal) => AsyncIterable<ReadEvent>;
  /** Hands the card a challenge (base64url, eight bytes) and brings its answer (base64url), or why there is none. */
  readonly challenge: (
    card: string,
    challenge: string,
    signal: AbortSignal,
  ) => Promise<{ readonly response: string } | { readonly code: ReadFailure }>;
}

/** What has been read of which card. */
export interface ReadSoFar {
  /** Null before a card was found. */
  readonly card: string | null;
  readonly names: readonly string[];
}
