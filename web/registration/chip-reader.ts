import type { ChipReadingInput } from '../generated/operations.ts';

/** Why a chip was not read: what the phone tells, and that no reader answers. */
export type ReaderFault =
  | 'NFC_OFF'
  | 'NFC_NOT_FOUND'
  | 'NFC_LOST'
  | 'READER_AWAY'
  | 'READER_FAILED'
  | 'CANCELLED';

/** How far a reading is. */
export interface ReaderProgress {
  /** The file on its way; null while the card is looked for, or proves itself. */
  readonly file: string | null;
  readonly doneBytes: number;
  readonly allBytes: number;
  readonly isProving: boolean;
}

/** What came of a reading. */
export type ReaderResult =
  | { readonly reading: ChipReadingInput; readonly fault: null }
  | { readonly reading: null; readonly fault: ReaderFault };

/**
 * Reads the chip of a card: on a phone its NFC, here a program that stands for one. What was read before the contact was
 * lost is kept for the next try with the same reader.
 */
export interface ChipReader {
  /** `challenge` is base64; never throws. */
  readonly read: (
    challenge: string,
    surroundings: { readonly onProgress: (progress: ReaderProgress) => void; readonly signal: AbortSignal },
  ) => Promise<ReaderResult>;
}
