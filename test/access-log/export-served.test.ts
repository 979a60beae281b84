import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { run } from '@dinhdanh/access-log/verify';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { PROFILE } from '../faults/profile-query.ts';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { noGate } from './no-gate.ts';

const system = inject('system');
const demo = readDemo(system.dataFolder);
/** Two are as good as five, and each is a process. */
const EXPORTED = ['population', 'vehicles'];
const folders = new TemporaryFolders();
const start = new Date(Date.now() - 1000).toISOString();
let folder = '';
const logged: string[] = [];
const unlogged: string[] = [];

/** What `npm run export-served` writes for a service of the shared system, as its operator runs it. */
async function exported(service: string, ...words: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', './start/require-node.mjs', 'start/export-served.ts', service, ...words],
    {
      cwd: join(import.meta.dirname, '..', '..'),
      env: { PATH: '/usr/bin:/bin', DINHDANH_DATA: system.dataFolder },
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  return stdout.split('\n').filter((line) => line !== '');
}

beforeAll(async () => {
  folder = await folders.make();
  const person = demo.citizens['level2'] ?? expect.unreachable('in demo.json');
  const token = await signIn(system.url, person);
  const dishonest = await startGatewayUnderTest(system, { accessLog: noGate });
  for (const [url, requests] of [
    [system.url, logged],
    [dishonest.url, unlogged],
  ] as const) {
    for (let number = 0; number < 3; number += 1) {
      const { extensions } = await ask(url, PROFILE, { token });
      requests.push(String(extensions['requestId']));
    }
  }
  await dishonest.stop();
});

afterAll(() => folders.remove());

/** Verifies the log as an auditor does, against what registries served of these requests. */
async function verify(
  requests: readonly string[],
  lines: readonly string[],
): Promise<{ code: number; out: string }> {
  const ours = lines.filter((line) => requests.some((request) => line.includes(request)));
  await writeFile(join(folder, 'served.jsonl'), ours.map((line) => `${line}\n`).join(''));
  let [out, err] = ['', ''];
  const code = await run(
    [
      ...['--log', `${system.url}/log`, '--log-key', demo.log?.logKey ?? '', '--range', 'all'],
      ...(demo.log?.witnessKeys ?? []).flatMap((key) => ['--witness-key', key]),
      ...['--against', join(folder, 'served.jsonl'), '--token-file', join(folder, 'token')],
    ],
    {
      language: 'en',
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
      nowSeconds: () => Math.floor(Date.now() / 1000),
      ticksMs: () => performance.now(),
    },
  );
  return { code, out: `${out}${code === 2 ? err : ''}` };
}

describe('what services served, exported by their operators', () => {
  it('holds against the log for a gateway that logs, and names the calls of one that does not', async () => {
    const auditor = demo.staff['auditor'] ?? expect.unreachable('in demo.json');
    await writeFile(join(folder, 'token'), await signIn(system.url, auditor));
    const wanted = [...logged, ...unlogged];
    // The youngest records are told a little later.
    const lines = await vi.waitUntil(
      async () => {
        const told = await Promise.all(EXPORTED.map((registry) => exported(registry, '--from', start)));
        const isWhole = (one: readonly string[]): boolean =>
          wanted.every((request) => one.some((line) => line.includes(request)));
        return told.every(isWhole) ? told.flat() : null;
      },
      { timeout: 100_000, interval: 500 },
    );
    // Then a checkpoint must cover the entries.
    const held = `${logged.length * EXPORTED.length} calls that registries served have their entry`;
    const honest = await vi.waitUntil(
      async () => {
        const verified = await verify(logged, lines);
        return verified.out.includes(held) ? verified : null;
      },
      { timeout: 100_000, interval: 500 },
    );
    expect(honest.code).toBe(0);
    // Something is logged after the calls, so that they lie within the time of the entries.
    await ask(system.url, PROFILE, { token: await signIn(system.url, demo.citizens['level2'] ?? auditor) });
    const told = `what the log does not know: ${unlogged.length * EXPORTED.length}\n`;
    const dishonest = await vi.waitUntil(
      async () => {
        // Until a checkpoint covers that entry, calls after the last one are left undecided.
        const verified = await verify(wanted, lines);
        return verified.out.includes(told) ? verified : null;
      },
      { timeout: 100_000, interval: 1_000 },
    );
    expect(dishonest.code).toBe(1);
    for (const request of unlogged) expect(dishonest.out).toContain(` ${request}.`);
    for (const request of logged) expect(dishonest.out).not.toContain(request);
  });

  it('is cut at the times given', async () => {
    const lines = await exported('population', '--from', start);
    const times = lines.map((line) => (JSON.parse(line) as { at: string }).at);
    expect(times.every((at) => at >= start)).toBe(true);
    const [, second = ''] = [...new Set(times)];
    const before = await exported('population', '--from', start, '--to', second);
    expect(before).toHaveLength(times.filter((at) => at < second).length);
    expect(Object.keys(JSON.parse(lines[0] ?? '{}') as object)).toEqual([
      'service',
      'callId',
      'at',
      'actorKind',
      'subjects',
      'claims',
    ]);
  });

  it('is refused with a sentence where there is nothing to read', async () => {
    const failed = exported('nobody').catch((error: unknown) => error as { code: number; stderr: string });
    expect(await failed).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the name of one service'),
    });
  });
});
