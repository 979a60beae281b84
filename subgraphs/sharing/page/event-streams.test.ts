import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { EventStreams } from './event-streams.ts';
import type { EventStream, StreamLimits } from './event-streams.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server whose paths are handles; the streams it has opened, and how many have ended. */
async function startStreams(limits: StreamLimits) {
  const streams = new EventStreams(limits);
  const opened: (EventStream | null)[] = [];
  const told = { ended: 0 };
  const server = createServer((request, response) => {
    const stream = streams.open(request.url ?? '', response, () => (told.ended += 1));
    opened.push(stream);
    if (stream === null) response.writeHead(503).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ends.push(() => server.close().closeAllConnections());
  return { streams, opened, told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function readUntil(response: Response, ending: string): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.endsWith(ending)) break;
  }
  return text;
}

describe('the event streams', () => {
  it('say when to come back, and are kept alive while nothing happens', async () => {
    const { url } = await startStreams({ heartbeatMs: 10 });
    const response = await fetch(`${url}/one`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await readUntil(response, ': \n\n: \n\n')).toBe('retry: 2000\n\n: \n\n: \n\n');
  });

  it('are one a request: the second takes the place of the first, which is told so and ends', async () => {
    const { url, opened, streams } = await startStreams({});
    const first = await fetch(`${url}/one`);
    const second = await fetch(`${url}/one`);
    expect(await first.text()).toBe('retry: 2000\n\nevent: replaced\ndata: {}\n\n');
    opened[1]?.send({ state: 'WAITING' });
    opened[1]?.end();
    expect(await second.text()).toBe('retry: 2000\n\ndata: {"state":"WAITING"}\n\n');
    await expect.poll(() => streams.size).toBe(0);
  });

  it('are no more than they may be, and a place is free again once a browser has left', async () => {
    const { url, streams, told } = await startStreams({ streams: 1 });
    const leaving = new AbortController();
    await fetch(`${url}/one`, { signal: leaving.signal });
    expect((await fetch(`${url}/two`)).status).toBe(503);
    leaving.abort();
    await expect.poll(() => [streams.size, told.ended]).toEqual([0, 1]);
    expect((await fetch(`${url}/two`)).status).toBe(200);
  });

  it('leave behind a browser that takes nothing, instead of keeping all that it has not read', async () => {
    const { url, opened, streams } = await startStreams({});
    await fetch(`${url}/one`);
    await expect
      .poll(() => {
        for (let at = 0; at < 100; at += 1) opened[0]?.send('x'.repeat(60_000));
        return streams.size;
      })
      .toBe(0);
  });
});
