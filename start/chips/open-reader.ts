import { startReader } from '@dinhdanh/reader';
import type { RunningReader } from '@dinhdanh/reader';
import { READER_OFFSET } from '../ports.ts';
import { openCardBox } from './card-box.ts';
import type { CardPeople } from './card-box.ts';
import type { ChipKeys } from './chip-keys.ts';

/** A reader that listens, and where. */
export type OpenReader = RunningReader;

/** What of a start's options is about the reader. */
export interface ReaderStart extends CardPeople {
  readonly port: number;
  /** How fast chips are read; as fast as real ones unless told otherwise. */
  readonly chipBytesPerSecond?: number;
}

/** About what telephones get out of a chip. */
const BYTES_PER_SECOND = 20_000;

/** Its port; 0 takes a free one. */
export function readerPort({ port }: Pick<ReaderStart, 'port'>): number {
  return port === 0 ? 0 : port + READER_OFFSET;
}

/** Starts the reader with the cards of the synthetic people; it asks for nothing and makes no card before one is laid. */
export async function openReader(
  options: ReaderStart,
  keys: ChipKeys,
  gatewayOrigin: () => string | null,
): Promise<OpenReader> {
  return startReader({
    port: readerPort(options),
    gatewayOrigin,
    box: openCardBox(options, keys),
    bytesPerSecond: options.chipBytesPerSecond ?? BYTES_PER_SECOND,
  });
}
