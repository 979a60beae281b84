import { setTimeout as sleep } from 'node:timers/promises';
import { startWitness } from '@dinhdanh/start';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { readDemo } from '../harness/client.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { freePorts, lives, StartProcess } from '../start/start-process.ts';

const system = inject('system');
const folders = new TemporaryFolders();
const LOG_KEY = 'log.dinhdanh.example+590dbd2f+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c';

let dataFolder = '';
let port = 0;
let current: StartProcess | undefined;
beforeAll(async () => {
  dataFolder = await folders.make();
  port = await freePorts();
});
afterEach(async () => {
  current?.kill('SIGKILL');
  await current?.ended;
});
afterAll(folders.remove);

const healthz = (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port + 21}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );

async function start(words: readonly string[], environment: Record<string, string> = {}): Promise<string> {
  current = new StartProcess({
    words: ['--people', '0', '--port', String(port), ...words],
    dataFolder,
    environment,
  });
  return current.ready();
}

describe('npm start', () => {
  it('runs a witness of its own, 21 ports above the gateway, which dies with it, however it dies', async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await start(['--only', 'access-log,witness']);
      expect(await healthz()).toBe(true);
      current?.kill(signal);
      await current?.ended;
      await expect.poll(healthz).toBe(false);
    }
  });

  it('runs none without it, and says what that means', async () => {
    await start(['--only', 'access-log']);
    expect(await healthz()).toBe(false);
    expect(current?.err).toContain('ACCESS_LOG_WITNESS_NONE');
  });

  it('runs none where one is named that runs elsewhere', async () => {
    const elsewhere = await startWitness({
      folder: await folders.make(),
      host: '127.0.0.1',
      port: 0,
      logKey: LOG_KEY,
      isQuiet: true,
    });
    await start(['--only', 'access-log,witness'], { WITNESS_URL: elsewhere.url, WITNESS_KEY: elsewhere.key });
    expect(await healthz()).toBe(false);
    await elsewhere.stop();
  });

  it('runs the witness alone for a log elsewhere, of which it is told the public key', async () => {
    const where = await start(['--only', 'witness'], { WITNESS_LOG_KEY: LOG_KEY });
    expect(where).toMatch(new RegExp(`^http://127.0.0.1:${port + 21} witness\\.dinhdanh\\.example/w1\\+`));
    expect(await healthz()).toBe(true);
  });

  it('refuses half of a witness', async () => {
    const half = new StartProcess({ dataFolder, environment: { WITNESS_URL: 'http://10.0.0.9:4021' } });
    const { code, err } = await half.ended;
    expect([code, err]).toEqual([1, expect.stringMatching(/WITNESS_KEY is the public key .*\.\n$/)]);
  });
});

describe('demo.json', () => {
  it('holds what the verifier is run with, and the origin that browsers and relying parties know', () => {
    const { log, url } = readDemo(system.dataFolder);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    expect(log).toEqual({
      origin: expect.stringMatching(/^log\.dinhdanh\.example\/\d{4}h[12]$/),
      logKey: expect.stringMatching(/^log\.dinhdanh\.example\/\d{4}h[12]\+[0-9a-f]{8}\+/),
      witnessKeys: [expect.stringMatching(/^witness\.dinhdanh\.example\/w1\+[0-9a-f]{8}\+/)],
      url: `${url}/log`,
    });
  });
});

describe('a witness that is killed', () => {
  it('is started again on its port, with its key, until it is no longer wanted', async () => {
    const witness = await startWitness({
      folder: await folders.make(),
      host: '127.0.0.1',
      port: 0,
      logKey: LOG_KEY,
      isQuiet: true,
    });
    const first = witness.pid() ?? 0;
    process.kill(first, 'SIGKILL');
    const healthy = (): Promise<boolean> =>
      fetch(`${witness.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(() => witness.pid() !== first && healthy()).toBe(true);
    const second = witness.pid() ?? 0;
    await witness.stop();
    await sleep(1_500);
    expect(lives(second)).toBe(false);
    expect(await healthy()).toBe(false);
  });
});
