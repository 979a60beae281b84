import { randomBytes } from 'node:crypto';
import { systemClock } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import type { AppendEntry } from './entry.ts';

/** What refused attempts are written down with. */
export interface RefusedAttemptsOptions {
  /** How long attempts are counted before an entry tells how many there were, in seconds. */
  readonly seconds: number;
  /** Takes an entry that nobody waits for. */
  readonly write: (entry: AppendEntry) => void;
  readonly clock?: Clock;
}

/** Attempts of one kind that have an entry each; the rest of a period have one together. */
export const ENTRIES_EACH = 20;
/** Kinds with a name in them that are counted apart in one period; more of them are counted without the name. */
const NAMES_MOST = 200;

interface Counted {
  /** Attempts that had an entry each. */
  written: number;
  /** Attempts that stand in the entry of the period. */
  counted: number;
  entry: AppendEntry;
}

/**
 * Sees to it that each refused attempt stands in the access log, and that nobody can fill the log by being refused: who is
 * known has an entry an attempt, up to {@link ENTRIES_EACH} of a kind in a period, and what is beyond, as everything of
 * those who have not proved who they are, has one entry together when the period ends. Its request id tells the
 * period and how many there were: `attempts:17:2026-11-22T05:44:00Z:3f9c2b1a`.
 */
export class RefusedAttempts {
  readonly #options: RefusedAttemptsOptions;
  #kinds = new Map<string, Counted>();
  #since = new Date(0);
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RefusedAttemptsOptions) {
    this.#options = options;
  }

  /**
   * Counts an attempt of somebody who has proved who they are. True where its entry is to be written by itself, which is the
   * caller's to do.
   */
  known(entry: AppendEntry): boolean {
    const kind = this.#kind(entry);
    if (kind.written >= ENTRIES_EACH) {
      kind.counted += 1;
      return false;
    }
    kind.written += 1;
    return true;
  }

  /** Counts an attempt of nobody knows who, in whose ever name. */
  unproved(entry: AppendEntry): void {
    this.#kind(entry).counted += 1;
  }

  /** Ends the period: an entry for each kind that was counted. */
  flush(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    const kinds = this.#kinds;
    this.#kinds = new Map();
    for (const { counted, entry } of kinds.values()) {
      if (counted > 0) this.#options.write(together(entry, counted, this.#since));
    }
  }

  #kind(entry: AppendEntry): Counted {
    this.#begin();
    const name = `${entry.refusal}\n${entry.actor.id}\n${entry.consentId}`;
    const known = this.#kinds.get(name);
    if (known !== undefined) return known;
    // Refusals are few; names in them are as many as somebody cares to make up or to find out.
    if (this.#kinds.size >= NAMES_MOST && !isNobody(entry)) return this.#kind(nameless(entry));
    const kind = { written: 0, counted: 0, entry };
    this.#kinds.set(name, kind);
    return kind;
  }

  #begin(): void {
    if (this.#timer !== null) return;
    this.#since = (this.#options.clock ?? systemClock)();
    this.#timer = setTimeout(() => this.flush(), this.#options.seconds * 1000).unref();
  }
}

/** As whom an entry names those of whom nothing is known. */
export const NOBODY: AppendEntry['actor'] = { kind: 'system', id: 'unknown-client', session: null };

function isNobody({ actor, consentId }: AppendEntry): boolean {
  return actor.id === NOBODY.id && consentId === null;
}

function nameless(entry: AppendEntry): AppendEntry {
  return { ...entry, actor: NOBODY, subjects: [], purpose: 'sharing', consentId: null, claims: [], level: 0 };
}

/** One entry of many attempts: they came from where they came from, so it names no address. */
function together(entry: AppendEntry, count: number, since: Date): AppendEntry {
  const { detail: _, ...rest } = entry;
  const period = since.toISOString().replace(/\.\d+/, '');
  return { ...rest, requestId: `attempts:${count}:${period}:${randomBytes(4).toString('hex')}` };
}
