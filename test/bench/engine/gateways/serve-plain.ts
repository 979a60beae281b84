import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SUBJECT_HEADER } from '../dataset.ts';
import { tellPort } from '../orders.ts';

/** A GraphQL request as it came in. */
export interface PlainRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** For whom it is; empty for nobody. */
  readonly subject: string;
}

/** An answer of so many characters is long. */
const LONG = 16_384;

/** Serves POST /graphql with node:http alone, and tells the parent where: around our engine, and around the floor. */
export function servePlain(answer: (request: PlainRequest) => Promise<string | Buffer>): void {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString();
      const { query, variables } = JSON.parse(text) as PlainRequest;
      const subject = request.headers[SUBJECT_HEADER];
      answer({
        query,
        subject: typeof subject === 'string' ? subject : '',
        ...(variables === undefined ? {} : { variables }),
      }).then(
        (json) => {
          // A short answer and its head are one write; a long one is encoded once, where text would be copied to its head first.
          const body = typeof json === 'string' && json.length >= LONG ? Buffer.from(json) : json;
          response.writeHead(200, {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          });
          response.end(body);
        },
        (failure: unknown) => response.writeHead(500).end(String(failure)),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => tellPort((server.address() as AddressInfo).port));
}
