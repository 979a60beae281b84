import { readFile } from 'node:fs/promises';
import { AppError } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import { openTrustStore, readPem } from './trust-store.ts';
import type { TrustStore } from './trust-store.ts';

/** What chips are held against, and where it comes from. */
export interface ChipTrustSettings {
  /** PEM files of authorities, link certificates and lists of revoked certificates; where any is named, nothing else is trusted. */
  readonly cscaFiles: readonly string[];
  /** Trust in this installation's synthetic authorities; null where there are none. */
  readonly syntheticTrust: (() => Promise<TrustStore>) | null;
}

/** Whose cards we verify: cards of Vietnam, and certificates of Vietnam. */
const STATE = { country: 'VN', issuingState: 'VNM' } as const;
/** A new list of revoked certificates counts as soon as its file has been replaced for so long. */
const FRESH_MS = 60_000;

/** The trust that is in force now. Files are read again each minute, so that a new list needs no restart. */
export class ChipTrust {
  readonly #settings: ChipTrustSettings;
  readonly #clock: Clock;
  #known: { readonly at: number; readonly store: Promise<TrustStore | null> } | null = null;

  constructor(settings: ChipTrustSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /**
   * The trust store to verify a chip with; null where nobody is trusted, and no chip can be verified then.
   *
   * @throws AppError `BAD_USER_INPUT` with the field `cscaFiles` where a file cannot be read or holds nothing to trust
   */
  current(): Promise<TrustStore | null> {
    const at = this.#clock().getTime();
    if (this.#known !== null && at - this.#known.at < FRESH_MS) return this.#known.store;
    const store = this.#open();
    this.#known = { at, store };
    // What could not be read is tried again by the next who asks.
    store.catch(() => (this.#known = null));
    return store;
  }

  async #open(): Promise<TrustStore | null> {
    const { cscaFiles, syntheticTrust } = this.#settings;
    if (cscaFiles.length === 0) return syntheticTrust === null ? null : syntheticTrust();
    const texts = await Promise.all(cscaFiles.map(readText));
    const store = openTrustStore({ ...STATE, ...readPem(texts.join('\n')) });
    if (store.authorities.length === 0) throw unusable('no authority in them');
    return store;
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unusable((error as NodeJS.ErrnoException).code ?? 'unreadable');
  }
}

function unusable(why: string): AppError {
  return new AppError('BAD_USER_INPUT', { field: 'cscaFiles', internal: `accounts: cscaFiles: ${why}` });
}
