/** The clients of the gate's bench, on a thread of their own, so that their work waits on nobody of those who are measured. */
import { Agent, request } from 'node:http';
import { parentPort } from 'node:worker_threads';
import { measure } from './closed-loop.ts';

/** One run of the clients. */
export interface ClientOrder {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly query: string;
  readonly callers: number;
  readonly seconds: number;
  /** Whether each answer must carry the receipt of an entry in a real log. */
  readonly isLogged: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 });
let turn = 0;

// A port between threads has no origin to name.
/* oxlint-disable unicorn/require-post-message-target-origin */
parentPort?.on('message', (order: ClientOrder) => {
  measure({ callers: order.callers, seconds: order.seconds, work: () => readProfile(order) }).then(
    (measured) => parentPort?.postMessage({ measured }),
    (failure: unknown) => parentPort?.postMessage({ failure: String(failure) }),
  );
});

async function readProfile({ url, tokens, query, isLogged }: ClientOrder): Promise<void> {
  turn += 1;
  const { status, text } = await post(url, tokens[turn % tokens.length] ?? '', JSON.stringify({ query }));
  // Whoever answers without its entry, or with an error, is not measured against one who does the work.
  const isWhole = status === 200 && !text.includes('"errors"') && text.includes('"accessReceipt"');
  if (!isWhole || text.includes('"origin":"none"') === isLogged) {
    throw new TypeError(`${status} ${text.slice(0, 300)}`);
  }
}

function post(url: string, token: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${token}`,
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}
