import { errors } from 'undici';
import type { AnswerHeaders } from './call-pool.ts';
import { ChunkReader } from './read-chunks.ts';

/** What one connection's answers may measure, in bytes. */
export interface AnswerSizes {
  readonly maxHeadBytes: number;
  readonly maxAnswerBytes: number;
}

/** Told of one answer: its head, then its whole body, whose bytes are only good until the call returns. */
export interface AnswerSink {
  readonly onHead: (status: number, headers: AnswerHeaders) => void;
  readonly onBody: (bytes: Buffer) => void;
}

const END_OF_HEAD = '\r\n\r\n';
const NOTHING = Buffer.alloc(0);
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\0\r\n]*)?$/;
const START = 'HTTP/1.';
/** A name is a token and stands right before its colon (RFC 9112 section 5.1); no line is folded (section 5.2). */
const FIELD_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\0\r\n]*?)[ \t]*$/;
const LENGTH = /^\d{1,15}$/;

/** How the body of the answer being read ends. */
type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunks'; readonly reader: ChunkReader }
  | { readonly kind: 'close' };

/**
 * Reads the answers of one connection, one after the other (RFC 9112). What is not plainly HTTP/1.x is refused and never
 * guessed at: two lengths, a length beside chunks, folded lines, any transfer coding but `chunked`.
 */
export class AnswerReader {
  readonly #sizes: AnswerSizes;
  /** The part of a head that has come. */
  #held: Buffer = NOTHING;
  #framing: Framing | null = null;
  /** The body as far as it has come, where it did not come in one piece. */
  #parts: Buffer[] = [];
  #partBytes = 0;
  /** Whether the peer keeps the connection after this answer. */
  keepsOpen = true;
  /** How long the peer says it keeps an idle connection, in milliseconds; null where it does not say. */
  keptMs: number | null = null;

  constructor(sizes: AnswerSizes) {
    this.#sizes = sizes;
  }

  /**
   * Takes what has come; `sink` is told. Gives true once the answer is whole.
   *
   * @throws errors of undici, for answers that are too large, end too early or are no HTTP
   */
  read(bytes: Buffer, sink: AnswerSink): boolean {
    let rest = bytes;
    while (this.#framing === null) {
      const after = this.#readHead(rest, sink);
      if (after === null) return false;
      rest = after;
    }
    return this.#readBody(this.#framing, rest, sink);
  }

  /** The peer has ended the connection. Gives true where that ends the answer, false where it came too early. */
  end(sink: AnswerSink): boolean {
    if (this.#framing?.kind !== 'close') return false;
    this.#finish(this.#gathered(), sink);
    return true;
  }

  /** Reads one head; gives the bytes behind it, null where it is not whole yet. */
  #readHead(bytes: Buffer, sink: AnswerSink): Buffer | null {
    const whole = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const end = whole.indexOf(END_OF_HEAD, 0, 'latin1');
    const length = end < 0 ? whole.length : end + END_OF_HEAD.length;
    if (length > this.#sizes.maxHeadBytes) throw new errors.HeadersOverflowError();
    if (end < 0) {
      const begun = whole.toString('latin1', 0, START.length);
      if (!START.startsWith(begun)) throw malformed('no HTTP');
      // What was handed over is read into again.
      this.#held = this.#held.length === 0 ? Buffer.from(whole) : whole;
      return null;
    }
    this.#held = NOTHING;
    const { status, version, headers } = parseHead(whole.toString('latin1', 0, end));
    const rest = whole.subarray(length);
    // An informational answer comes before the answer (RFC 9110 section 15.2); nobody asked to switch protocols.
    if (status === 101) throw malformed('switched protocols');
    if (status < 200) return rest;
    this.keepsOpen = keepsOpen(version, headers);
    this.keptMs = keptMs(headers['keep-alive']);
    this.#framing = framingOf(status, headers, this.#sizes.maxAnswerBytes);
    if (this.#framing.kind === 'close') this.keepsOpen = false;
    sink.onHead(status, headers);
    const { maxAnswerBytes } = this.#sizes;
    if (this.#framing.kind === 'length' && this.#framing.bytes > maxAnswerBytes) throw tooLarge();
    return rest;
  }

  #readBody(framing: Framing, bytes: Buffer, sink: AnswerSink): boolean {
    if (framing.kind === 'none') return this.#finish(NOTHING, sink, bytes.length);
    if (framing.kind === 'chunks') {
      const left = framing.reader.read(bytes);
      return left === null ? false : this.#finish(framing.reader.body(), sink, left);
    }
    if (framing.kind === 'close') {
      this.#keep(bytes);
      return false;
    }
    const missing = framing.bytes - this.#partBytes;
    if (bytes.length < missing) {
      this.#keep(bytes);
      return false;
    }
    const last = bytes.length === missing ? bytes : bytes.subarray(0, missing);
    if (this.#partBytes === 0) return this.#finish(last, sink, bytes.length - missing);
    this.#parts.push(last);
    return this.#finish(this.#gathered(), sink, bytes.length - missing);
  }

  #keep(bytes: Buffer): void {
    this.#partBytes += bytes.length;
    if (this.#partBytes > this.#sizes.maxAnswerBytes) throw tooLarge();
    if (bytes.length > 0) this.#parts.push(Buffer.from(bytes));
  }

  #gathered(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** What comes behind an answer belongs to none: the connection is not used again. */
  #finish(body: Buffer, sink: AnswerSink, bytesBehind = 0): boolean {
    this.#framing = null;
    this.#parts = [];
    this.#partBytes = 0;
    if (bytesBehind > 0) this.keepsOpen = false;
    sink.onBody(body);
    return true;
  }
}

interface Head {
  readonly status: number;
  readonly version: string;
  readonly headers: AnswerHeaders;
}

function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const [, version = '', status = ''] = STATUS_LINE.exec(first) ?? [];
  if (status === '') throw malformed('status line');
  // Without what every object inherits: a peer may name a field as it likes.
  const headers = Object.create(null) as Record<string, string | string[] | undefined>;
  for (const line of lines) {
    const [, field = '', value = ''] = FIELD_LINE.exec(line) ?? [];
    if (field === '') throw malformed('header line');
    const name = field.toLowerCase();
    const known = headers[name];
    if (known === undefined) headers[name] = value;
    else headers[name] = typeof known === 'string' ? [known, value] : [...known, value];
  }
  return { status: Number(status), version, headers };
}

/** RFC 9112 section 6.3, without what a client need not put up with. */
function framingOf(status: number, headers: AnswerHeaders, most: number): Framing {
  const { 'content-length': length, 'transfer-encoding': coding } = headers;
  if (status === 204 || status === 304) return { kind: 'none' };
  if (coding !== undefined) {
    if (length !== undefined || typeof coding !== 'string' || coding.toLowerCase() !== 'chunked') {
      throw malformed('transfer coding');
    }
    return { kind: 'chunks', reader: new ChunkReader(most) };
  }
  if (length === undefined) return { kind: 'close' };
  if (typeof length !== 'string' || !LENGTH.test(length)) throw malformed('content length');
  return { kind: 'length', bytes: Number(length) };
}

function keepsOpen(version: string, { connection }: AnswerHeaders): boolean {
  if (connection === undefined) return version === '1';
  const said = String(connection).toLowerCase();
  return version === '1' ? !said.includes('close') : said.includes('keep-alive');
}

function keptMs(field: string | string[] | undefined): number | null {
  const [, seconds] = /(?:^|[ ,])timeout=(\d{1,6})/i.exec(String(field ?? '')) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}

/** The text of an answer never stands in an error: it may quote data. */
function malformed(what: string): Error {
  return new errors.HTTPParserError(what);
}

function tooLarge(): Error {
  return new errors.ResponseExceededMaxSizeError();
}
