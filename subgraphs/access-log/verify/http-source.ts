import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { SourceUnreadable, UsageError } from './findings.ts';
import type { LogSource, SourceOptions } from './log-source.ts';

const unzip = promisify(gunzip);
/** A run over millions of entries makes ten thousands of requests: one that fails is made again, twice. */
const TRIES = 3;
const PAUSE_MS = 250;
/** A log that asks for patience is given so much of it at a time, and so often for one file. */
const LONGEST_PATIENCE_MS = 60_000;
const MOST_PATIENCE = 20;
/** Hashes do not pack: a packed tile is a little longer than the tile. */
const PACKING_BYTES = 4096;
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads a log over HTTP. Redirects are not followed: the prefix is part of what the auditor was told.
 * @throws UsageError where a token would travel in the open
 */
export function httpSource(prefix: URL, { token, timeoutMs }: SourceOptions): LogSource {
  if (token !== null && prefix.protocol === 'http:' && !loopback.has(prefix.hostname))
    throw new UsageError(`${prefix.origin}: a token is sent over https only`);
  const base = prefix.href.endsWith('/') ? prefix.href : `${prefix.href}/`;
  return {
    async read(path, mostBytes) {
      const url = new URL(path, base);
      let tries = 1;
      for (let waits = 0; ; ) {
        try {
          return await readOnce(url, { token, timeoutMs }, mostBytes);
        } catch (error) {
          const isAsked = error instanceof Passing && error.patienceMs !== null && waits < MOST_PATIENCE;
          if (!isAsked && (tries === TRIES || !(error instanceof Passing))) throw asUnreadable(url, error);
          await sleep(isAsked ? (error.patienceMs ?? 0) : PAUSE_MS * tries);
          // To be asked to wait is no failure.
          if (isAsked) waits += 1;
          else tries += 1;
        }
      }
    },
  };
}

/** What may go better the next time. */
class Passing extends Error {
  /** How long the log asks to wait; null where it does not ask. */
  readonly patienceMs: number | null;

  constructor(message: string, patienceMs: number | null = null) {
    super(message);
    this.patienceMs = patienceMs;
  }
}

function asUnreadable(url: URL, error: unknown): SourceUnreadable {
  if (error instanceof SourceUnreadable) return error;
  return new SourceUnreadable(`${url.href}: ${error instanceof Error ? error.message : 'unreadable'}`);
}

async function readOnce(url: URL, options: SourceOptions, mostBytes: number): Promise<Uint8Array | null> {
  const response = await request(url, options);
  const status = response.statusCode ?? 0;
  if (status !== 200) response.resume();
  if (status === 404 || status === 410) return null;
  if (status === 429 || status === 503) throw new Passing(`HTTP ${status}`, patience(response));
  if (status >= 500) throw new Passing(`HTTP ${status}`);
  if (status !== 200) throw new SourceUnreadable(`${url.href}: HTTP ${status}`);
  const encoding = response.headers['content-encoding'] ?? 'identity';
  const bytes = await bodyOf(response, mostBytes + (encoding === 'identity' ? 0 : PACKING_BYTES));
  if (encoding === 'identity') return bytes;
  if (encoding !== 'gzip') throw new SourceUnreadable(`${url.href}: content-encoding ${encoding}`);
  try {
    return await unzip(bytes, { maxOutputLength: mostBytes });
  } catch {
    throw new SourceUnreadable(`${url.href}: its gzip is broken or unpacks to too much`);
  }
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3); a date is not waited for. */
function patience({ headers }: IncomingMessage): number | null {
  const seconds = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0];
  return seconds === undefined ? null : Math.min(Number(seconds) * 1000, LONGEST_PATIENCE_MS);
}

function request(url: URL, { token, timeoutMs }: SourceOptions): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  const headers = {
    // C2SP tlog-tiles: "clients SHOULD include gzip and identity".
    'accept-encoding': 'gzip, identity',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    get(url, { headers, signal: AbortSignal.timeout(timeoutMs) }, resolve).on('error', (error) => {
      reject(new Passing(error.name === 'AbortError' ? `no answer in ${timeoutMs} ms` : error.message));
    });
  });
}

async function bodyOf(response: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > mostBytes) throw new SourceUnreadable(`more than ${mostBytes} bytes`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof SourceUnreadable) throw error;
    throw new Passing(error instanceof Error ? error.message : 'the answer broke off');
  }
  return Buffer.concat(parts);
}
