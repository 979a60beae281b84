import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import type { FaultProxy } from '../harness/fault-proxy.ts';
import { filesAfterStart, freePorts, lives, serverOf, StartProcess } from './start-process.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';

const ROOT = join(import.meta.dirname, '..', '..');

// One installation through its days: each test goes on from where the one before has left it.
const folders = new TemporaryFolders();
let dataFolder = '';
let port = 0;
let url = '';
let slowVehicles: FaultProxy;
let current: StartProcess | undefined;
let token = '';
let people: unknown;

const PROFILE = '{ person { fullName vehicles { plate } drivingLicences { number } } }';

beforeAll(async () => {
  dataFolder = await folders.make();
  port = await freePorts();
  url = `http://127.0.0.1:${port}`;
  slowVehicles = await startFaultProxy(`http://127.0.0.1:${port + 4}`);
});
afterAll(async () => {
  current?.kill('SIGKILL');
  await current?.ended;
  await slowVehicles.close();
  await folders.remove();
});

async function start(...words: string[]): Promise<StartProcess> {
  current = new StartProcess({
    words: ['--people', '30', '--port', String(port), ...words],
    dataFolder,
    environment: { VEHICLES_URL: slowVehicles.url },
  });
  expect(await current.ready()).toBe(`http://localhost:${port}`);
  return current;
}

function persona() {
  return readDemo(dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');
}

async function keys(): Promise<Record<string, string>> {
  const folder = join(dataFolder, 'keys');
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, place) => [name, texts[place] ?? '']));
}

describe('an installation', () => {
  it('starts from nothing, shows how far the synthetic people are, and tells where it is', async () => {
    const { err } = await start();
    expect(err).toMatch(/^synthetic people \d+ %\n/);
    expect(err).toMatch(/synthetic people 100 %\n$/);
    token = await signIn(url, persona());
    people = (await ask(url, PROFILE, { token })).data;
    expect(at(people, 'person', 'vehicles', 0, 'plate')).toBeTypeOf('string');
  });

  it('asked to end, finishes the request under way and leaves no process behind', async () => {
    slowVehicles.set({ kind: 'latency', ms: 600 });
    // Connections kept from before would not be seen to be asked.
    slowVehicles.killAll();
    const asked = slowVehicles.accepted();
    const underWay = ask(url, PROFILE, { token });
    await expect.poll(slowVehicles.accepted, { interval: 5 }).toBeGreaterThan(asked);
    const server = await serverOf(dataFolder);
    const ended = await current?.stop();
    expect(ended).toMatchObject({ code: 0, signal: null });
    const answer = await underWay;
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual(people);
    await expect.poll(() => server !== null && lives(server)).toBe(false);
    expect((await readdir(dataFolder)).toSorted()).toEqual(
      await filesAfterStart(dataFolder, 'demo.json', 'witness'),
    );
    slowVehicles.set({ kind: 'none' });
  });

  it('keeps its data: a session opened before is good, the people are the same, nothing is seeded again', async () => {
    const { err } = await start();
    expect(err).toBe('');
    expect((await ask(url, PROFILE, { token })).data).toEqual(people);
  });

  it('is not started a second time while it runs', async () => {
    const second = new StartProcess({ words: ['--port', String(await freePorts())], dataFolder });
    const { code, out, err } = await second.ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^Dinhdanh already runs on \S+ \(process \d+\): stop it first, .*\.\n$/);
    expect((await ask(url, PROFILE, { token })).errors).toEqual([]);
  });

  it('killed on the spot leaves its database server, which the next start takes over', async () => {
    const left = await serverOf(dataFolder);
    current?.kill('SIGKILL');
    await current?.ended;
    expect(left !== null && lives(left)).toBe(true);
    await start();
    expect(await serverOf(dataFolder)).toBe(left);
    expect((await ask(url, PROFILE, { token })).data).toEqual(people);
  });

  it('started --without a registry names it as the missing part and serves the others', async () => {
    await current?.stop();
    await start('--without', 'vehicles');
    const { data, errors } = await ask(url, PROFILE, { token });
    expect(data).toEqual({ person: { ...(at(people, 'person') as object), vehicles: null } });
    expect(errors).toEqual([
      {
        message: expect.any(String),
        path: ['person', 'vehicles'],
        extensions: expect.objectContaining({ code: 'SOURCE_UNAVAILABLE', source: 'vehicles' }),
      },
    ]);
  });

  it('forgets its databases on --reset, those of a server that was left running too, and keeps its keys', async () => {
    const before = await keys();
    const left = await serverOf(dataFolder);
    current?.kill('SIGKILL');
    await current?.ended;
    const { err } = await start('--reset');
    expect(err).toContain('synthetic people 100 %');
    await expect.poll(() => left !== null && lives(left)).toBe(false);
    expect(await keys()).toEqual(before);
    const { errors } = await ask(url, PROFILE, { token });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    const fresh = await signIn(url, persona());
    expect((await ask(url, PROFILE, { token: fresh })).data).toEqual(people);
    await current?.stop();
  });
});

describe('a start that is asked to end before it is ready', () => {
  it('ends in order, with nothing half-filled and no process left', async () => {
    const folder = await folders.make();
    const words = ['--people', '15000', '--port', String(await freePorts())];
    const attempt = new StartProcess({ words, dataFolder: folder });
    onTestFinished(() => attempt.kill('SIGKILL'));
    await expect.poll(() => attempt.err).toContain('synthetic people');
    const server = await serverOf(folder);
    expect(await attempt.stop()).toMatchObject({ code: 0, signal: null, out: '' });
    await expect.poll(() => server !== null && lives(server)).toBe(false);
    expect((await readdir(folder)).toSorted()).toEqual(await filesAfterStart(folder));
  });
});

describe('npm start that is asked to end', () => {
  it('hands that on: nothing goes on running behind its back', async () => {
    const folder = await folders.make();
    const ownPort = await freePorts();
    // With the environment of this run, in which npm is found; the shell makes room for it.
    const npm = spawn('sh', [
      '-c',
      `cd "${ROOT}" && DINHDANH_DATA="${folder}" exec npm start -- --only gateway --port ${ownPort}`,
    ]);
    onTestFinished(() => void npm.kill('SIGKILL'));
    const ended = once(npm, 'close');
    const healthy = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${ownPort}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(healthy).toBe(true);
    npm.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await healthy()).toBe(false);
    expect(await readdir(folder)).not.toContain('running.json');
  });
});
