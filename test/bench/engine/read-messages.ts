const END_OF_HEAD = '\r\n\r\n';
const NOTHING = Buffer.alloc(0);

/** What is told of a whole message: its head as text, without the empty line, and its body. */
export type TakeMessage = (head: string, body: Buffer) => void;

/**
 * Cuts the bytes of one kept-alive connection into HTTP/1.1 messages (RFC 9112 section 6), as far as the bench needs it:
 * a body with a length or in chunks, or none.
 */
export class MessageReader {
  #held: Buffer[] = [];
  #heldBytes = 0;
  #neededBytes = 0;

  /** Takes what has come and tells each message that is whole by now. */
  read(chunk: Buffer, take: TakeMessage): void {
    let bytes = chunk;
    if (this.#heldBytes > 0) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      if (this.#heldBytes < this.#neededBytes) return;
      bytes = Buffer.concat(this.#held, this.#heldBytes);
      this.#held = [];
      this.#heldBytes = 0;
    }
    while (bytes.length > 0) {
      const end = takeOne(bytes, take);
      if (end.neededBytes > 0) {
        this.#held = [bytes];
        this.#heldBytes = bytes.length;
        this.#neededBytes = end.neededBytes;
        return;
      }
      bytes = end.at === bytes.length ? NOTHING : bytes.subarray(end.at);
    }
  }
}

interface End {
  readonly at: number;
  /** 0 for a whole message. */
  readonly neededBytes: number;
}

function takeOne(bytes: Buffer, take: TakeMessage): End {
  const headEnd = bytes.indexOf(END_OF_HEAD, 0, 'latin1');
  if (headEnd < 0) return { at: 0, neededBytes: bytes.length + 1 };
  const head = bytes.toString('latin1', 0, headEnd);
  const start = headEnd + END_OF_HEAD.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const at = start + Number(length);
    if (at > bytes.length) return { at: 0, neededBytes: at };
    take(head, bytes.subarray(start, at));
    return { at, neededBytes: 0 };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) {
    take(head, NOTHING);
    return { at: start, neededBytes: 0 };
  }
  return takeChunks(bytes, start, (body) => take(head, body));
}

function takeChunks(bytes: Buffer, start: number, take: (body: Buffer) => void): End {
  const parts: Buffer[] = [];
  const more = { at: 0, neededBytes: bytes.length + 1 };
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at, 'latin1');
    if (lineEnd < 0) return more;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const dataEnd = lineEnd + 2 + size;
    if (dataEnd + 2 > bytes.length) return more;
    if (size === 0) {
      take(Buffer.concat(parts));
      return { at: dataEnd + 2, neededBytes: 0 };
    }
    parts.push(bytes.subarray(lineEnd + 2, dataEnd));
    at = dataEnd + 2;
  }
}
