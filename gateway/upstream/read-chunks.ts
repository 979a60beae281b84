import { errors } from 'undici';

/** Longer than any size, and than any extension or trailer that is worth reading. */
const LONGEST_LINE = 1_024;
const SIZE_LINE = /^([0-9a-fA-F]{1,8})(?:[ \t]*;[^\0\r\n]*)?$/;
const LF = 0x0a;

/** Reads one body in chunks (RFC 9112 section 7.1). Extensions and trailers are read past. */
export class ChunkReader {
  readonly #mostBytes: number;
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  /** What is left of the chunk being read, with the line end behind it. */
  #left = 0;
  #line = '';
  #inTrailer = false;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Takes what has come. Gives how many bytes stand behind the end of the body, null while it is not there. */
  read(bytes: Buffer): number | null {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left > 0) {
        at = this.#readData(bytes, at);
        continue;
      }
      const end = bytes.indexOf(LF, at);
      this.#line += bytes.toString('latin1', at, end < 0 ? bytes.length : end + 1);
      if (this.#line.length > LONGEST_LINE) throw new errors.HTTPParserError('chunk line');
      if (end < 0) return null;
      at = end + 1;
      if (this.#endsBody(this.#takeLine())) return bytes.length - at;
    }
    return null;
  }

  /** The body, once it is whole. */
  body(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #takeLine(): string {
    const line = this.#line;
    this.#line = '';
    if (!line.endsWith('\r\n')) throw new errors.HTTPParserError('chunk line');
    return line.slice(0, -2);
  }

  #endsBody(line: string): boolean {
    if (this.#inTrailer) return line === '';
    const [, digits] = SIZE_LINE.exec(line) ?? [];
    if (digits === undefined) throw new errors.HTTPParserError('chunk size');
    const size = Number.parseInt(digits, 16);
    if (size === 0) {
      this.#inTrailer = true;
      return false;
    }
    this.#bytes += size;
    if (this.#bytes > this.#mostBytes) throw new errors.ResponseExceededMaxSizeError();
    this.#left = size + 2;
    return false;
  }

  #readData(bytes: Buffer, at: number): number {
    const end = Math.min(at + this.#left, bytes.length);
    const dataEnd = Math.min(at + this.#left - 2, bytes.length);
    if (dataEnd > at) this.#parts.push(Buffer.from(bytes.subarray(at, dataEnd)));
    // The line end behind the data: whichever part of it is here.
    for (let place = Math.max(dataEnd, at); place < end; place += 1) {
      const expected = this.#left - (place - at) === 2 ? 0x0d : LF;
      if (bytes[place] !== expected) throw new errors.HTTPParserError('chunk end');
    }
    this.#left -= end - at;
    return end;
  }
}
