/** The witness on HTTP: one path that matters, small bodies, no patience. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Witness, WitnessAnswer } from './witness.ts';

/** Where it listens. */
export interface WitnessListening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** How it is served. */
export interface WitnessServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Told of what should not have happened, such as a disk that is full. */
  readonly onFailure: (failure: unknown) => void;
  /** For tests of slow clients; the defaults are for the rest. */
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number; readonly checkMs: number };
}

/** A checkpoint with a hundred signatures and the longest proof is below a third of this. */
const MOST_BODY_BYTES = 64 * 1024;
const TIMEOUTS = { headersMs: 5_000, requestMs: 10_000, checkMs: 1_000 };

/** The one who asked has gone, or was shown out for being slow: nothing to be told of. */
class ClientGone extends Error {}

type Answer = Omit<WitnessAnswer, 'status'> & { readonly status: number };

/** Starts to listen. @throws the listening's error, such as EADDRINUSE */
export async function serveWitness(
  witness: Witness,
  { host, port, onFailure, timeouts = TIMEOUTS }: WitnessServerOptions,
): Promise<WitnessListening> {
  const server = createServer(
    {
      maxHeaderSize: 8 * 1024,
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
      keepAliveTimeout: 60_000,
    },
    (request, response) => {
      answer(witness, request)
        .catch((failure: unknown): Answer => {
          if (failure instanceof ClientGone) return text(400, 'incomplete');
          onFailure(failure);
          return text(500, 'failed');
        })
        .then((given) => send(request, response, given), onFailure);
    },
  );
  server.maxConnections = 256;
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done));
  return { port: (server.address() as AddressInfo).port, close: () => closeSoon(server) };
}

async function answer(witness: Witness, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0];
  if (path === '/healthz') return request.method === 'GET' ? text(200, 'ok') : text(405, 'GET');
  if (path !== '/add-checkpoint') return text(404, 'not found');
  if (request.method !== 'POST') return text(405, 'POST');
  const body = await readBody(request);
  return body === null ? text(413, 'too large') : witness.addCheckpoint(body);
}

/** The body, or null for one that is too long, of which no more is read. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) return null;
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > MOST_BODY_BYTES) return null;
      parts.push(part);
    }
  } catch (cause) {
    throw new ClientGone('incomplete', { cause });
  }
  return Buffer.concat(parts);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType, body }: Answer,
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // What was not read to its end cannot be followed by another request.
    ...(request.complete ? {} : { connection: 'close' }),
  });
  response.end(body);
}

function text(status: number, line: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${line}\n` };
}

/** Finishes what is under way, for a second at most. */
async function closeSoon(server: Server): Promise<void> {
  const patience = setTimeout(() => server.closeAllConnections(), 1_000);
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });
  clearTimeout(patience);
}
