import { fold } from './fold.ts';

/** Something that must stand nowhere, and what it is: told of a hit in its place, so that no report repeats a person's data. */
export interface Word {
  readonly kind: string;
  readonly text: string;
}

/** Where a word was found. */
export interface Hit {
  readonly place: string;
  readonly kind: string;
  /** How the place had it: `as text`, or `in base64`. */
  readonly form: string;
}

/** Letters that begin a word: by these it is looked up. */
const BEGINNING = 5;
/** Five bytes of five bits: the hash of the last five bytes, with nothing of the sixth. */
const HASH_BITS = 25;
const HASH_MASK = 2 ** HASH_BITS - 1;
/** A hit that so many more letters and digits stand around is by chance: inside a hash, a key, a pseudonym. */
const MOST_AROUND = 8;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** Long enough for a number in base64; shorter ones hold none. */
const BASE64_RUN = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
/** So much of what a run of base64 decodes to must be text for it to be one. */
const TEXT_SHARE = 0.9;

/**
 * Looks for hundreds of thousands of words at once. Each place is read once: a rolling hash of the last five letters says
 * in one look at a bitmap whether any word begins so; only then words are compared (the filter of Rabin and Karp).
 */
export class WordFinder {
  readonly #bitmap = new Uint8Array(2 ** (HASH_BITS - 3));
  readonly #words = new Map<string, Word[]>();
  /** How many different words are looked for. */
  readonly size: number;

  constructor(words: Iterable<Word>) {
    const seen = new Set<string>();
    for (const { kind, text } of words) {
      const folded = fold(text);
      if (folded.length < BEGINNING)
        throw new RangeError(`a ${kind} of ${folded.length} letters is too short to look for`);
      if (seen.has(folded)) continue;
      seen.add(folded);
      this.#learn({ kind, text: folded });
    }
    this.size = seen.size;
  }

  /** What is found in a place, each kind once. */
  find(place: string, content: Uint8Array | string): Hit[] {
    const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
    const kinds = this.#kindsIn(text);
    const hits = [...kinds].map((kind) => ({ place, kind, form: 'as text' }));
    const decoded = decodedRuns(text).flatMap((run) => [...this.#kindsIn(run)]);
    return [...hits, ...[...new Set(decoded)].map((kind) => ({ place, kind, form: 'in base64' }))];
  }

  #learn(word: Word): void {
    const bytes = Buffer.from(word.text, 'latin1');
    let hash = 0;
    for (let at = 0; at < BEGINNING; at += 1) hash = ((hash << 5) + (bytes[at] ?? 0)) & HASH_MASK;
    this.#bitmap[hash >> 3] = (this.#bitmap[hash >> 3] ?? 0) | (1 << (hash & 7));
    const beginning = word.text.slice(0, BEGINNING);
    const known = this.#words.get(beginning);
    if (known === undefined) this.#words.set(beginning, [word]);
    else known.push(word);
  }

  #kindsIn(raw: string): Set<string> {
    const text = fold(raw).replaceAll(UUID, ' ');
    const bytes = Buffer.from(text, 'latin1');
    const bitmap = this.#bitmap;
    const kinds = new Set<string>();
    let hash = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      hash = ((hash << 5) + (bytes[at] as number)) & HASH_MASK;
      if (((bitmap[hash >> 3] as number) & (1 << (hash & 7))) === 0) continue;
      const start = at - BEGINNING + 1;
      for (const { kind, text: word } of this.#words.get(text.slice(start, at + 1)) ?? []) {
        if (!kinds.has(kind) && text.startsWith(word, start) && standsAlone(text, start, word))
          kinds.add(kind);
      }
    }
    return kinds;
  }
}

const isWordly = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Not the middle of a longer number, nor of a hash. */
function standsAlone(text: string, start: number, word: string): boolean {
  const end = start + word.length;
  if (isDigit(word.charCodeAt(0)) && isDigit(text.charCodeAt(start - 1))) return false;
  if (isDigit(word.charCodeAt(word.length - 1)) && isDigit(text.charCodeAt(end))) return false;
  const isName = !isDigit(word.charCodeAt(word.length - 1)) && word.includes(' ');
  let around = 0;
  for (let at = start - 1; isWordly(text.charCodeAt(at)); at -= 1) around += 1;
  for (let at = end; isWordly(text.charCodeAt(at)); at += 1) around += 1;
  return around <= (isName ? 0 : MOST_AROUND);
}

/** What stands in base64 and is text, such as the middle of a token. */
function decodedRuns(text: string): string[] {
  return (text.match(BASE64_RUN) ?? [])
    .map((run) => Buffer.from(run, 'base64'))
    .filter(isText)
    .map((bytes) => bytes.toString('utf8'));
}

function isText(bytes: Buffer): boolean {
  let printable = 0;
  for (const byte of bytes) if ((byte >= 32 && byte < 127) || byte >= 0xc3) printable += 1;
  return printable >= bytes.length * TEXT_SHARE;
}
