import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFromSeed, sampleEntries, sampleLog, valueOf } from '../testing.ts';
import {
  consistencyProof,
  formatVerifierKey,
  formatNote,
  parseNote,
  parseVerifierKey,
  toBase64,
  verifierOf,
} from '../tlog/index.ts';

const script = join(import.meta.dirname, 'dinhdanh-witness.ts');
const vkey = formatVerifierKey(verifierOf(keyFromSeed('log.example', 1)));

let folder = '';
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-witness-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function run(...words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [script, ...words], { stdio: ['pipe', 'pipe', 'pipe'], env: {} });
  children.push(child);
  return child;
}

async function start(...words: readonly string[]) {
  const child = run('--data', folder, '--port', '0', '--log', vkey, ...words);
  const [line] = (await once(child.stdout ?? expect.unreachable('a pipe'), 'data')) as [Buffer];
  const [, url = '', key = ''] = /^ready (\S+) (\S+)\n$/.exec(line.toString()) ?? [];
  return { child, url, key };
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; err: string }> {
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, err };
}

const entries = sampleEntries(40);
const log = (size: number) => sampleLog(entries.slice(0, size), 'log.example/2026h2');

function submit(url: string, old: number, size: number): Promise<Response> {
  const { checkpoint, read } = log(size);
  const { text, signatures } = valueOf(parseNote(checkpoint));
  const note = valueOf(formatNote({ text, signatures: signatures.slice(0, 1) }));
  const proof = valueOf(consistencyProof(old, size, read)).map((hash) => `${toBase64(hash)}\n`);
  return fetch(`${url}/add-checkpoint`, { method: 'POST', body: `old ${old}\n${proof.join('')}\n${note}` });
}

describe('dinhdanh-witness', () => {
  it('makes a key that is for its user alone, and prints where it is and by which key it is known', async () => {
    const { url, key, child } = await start('--name', 'witness.example/w9');
    expect(valueOf(parseVerifierKey(key))).toMatchObject({ name: 'witness.example/w9', use: 'cosignature' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await stat(join(folder, 'witness.signing.key'))).mode & 0o777).toBe(0o600);
    child.kill('SIGTERM');
    expect(await endOf(child)).toEqual({ code: 0, err: '' });
    expect((await start('--name', 'witness.example/w9')).key).toBe(key);
  });

  it('killed at any moment remembers everything it has answered', async () => {
    let old = 0;
    for (const size of [5, 6, 30]) {
      const { url, child } = await start();
      const answer = await submit(url, old, size);
      expect([answer.status, await answer.text()]).toEqual([
        200,
        expect.stringContaining('witness.dinhdanh'),
      ]);
      child.kill('SIGKILL');
      await endOf(child);
      old = size;
    }
    const { url, child } = await start();
    const answer = await submit(url, 0, 20);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '30\n',
    ]);
    child.kill('SIGTERM');
    const { err } = await endOf(child);
    expect(JSON.parse(err)).toMatchObject({
      event: 'WITNESS_CHECKPOINT_REFUSED',
      status: 409,
      size: 20,
      latest: 30,
    });
    expect(await readdir(join(folder, 'latest'))).toEqual(['log.example%2F2026h2']);
    expect(await readFile(join(folder, 'latest', 'log.example%2F2026h2'), 'utf8')).toMatch(
      /^log\.example\/2026h2\n30\n/,
    );
  });

  it('leaves its folder to one process at a time', async () => {
    const first = await start();
    const second = run('--data', folder, '--port', '0', '--log', vkey);
    expect(await endOf(second)).toEqual({ code: 2, err: expect.stringContaining('another witness works') });
    first.child.kill('SIGKILL');
    await endOf(first.child);
    await start();
  });

  it('ends when the one who started it is gone, where it was told to', async () => {
    const { child } = await start('--with-parent');
    child.stdin?.destroy();
    expect(await endOf(child)).toMatchObject({ code: 0 });
  });

  it.each([
    ['--log', [] as string[]],
    ['--data', ['--log', vkey]],
    ['--log', ['--data', '/nowhere', '--log', 'log.example']],
    [
      '--log',
      ['--data', '/nowhere', '--log', formatVerifierKey(verifierOf(keyFromSeed('w', 1, 'cosignature')))],
    ],
    ['--port', ['--data', '/nowhere', '--log', vkey, '--port', '70000']],
    ['--colour', ['--colour', 'red']],
  ])('tells what is wrong with %s', async (word, words) => {
    const { code, err } = await endOf(
      run(...(words.includes('--data') || words.length > 0 ? words : ['--data', folder])),
    );
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(new RegExp(`^dinhdanh-witness: .*${word}.*\\.\n$`)),
    ]);
  });
});
