import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Witness } from './witness.ts';
import { serveWitness, type WitnessListening } from './witness-server.ts';

/** Answers with the length of what it was sent; fails at `fail`. */
const witness = {
  addCheckpoint: (body: Uint8Array) => {
    const text = Buffer.from(body).toString();
    return text === 'fail'
      ? Promise.reject(new Error('disk'))
      : Promise.resolve({ status: 409, contentType: 'text/x.tlog.size', body: `${body.length}\n` });
  },
} as unknown as Witness;

let listening: WitnessListening;
let url = '';
const failures: unknown[] = [];
beforeEach(async () => {
  failures.length = 0;
  listening = await serveWitness(witness, {
    host: '127.0.0.1',
    port: 0,
    onFailure: (failure) => failures.push(failure),
    timeouts: { headersMs: 300, requestMs: 600, checkMs: 50 },
  });
  url = `http://127.0.0.1:${listening.port}`;
});
afterEach(() => listening.close());

const post = (body: string, path = '/add-checkpoint') => fetch(`${url}${path}`, { method: 'POST', body });

/** What a client gets that sends these pieces with pauses between; null where it is still connected long after all was sent. */
async function slowly(pieces: readonly string[], pauseMs: number): Promise<string | null> {
  const socket = connect(listening.port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise<string>((done) => socket.once('close', () => done(heard)));
  const sending = (async () => {
    for (const piece of pieces) {
      if (socket.destroyed) return;
      socket.write(piece);
      await sleep(pauseMs);
    }
  })();
  const outcome = await Promise.race([closed, sleep(10_000, null, { ref: false })]);
  socket.destroy();
  await sending;
  return outcome;
}

describe('the witness on HTTP', () => {
  it('answers as the witness says', async () => {
    const answer = await post('hello');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '5\n',
    ]);
  });

  it('is found healthy, and has nothing else', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await post('', '/healthz')).status).toBe(405);
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await post('', '/add-checkpoint/')).status).toBe(404);
  });

  it('answers 500 to what fails, and tells its operator', async () => {
    expect((await post('fail')).status).toBe(500);
    expect(failures).toMatchObject([{ message: 'disk' }]);
    expect((await post('again')).status).toBe(409);
  });

  it('reads no more than it must: 413, whether the length is told or not', async () => {
    expect((await post('x'.repeat(64 * 1024))).status).toBe(409);
    expect((await post('x'.repeat(64 * 1024 + 1))).status).toBe(413);
    const chunked = `POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`;
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    expect(await slowly([chunked, chunk, chunk, chunk], 20)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('waits for nobody who sends a head or a body by drops', async () => {
    const drops = Array.from({ length: 40 }, () => 'x: y\r\n');
    expect(await slowly(['POST /add-checkpoint HTTP/1.1\r\n', ...drops], 50)).not.toBeNull();
    const head = 'POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n';
    expect(await slowly([head, ...Array.from({ length: 40 }, () => 'x')], 50)).not.toBeNull();
    expect(failures).toEqual([]);
    expect((await post('still here')).status).toBe(409);
  });
});
