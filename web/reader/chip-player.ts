import { createHash } from 'node:crypto';
import type { ReaderCard } from './reader-card.ts';

/** Why a reading broke off, in the words of the interface. */
export type ReaderFailure =
  /** The telephone's NFC is switched off. */
  | 'NFC_OFF'
  /** No chip within reach. */
  | 'NFC_NOT_FOUND'
  /** The chip was there and is no more: hold it again, and what was read stays read. */
  | 'NFC_LOST';

/** What a reader tells while it reads, one line of JSON each. */
export type ReaderEvent =
  | { readonly event: 'FOUND'; readonly card: string; readonly files: readonly FileSize[] }
  | { readonly event: 'PROGRESS'; readonly name: string; readonly read: number; readonly size: number }
  | { readonly event: 'FILE'; readonly name: string; readonly bytes: string }
  | { readonly event: 'DONE' }
  | { readonly event: 'FAILED'; readonly code: ReaderFailure };

/** A file of a chip and its length in bytes. */
export interface FileSize {
  readonly name: string;
  readonly size: number;
}

/** How the reader stands, as its page shows it. */
export interface ReaderState {
  readonly isOn: boolean;
  /** What lies on it, in words; null for nothing. */
  readonly lying: string | null;
  /** In which file contact will be lost, once; null for none. */
  readonly losesIn: string | null;
}

/** As much as a chip gives out at once. */
const PIECE_BYTES = 1024;

/**
 * Plays what a telephone does with a card: finds it, reads its files one after another, hands it a challenge. It can be
 * told to have its NFC off, to find nothing, and to lose contact in the middle of a file. Nothing is kept of a card but
 * the card itself, while it lies there.
 */
export class ChipPlayer {
  readonly #bytesPerSecond: number;
  #isOn = true;
  #card: { readonly id: string; readonly words: string; readonly card: ReaderCard } | null = null;
  #losesIn: string | null = null;

  /** @param bytesPerSecond how fast files are read; Infinity waits for nothing */
  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  state(): ReaderState {
    return { isOn: this.#isOn, lying: this.#card?.words ?? null, losesIn: this.#losesIn };
  }

  /** Switches NFC on or off. */
  switch(isOn: boolean): void {
    this.#isOn = isOn;
  }

  /** Lays a card on the reader, or takes it away. */
  lay(card: ReaderCard | null, words = ''): void {
    this.#card = card === null ? null : { id: idOf(card), words, card };
  }

  /** Has contact lost in the middle of a file, the next time it is read; null has it kept. */
  loseIn(name: string | null): void {
    this.#losesIn = name;
  }

  /**
   * Reads what is not had yet. `card` is the one that was read from before: where another lies there now, all is read.
   * What has begun goes on only while the same card lies there and NFC is on.
   */
  async *read(card: string | null, had: ReadonlySet<string>): AsyncGenerator<ReaderEvent> {
    const lying = this.#card;
    const failure = this.#failure();
    if (failure !== null || lying === null) {
      yield { event: 'FAILED', code: failure ?? 'NFC_NOT_FOUND' };
      return;
    }
    const { files } = lying.card;
    const sizes = files.map(({ name, bytes }) => ({ name, size: bytes.length }));
    yield { event: 'FOUND', card: lying.id, files: sizes };
    for (const { name, bytes } of files) {
      if (card === lying.id && had.has(name)) continue;
      for (let read = 0; read < bytes.length; read += PIECE_BYTES) {
        await this.#pause(Math.min(PIECE_BYTES, bytes.length - read));
        if (this.#isLost(lying.id, name, read + PIECE_BYTES >= bytes.length)) {
          yield { event: 'FAILED', code: this.#isOn ? 'NFC_LOST' : 'NFC_OFF' };
          return;
        }
        yield {
          event: 'PROGRESS',
          name,
          read: Math.min(bytes.length, read + PIECE_BYTES),
          size: bytes.length,
        };
      }
      yield { event: 'FILE', name, bytes: Buffer.from(bytes).toString('base64url') };
    }
    yield { event: 'DONE' };
  }

  /** What the card answers to a challenge, or why nobody answers: it is another card, or there is none. */
  answer(card: string, challenge: Uint8Array): Uint8Array | ReaderFailure {
    const failure = this.#failure();
    if (failure !== null) return failure;
    return this.#card?.id === card ? this.#card.card.answer(challenge) : 'NFC_LOST';
  }

  #failure(): ReaderFailure | null {
    if (!this.#isOn) return 'NFC_OFF';
    return this.#card === null ? 'NFC_NOT_FOUND' : null;
  }

  /** Contact breaks once where it was told to, at the last piece of the file. */
  #isLost(card: string, name: string, isLast: boolean): boolean {
    if (!this.#isOn || this.#card?.id !== card) return true;
    if (this.#losesIn !== name || !isLast) return false;
    this.#losesIn = null;
    return true;
  }

  async #pause(bytes: number): Promise<void> {
    const milliseconds = (bytes / this.#bytesPerSecond) * 1000;
    if (milliseconds > 0) await new Promise((done) => setTimeout(done, milliseconds));
  }
}

/** A card is known again by what stands on it, and by nothing that says whose it is. */
function idOf({ files }: ReaderCard): string {
  const hash = createHash('sha256');
  for (const { name, bytes } of files) hash.update(name).update(bytes);
  return hash.digest('base64url').slice(0, 22);
}
