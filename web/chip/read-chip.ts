import type { ChipReader, ReadEvent, ReadFailure } from './chip-reader.ts';

/** How a reading stands. Screens show it and nothing else; every change is handed to `onChange`. */
export interface ChipProgress {
  /**
   * `LOOKING` for a card · `READING` its files · `PROVING` that it is no copy · `READ`: all is there · `STOPPED`: see
   * `failure`; `retry` goes on.
   */
  readonly phase: 'LOOKING' | 'READING' | 'PROVING' | 'READ' | 'STOPPED';
  /** The file that is being read, `DG2` and the like; null outside `READING`. */
  readonly file: string | null;
  /** From 0 to 1, by bytes; the proof is the last bit of it. It does not go back when contact is lost. */
  readonly share: number;
  readonly failure: ReadFailure | null;
  /** Whether going on keeps what was read. */
  readonly isKept: boolean;
}

/** What was read, as it is sent on: files by their names, and the answer to the challenge, all base64url. */
export interface ChipRead {
  readonly groups: Readonly<Record<string, string>>;
  readonly response: string;
}

/** What a reading needs. */
export interface ReadingOptions {
  readonly reader: ChipReader;
  /**
   * Brings a fresh challenge of the server's (base64url, eight bytes), asked for when the files have been read; a retry
   * asks for another, since a challenge is for one answer.
   */
  readonly obtainChallenge: () => Promise<string>;
  readonly onChange: (progress: ChipProgress) => void;
}

/** A reading under way. */
export interface ChipReading {
  /** Goes on after `STOPPED`, with what was read before if the same card is there; does nothing while it reads. */
  readonly retry: () => Promise<ChipRead | null>;
  /** Ends it; what was read is forgotten. */
  readonly cancel: () => void;
}

const START: ChipProgress = { phase: 'LOOKING', file: null, share: 0, failure: null, isKept: false };
/** What of the way is files; the rest is the proof. */
const FILES_SHARE = 0.95;

/**
 * The door to reading a card's chip in the browser (screens of R76 to R83). Make a reading, call `retry()` for the first
 * try as for all later ones, show what `onChange` tells, and send on what `retry()` brings once it is not null:
 *
 * ```ts
 * const url = await findReader();                       // null: tell that no reader runs
 * const reading = openReading({ reader: loopbackReader(url), obtainChallenge, onChange: setProgress });
 * const read = await reading.retry();                   // null: stopped, progress.failure says why; offer retry
 * ```
 *
 * Failures and what helps: `NFC_OFF` switch NFC on (R79) · `NFC_NOT_FOUND` move the card slowly along the telephone (R82) ·
 * `NFC_LOST` hold both still, it goes on where it was (R81) · `READER_UNAVAILABLE` start the reader. Files stay in memory and
 * go nowhere but into what `retry()` brings. It throws only what `obtainChallenge` throws, and can be called again then.
 */
export function openReading(options: ReadingOptions): ChipReading {
  const reading = new Reading(options);
  return { retry: () => reading.retry(), cancel: () => reading.cancel() };
}

/** What is known of one card while it is read. */
class Reading {
  readonly #options: ReadingOptions;
  readonly #ending = new AbortController();
  readonly #files = new Map<string, string>();
  #sizes: ReadonlyMap<string, number> = new Map();
  #card: string | null = null;
  #progress = START;
  #isBusy = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  async retry(): Promise<ChipRead | null> {
    if (this.#isBusy || this.#ending.signal.aborted) return null;
    this.#isBusy = true;
    try {
      this.#change({ phase: 'LOOKING', file: null, failure: null });
      const failure = await this.#readFiles();
      return failure === null ? await this.#prove() : this.#stop(failure);
    } finally {
      this.#isBusy = false;
    }
  }

  cancel(): void {
    this.#ending.abort();
    this.#files.clear();
  }

  /** Reads what is not had yet; null when all is there. */
  async #readFiles(): Promise<ReadFailure | null> {
    const had = { card: this.#card, names: [...this.#files.keys()] };
    for await (const event of this.#options.reader.read(had, this.#ending.signal)) {
      if (event.event === 'DONE') return null;
      if (event.event === 'FAILED') return event.code;
      this.#take(event);
    }
    return 'READER_UNAVAILABLE';
  }

  #take(event: Exclude<ReadEvent, { event: 'DONE' | 'FAILED' }>): void {
    switch (event.event) {
      case 'FOUND':
        if (event.card !== this.#card) {
          // Another card: nothing of the first may be mixed into it.
          this.#files.clear();
          this.#progress = START;
        }
        this.#card = event.card;
        this.#sizes = new Map(event.files.map(({ name, size }) => [name, size]));
        this.#change({ phase: 'READING', file: null, share: this.#share(0) });
        return;
      case 'PROGRESS':
        this.#change({ phase: 'READING', file: event.name, share: this.#share(event.read) });
        return;
      case 'FILE':
        this.#files.set(event.name, event.bytes);
        this.#change({ phase: 'READING', file: event.name, share: this.#share(0) });
    }
  }

  /** The card answers a challenge; one that has been taken away since cannot. */
  async #prove(): Promise<ChipRead | null> {
    this.#change({ phase: 'PROVING', file: null, share: FILES_SHARE });
    const challenge = await this.#options.obtainChallenge();
    const { signal } = this.#ending;
    const answer = await this.#options.reader.challenge(this.#card ?? '', challenge, signal);
    if ('code' in answer) return this.#stop(answer.code);
    this.#change({ phase: 'READ', share: 1, isKept: true });
    return { groups: Object.fromEntries(this.#files), response: answer.response };
  }

  #stop(failure: ReadFailure): null {
    this.#change({ phase: 'STOPPED', file: null, failure, isKept: this.#files.size > 0 });
    return null;
  }

  #change(changes: Partial<ChipProgress>): void {
    this.#progress = { ...this.#progress, ...changes };
    if (!this.#ending.signal.aborted) this.#options.onChange(this.#progress);
  }

  /** How far the files are read, with some bytes of the one that is under way; never less than was told before. */
  #share(read: number): number {
    let [whole, had] = [0, read];
    for (const [name, size] of this.#sizes) {
      whole += size;
      if (this.#files.has(name)) had += size;
    }
    const share = whole === 0 ? 0 : (had / whole) * FILES_SHARE;
    return Math.max(this.#progress.share, Math.min(FILES_SHARE, share));
  }
}
