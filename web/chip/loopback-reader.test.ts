import { startReader } from '@dinhdanh/reader';
import type { CardBox, ReaderCard, RunningReader } from '@dinhdanh/reader';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findReader, loopbackReader } from './loopback-reader.ts';
import { openReading } from './read-chip.ts';
import type { ChipProgress, ChipRead, ChipReading } from './read-chip.ts';

const GATEWAY = 'http://localhost:4000';
const CHALLENGE = Buffer.from('12345678').toString('base64url');

function cardOf(holder: string): ReaderCard {
  const file = (name: string, length: number): ReaderCard['files'][0] => ({
    name,
    bytes: new Uint8Array(length).fill(holder.charCodeAt(0)),
  });
  return {
    files: [file('COM', 20), file('SOD', 1800), file('DG1', 93), file('DG2', 9000)],
    answer: (challenge) => Uint8Array.from(challenge).reverse(),
  };
}

const box: CardBox = {
  holders: [
    { id: 'an', name: 'Nguyễn Văn <An>' },
    { id: 'binh', name: 'Trần Thị Bình' },
  ],
  others: 0,
  faults: [{ id: 'CLONED', name: { vi: 'là bản sao chép', en: 'a copy' } }],
  open: (holder) => Promise.resolve(holder === 'nobody' ? null : cardOf(holder)),
};

async function start(bytesPerSecond = Infinity): Promise<RunningReader> {
  const reader = await startReader({ port: 0, gatewayOrigin: () => GATEWAY, box, bytesPerSecond });
  onTestFinished(reader.stop);
  return reader;
}

/** Names below localhost are this machine to a browser; Node asks a resolver. */
function here({ port }: RunningReader): string {
  return `http://127.0.0.1:${port}`;
}

async function post(
  reader: RunningReader,
  path: string,
  form: Record<string, string> = {},
  origin?: string,
): Promise<Response> {
  return fetch(`${here(reader)}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers: origin === undefined ? {} : { origin },
  });
}

function open(reader: RunningReader): { reading: ChipReading; told: ChipProgress[] } {
  const told: ChipProgress[] = [];
  const reading = openReading({
    reader: loopbackReader(here(reader)),
    obtainChallenge: () => Promise.resolve(CHALLENGE),
    onChange: (progress) => told.push(progress),
  });
  return { reading, told };
}

function lengths(read: ChipRead | null): Record<string, number> {
  const groups = Object.entries(read?.groups ?? {});
  return Object.fromEntries(groups.map(([name, text]) => [name, Buffer.from(text, 'base64url').length]));
}

const WHOLE = { COM: 20, SOD: 1800, DG1: 93, DG2: 9000 };

describe('the shipped reader, read by the screens’ own port', () => {
  it('plays a card file by file and answers a challenge', async () => {
    const reader = await start();
    await post(reader, '/lay', { holder: 'an' });
    const { reading, told } = open(reader);
    const read = await reading.retry();
    expect(lengths(read)).toEqual(WHOLE);
    expect(Buffer.from(read?.response ?? '', 'base64url').toString()).toBe('87654321');
    expect(told.filter(({ file }) => file === 'DG2').length).toBeGreaterThan(5);
  });

  it('R79 R82: tells that its NFC is off, that nothing lies there, and that it is not there itself', async () => {
    const reader = await start();
    const { reading, told } = open(reader);
    await post(reader, '/off');
    await reading.retry();
    expect(told.at(-1)?.failure).toBe('NFC_OFF');
    await post(reader, '/on');
    await reading.retry();
    expect(told.at(-1)?.failure).toBe('NFC_NOT_FOUND');
    await reader.stop();
    await reading.retry();
    expect(told.at(-1)?.failure).toBe('READER_UNAVAILABLE');
  });

  it('R81: loses contact in the file it is told to, once, and goes on after it', async () => {
    const reader = await start();
    await post(reader, '/lay', { holder: 'an' });
    await post(reader, '/lose', { file: 'DG2' });
    const { reading, told } = open(reader);
    expect(await reading.retry()).toBeNull();
    expect(told.at(-1)).toMatchObject({ phase: 'STOPPED', failure: 'NFC_LOST', isKept: true });
    expect(told.at(-1)?.share).toBeGreaterThan(0.8);
    told.length = 0;
    expect(lengths(await reading.retry())).toEqual(WHOLE);
    expect(told.some(({ file }) => file === 'SOD')).toBe(false);
  });

  it('loses contact where the card is taken away or NFC switched off in the middle', async () => {
    for (const [path, failure] of [
      ['/take', 'NFC_LOST'],
      ['/off', 'NFC_OFF'],
    ] as const) {
      const reader = await start(20_000);
      await post(reader, '/lay', { holder: 'an' });
      const { reading, told } = open(reader);
      const reads = reading.retry();
      await expect.poll(() => told.some(({ file }) => file === 'DG2')).toBe(true);
      await post(reader, path);
      expect(await reads).toBeNull();
      expect(told.at(-1)?.failure).toBe(failure);
    }
  });

  it('begins anew where another card lies there, and does not let it answer for the first', async () => {
    const reader = await start();
    await post(reader, '/lay', { holder: 'an' });
    await post(reader, '/lose', { file: 'DG2' });
    const { reading } = open(reader);
    await reading.retry();
    await post(reader, '/lay', { holder: 'binh' });
    const read = await reading.retry();
    expect(Buffer.from(read?.groups['SOD'] ?? '', 'base64url')[0]).toBe('b'.charCodeAt(0));
    const signal = new AbortController().signal;
    expect(await loopbackReader(here(reader)).challenge('another card', CHALLENGE, signal)).toEqual({
      code: 'NFC_LOST',
    });
  });
});

describe('the reader', () => {
  it('lets pages of the gateway ask, and of no other origin', async () => {
    const reader = await start();
    const ask = (path: string, origin: string, method = 'POST'): Promise<Response> =>
      fetch(`${here(reader)}${path}`, {
        method,
        headers: { origin, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
    const own = await ask('/read', GATEWAY);
    expect(own.status).toBe(200);
    expect(own.headers.get('access-control-allow-origin')).toBe(GATEWAY);
    expect((await ask('/read', GATEWAY, 'OPTIONS')).status).toBe(204);
    for (const origin of ['http://localhost:4001', 'https://elsewhere.example', 'null']) {
      const answer = await ask('/read', origin);
      expect([answer.status, answer.headers.get('access-control-allow-origin')], origin).toEqual([403, null]);
      expect((await ask('/read', origin, 'OPTIONS')).status, origin).toBe(403);
    }
  });

  it('lets nobody’s page but its own lay cards or switch it', async () => {
    const reader = await start();
    expect((await post(reader, '/lay', { holder: 'an' }, GATEWAY)).status).toBe(403);
    expect((await post(reader, '/lay', { holder: 'an' }, 'https://elsewhere.example')).status).toBe(403);
    expect((await post(reader, '/lay', { holder: 'an' }, reader.url)).status).toBe(303);
    expect((await post(reader, '/off', {}, here(reader))).status).toBe(303);
  });

  it('answers under its own names alone', async () => {
    const { get } = await import('node:http');
    const reader = await start();
    const asUnder = (host: string): Promise<number | undefined> =>
      new Promise((done, fail) => {
        get({ host: '127.0.0.1', port: reader.port, path: '/', headers: { host } }, (answer) => {
          answer.resume();
          done(answer.statusCode);
        }).on('error', fail);
      });
    expect(await asUnder(`reader.localhost:${reader.port}`)).toBe(200);
    expect(await asUnder(`elsewhere.example:${reader.port}`)).toBe(403);
  });

  it('says in Vietnamese first that it stands for a telephone, and what lies on it, as text', async () => {
    const reader = await start();
    await post(reader, '/lay', { holder: 'an', fault: 'CLONED' });
    const page = await (await fetch(`${here(reader)}/`)).text();
    expect(page).toContain('lang="vi"');
    expect(page).toContain('thay cho điện thoại');
    expect(page).toContain('Nguyễn Văn &lt;An&gt; · là bản sao chép');
    expect(page).not.toContain('<An>');
    expect(await (await fetch(`${here(reader)}/?lang=en`)).text()).toContain('stands for a telephone');
    const nobody = await post(reader, '/lay', { holder: 'nobody' });
    expect(nobody.headers.get('location')).toBe('/?without');
  });

  it('refuses a challenge that is none', async () => {
    const reader = await start();
    for (const body of ['{}', '{"card":"x","challenge":"AA"}']) {
      const answer = await fetch(`${here(reader)}/challenge`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(answer.status).toBe(400);
    }
  });
});

describe('where the reader is', () => {
  it('is told by the gateway, or nowhere', async () => {
    const telling =
      (status: number, body: string): typeof fetch =>
      () =>
        Promise.resolve(new Response(body, { status }));
    expect(await findReader(telling(200, '{"url":"http://reader.localhost:4022"}'))).toBe(
      'http://reader.localhost:4022',
    );
    for (const [status, body] of [
      [404, 'Not found'],
      [200, 'no JSON'],
      [200, '{}'],
      [200, 'null'],
    ] as const)
      expect(await findReader(telling(status, body))).toBeNull();
    expect(await findReader(() => Promise.reject(new TypeError('away')))).toBeNull();
  });
});
