import type { ChipReader, ReadEvent, ReadFailure } from './chip-reader.ts';

const FAILURES: ReadonlySet<unknown> = new Set(['NFC_OFF', 'NFC_NOT_FOUND', 'NFC_LOST']);
/** Longer than the longest file of a chip in base64url: no line of a reader is. */
const LONGEST_LINE = 400_000;

/**
 * Asks where this system's reader is (`GET /reader` of our own origin); null where none runs. A browser that opens the
 * same address is sent on to the reader's page.
 */
export async function findReader(fetchHere: typeof fetch = fetch): Promise<string | null> {
  try {
    const answer = await fetchHere('/reader', { headers: { accept: 'application/json' } });
    const told: unknown = answer.ok ? await answer.json() : null;
    const url = (told as { url?: unknown } | null)?.url;
    return typeof url === 'string' ? url : null;
  } catch {
    return null;
  }
}

/** The shipped reader, at its address (`http://reader.localhost:4022`). */
export function loopbackReader(url: string, fetchThere: typeof fetch = fetch): ChipReader {
  const post = (path: string, body: object, signal: AbortSignal): Promise<Response> =>
    fetchThere(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      signal,
    });
  return {
    async *read({ card, names }, signal) {
      try {
        const answer = await post('/read', { card, had: names }, signal);
        if (!answer.ok || answer.body === null) yield unavailable();
        else yield* eventsOf(answer.body);
      } catch {
        yield unavailable();
      }
    },
    async challenge(card, challenge, signal) {
      try {
        const answer = await post('/challenge', { card, challenge }, signal);
        const told = (await answer.json()) as { response?: unknown; code?: unknown };
        if (typeof told.response === 'string') return { response: told.response };
        return { code: failureOf(told.code) };
      } catch {
        return { code: 'READER_UNAVAILABLE' };
      }
    },
  };
}

function unavailable(): ReadEvent {
  return { event: 'FAILED', code: 'READER_UNAVAILABLE' };
}

function failureOf(code: unknown): ReadFailure {
  return FAILURES.has(code) ? (code as ReadFailure) : 'READER_UNAVAILABLE';
}

/** Events from lines of JSON. A stream that ends without its last event broke off: the reader went away. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ReadEvent> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as never)
    .getReader() as ReadableStreamDefaultReader<string>;
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || rest.length > LONGEST_LINE) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = JSON.parse(line) as ReadEvent;
        yield event;
        if (event.event === 'DONE' || event.event === 'FAILED') return;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  yield unavailable();
}
