import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { SUBJECT_HEADER, Truth } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import { framedAnswer } from './http-messages.ts';
import { MessageReader } from './read-messages.ts';

const SUBJECT_FIELD = new RegExp(`\r\n${SUBJECT_HEADER}: *([^\r\n]*)`, 'i');

/** Requests the subgraphs were asked, since the stub was made. */
export interface StubCounts {
  readonly asked: number;
  /** Those of a body that had not been asked before: answered truly, which costs far more than replaying. */
  readonly unknown: number;
}

/**
 * The subgraphs, each on a port of its own: what was answered once is replayed from memory, byte for byte, to whoever
 * sends the same body. Bare sockets, so that answering costs as little as it can in this process.
 */
export class UpstreamStub {
  readonly #truth: Truth;
  readonly #servers: Server[] = [];
  readonly #delayMs: number;
  #asked = 0;
  #unknown = 0;

  constructor(dataset: Dataset, delayMs: number) {
    this.#truth = new Truth(dataset);
    this.#delayMs = delayMs;
  }

  get counts(): StubCounts {
    return { asked: this.#asked, unknown: this.#unknown };
  }

  /** Opens the port of one subgraph. Gives its URL. */
  async open(service: string, perSubject: boolean): Promise<string> {
    const known = new Map<string, Buffer>();
    const answer = async (body: string, subject: string, key: string): Promise<Buffer> => {
      this.#unknown += 1;
      const told = Buffer.from(framedAnswer(await this.#truth.answer(service, body, subject)));
      known.set(key, told);
      return told;
    };
    const server = createServer({ noDelay: true }, (socket) => {
      const reader = new MessageReader();
      const send = this.#sender(socket);
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) =>
        reader.read(chunk, (head, bytes) => {
          this.#asked += 1;
          const body = bytes.toString('latin1');
          const subject = perSubject ? (SUBJECT_FIELD.exec(head)?.[1] ?? '') : '';
          const key = perSubject ? `${subject}\n${body}` : body;
          const told = known.get(key);
          if (told !== undefined) return send(told);
          answer(bytes.toString(), subject, key).then(send, () => socket.destroy());
        }),
      );
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const server of this.#servers) server.close();
  }

  #sender(socket: Socket): (told: Buffer) => void {
    const delayMs = this.#delayMs;
    if (delayMs === 0) return (told) => void socket.write(told);
    return (told) => void setTimeout(() => socket.write(told), delayMs);
  }
}
