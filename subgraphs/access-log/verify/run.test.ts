import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTlogProof, formatVerifierKey, inclusionProof, leafHash, verifierOf } from '../tlog/index.ts';
import { SAMPLE_TIME_SECONDS, sampleEntries, sampleEntry, sampleLog, valueOf } from '../testing.ts';
import { type Language, readLanguage } from './config.ts';
import { SourceUnreadable, UsageError } from './findings.ts';
import { httpSource } from './http-source.ts';
import { progressBar } from './progress-bar.ts';
import { run } from './run.ts';

const entries = sampleEntries(700);
const log = sampleLog(entries.slice(0, 600));
const grown = sampleLog(entries);
const forged = sampleLog(entries.with(5, Buffer.from('{"forged":true}')));
const keys = [
  '--log-key',
  formatVerifierKey(verifierOf(log.logKey)),
  ...log.witnessKeys.flatMap((key) => ['--witness-key', formatVerifierKey(verifierOf(key))]),
];
let folder = '';
const path = (...parts: string[]): string => join(folder, ...parts);

async function store(name: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [file, bytes] of files) {
    await mkdir(dirname(path(name, file)), { recursive: true });
    await writeFile(path(name, file), bytes);
  }
}

async function call(
  args: readonly string[],
  language: Language = 'en',
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    language,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowSeconds: () => SAMPLE_TIME_SECONDS,
    ticksMs: () => 0,
  });
  return { code, out, err };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-verify-'));
  await store('log', log.files);
  await store('grown', grown.files);
  await store('forged', forged.files);
  const altered = new Map(log.files);
  altered.set('tile/entries/001', altered.get('tile/entries/000') ?? Buffer.alloc(0));
  await store('altered', altered);
  await writeFile(path('entry.json'), entries[7] ?? '');
  const proof = {
    index: 7,
    path: valueOf(inclusionProof(7, 600, log.read)),
    checkpoint: log.checkpoint.toString(),
  };
  await writeFile(path('entry.tlog-proof'), valueOf(formatTlogProof({ ...proof, extra: null })));
  const leaf = leafHash(entries[9] ?? Buffer.alloc(0)).toString('base64');
  const receipt = { origin: log.logKey.name, index: 9, leafHash: leaf };
  await writeFile(path('receipt.json'), JSON.stringify({ data: {}, extensions: { accessReceipt: receipt } }));
  const lines = [receipt, { index: 11, entry: sampleEntry(11) }].map((line) => JSON.stringify(line));
  await writeFile(path('receipts.jsonl'), `${lines.join('\n')}\n`);
  await writeFile(path('wrong.json'), JSON.stringify([{ ...receipt, index: 10 }]));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the tool', () => {
  test('ends with 0 where all holds, and keeps the checkpoint for the next time', async () => {
    const seen = path('seen');
    const first = await call(['--log', path('log'), ...keys, '--last-seen', seen, '--range', 'all']);
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('100 % 600/600') as string });
    expect(first.out).toContain('log.example/2026h2: 600 entries\n');
    expect(first.out).toContain('cosigned by witness.example/w2, witness.example/w3, last 2026-');
    expect(first.out.trimEnd().endsWith('VERIFIED')).toBe(true);
    expect(await readFile(seen)).toEqual(log.checkpoint);
    const second = await call(['--log', path('grown'), ...keys, '--last-seen', seen], 'vi');
    expect(second.out).toContain('nhất quán với 600 bản ghi đã xem lần trước');
    expect(await readFile(seen)).toEqual(grown.checkpoint);
  });

  test('ends with 1 where something does not hold, names the first bad index and keeps what it had', async () => {
    const seen = path('seen-before');
    await writeFile(seen, log.checkpoint);
    const altered = await call(['--log', path('altered'), ...keys, '--last-seen', seen, '--range', 'all']);
    expect(altered.code).toBe(1);
    expect(altered.out).toBe(
      'FAILED: first bad index 256: the entry is not the one that was logged [tile/entries/001]\n',
    );
    const rewritten = await call(
      ['--log', path('forged'), ...keys, '--last-seen', seen, '--baseline', path('log')],
      'vi',
    );
    expect(rewritten.code).toBe(1);
    expect(rewritten.out).toContain('KHÔNG ĐẠT: chỉ số sai đầu tiên 5: ');
    expect(await readFile(seen)).toEqual(log.checkpoint);
    const json = await call(['--log', path('altered'), ...keys, '--range', '250-300', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      verified: false,
      kind: 'entry-altered',
      bad: { from: 256, to: 257 },
    });
  });

  test('verifies a proof without any log, by the entry or by its hash', async () => {
    const proof = ['--proof', path('entry.tlog-proof'), ...keys];
    expect((await call([...proof, '--entry', path('entry.json')])).out).toContain(
      'the proof of entry 7 holds',
    );
    const leaf = leafHash(entries[7] ?? Buffer.alloc(0)).toString('base64');
    expect((await call([...proof, '--leaf-hash', leaf])).code).toBe(0);
    expect((await call([...proof, '--leaf-hash', leafHash(Buffer.from('x')).toString('base64')])).code).toBe(
      1,
    );
  });

  test('verifies receipts and exported entries against the log', async () => {
    const of = (file: string): string[] => [
      '--log',
      path('grown'),
      ...keys,
      '--receipt',
      path(file),
      '--json',
    ];
    expect(JSON.parse((await call(of('receipt.json'))).out)).toMatchObject({ verified: true, included: 1 });
    expect(JSON.parse((await call(of('receipts.jsonl'))).out)).toMatchObject({ verified: true, included: 2 });
    expect(JSON.parse((await call(of('wrong.json'))).out)).toMatchObject({
      verified: false,
      bad: { from: 10, to: 11 },
    });
    const byIndex = ['--log', path('log'), ...keys, '--entry', path('entry.json'), '--index'];
    expect((await call([...byIndex, '7'])).code).toBe(0);
    expect((await call([...byIndex, '8'])).code).toBe(1);
  });

  test('needs as many witnesses as it is told', async () => {
    const one = ['--log', path('log'), ...keys.slice(0, 4)];
    expect((await call(one)).code).toBe(0);
    expect((await call([...one, '--quorum', '2'])).code).toBe(1);
    expect(
      (await call(['--log', path('log'), ...keys.slice(0, 2), '--origin', 'log.example/other'])).code,
    ).toBe(1);
  });

  test.each<[string, string[]]>([
    ['no option that there is', ['--lock', 'x']],
    ['no key', ['--log', 'x']],
    ['no log', [...keys]],
    ['a key that is none', ['--log', 'x', '--log-key', 'x']],
    ['a range that is none', ['--log', 'x', ...keys, '--range', '5']],
    ['a range beyond the log', ['--log', 'LOG', ...keys, '--range', '5-5000']],
    ['a file that is not there', ['--log', 'LOG', ...keys, '--receipt', '/nowhere']],
    ['a receipt that is none', ['--log', 'LOG', ...keys, '--receipt', 'ENTRY']],
    ['a proof of nothing', ['--proof', 'PROOF', ...keys]],
    ['an entry at no index', ['--log', 'LOG', ...keys, '--entry', 'ENTRY']],
    ['an index of no entry', ['--log', 'LOG', ...keys, '--index', '5']],
    ['nothing at all', []],
  ])('ends with 2 for %s', async (_, args) => {
    const names = new Map([
      ['LOG', path('log')],
      ['ENTRY', path('entry.json')],
      ['PROOF', path('entry.tlog-proof')],
    ]);
    expect((await call(args.map((arg) => names.get(arg) ?? arg))).code).toBe(2);
  });

  test('says how it is called, in both languages', async () => {
    expect((await call(['--help'])).out).toContain('Ends with 0');
    expect((await call(['--help'], 'vi')).out).toContain('Kết thúc với 0');
  });
});

describe('a log over HTTP', () => {
  let server: Server;
  let url = '';
  let answer: RequestListener = () => undefined;
  const token = 'secret-token';
  beforeAll(async () => {
    server = createServer((request, response) => {
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/log`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const options = { token: null, timeoutMs: 2000 };

  test('is verified like a folder, with a token for its entries, packed or not', async () => {
    answer = (request, response) => {
      const file = log.files.get((request.url ?? '').replace('/log/', ''));
      const locked =
        request.url?.includes('entries') === true && request.headers.authorization !== `Bearer ${token}`;
      response.statusCode = locked ? 401 : file === undefined ? 404 : 200;
      if (file === undefined || locked) response.end();
      else response.setHeader('content-encoding', 'gzip').end(gzipSync(file));
    };
    const args = ['--log', url, ...keys, '--range', 'all'];
    expect(await call(args)).toMatchObject({ code: 2, err: expect.stringContaining('HTTP 401') as string });
    await writeFile(path('token'), `${token}\n`);
    expect((await call([...args, '--token-file', path('token')])).code).toBe(0);
  });

  test('what passes is asked for again, what does not is told', async () => {
    let asked = 0;
    answer = (_, response) => {
      asked += 1;
      response.statusCode = asked < 3 ? 503 : 200;
      response.end('x');
    };
    expect(await httpSource(new URL(url), options).read('checkpoint', 10)).toEqual(Buffer.from('x'));
    expect(asked).toBe(3);
    answer = (_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    };
    await expect(httpSource(new URL(url), options).read('checkpoint', 10)).rejects.toThrow('HTTP 302');
  });

  test('a log that asks for patience is waited for as long as it says, and that is no failure', async () => {
    let asked = 0;
    answer = (_, response) => {
      asked += 1;
      if (asked > 5) response.end('x');
      else response.writeHead(429, { 'retry-after': '0' }).end();
    };
    expect(await httpSource(new URL(url), options).read('checkpoint', 10)).toEqual(Buffer.from('x'));
    answer = (_, response) => response.writeHead(429, { 'retry-after': '0' }).end();
    await expect(httpSource(new URL(url), options).read('checkpoint', 10)).rejects.toThrow('HTTP 429');
  });

  test('no more is taken than a tile can be, packed or not, and no answer is waited for without end', async () => {
    const read = httpSource(new URL(url), { token: null, timeoutMs: 100 });
    answer = (_, response) => response.end(Buffer.alloc(11));
    await expect(read.read('tile/0/000', 10)).rejects.toThrow(SourceUnreadable);
    answer = (_, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(100_000)));
    await expect(read.read('tile/0/000', 1000)).rejects.toThrow(SourceUnreadable);
    answer = (_, response) => response.setHeader('content-encoding', 'br').end('x');
    await expect(read.read('tile/0/000', 1000)).rejects.toThrow('content-encoding br');
    answer = () => undefined;
    await expect(read.read('tile/0/000', 1000)).rejects.toThrow('no answer in 100 ms');
  });

  test('a token goes over https, or to this machine, alone', () => {
    const withToken = { token, timeoutMs: 1000 };
    expect(() => httpSource(new URL('http://log.example/'), withToken)).toThrow(UsageError);
    expect(() => httpSource(new URL('https://log.example/'), withToken)).not.toThrow();
  });
});

test('the command runs as a program of its own', async () => {
  const program = fileURLToPath(new URL('dinhdanh-verify.ts', import.meta.url));
  const args = [program, '--log', path('log'), ...keys.slice(0, 2), '--range', 'all'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { LC_ALL: 'vi_VN.UTF-8' } });
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('ĐÃ XÁC MINH');
});

test('the language is that of the locale', () => {
  expect(readLanguage({ LANG: 'vi_VN.UTF-8' })).toBe('vi');
  expect(readLanguage({ LANG: 'vi_VN.UTF-8', LC_ALL: 'C' })).toBe('en');
  expect(readLanguage({ LANG: 'en_GB', LC_ALL: '', LC_MESSAGES: 'vi' })).toBe('vi');
  expect(readLanguage({ LANG: 'vie' })).toBe('en');
  expect(readLanguage({})).toBe('en');
});

test('the bar moves in place on a terminal, and writes a line each tenth elsewhere', () => {
  const draw = (isTTY: boolean): string => {
    let drawn = '';
    let now = 0;
    const bar = progressBar({ isTTY, write: (text) => (drawn += text) }, 'en', () => (now += 50));
    for (let done = 1; done <= 40; done += 1) bar(done, 40);
    return drawn;
  };
  expect(draw(false).split('\n')).toHaveLength(11);
  expect(draw(true).endsWith('] 100 % 40/40, 20/s\u001b[K\n')).toBe(true);
  expect(draw(true).split('\r')).toHaveLength(22);
});
