import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePlace } from '@dinhdanh/start';

const ROOT = join(import.meta.dirname, '..', '..');
const SLOTS = 24;
/** The ports of a start, and one behind them that marks them as taken. */
const STEP = SLOTS + 1;

/** Where nothing else is said: as in the shared system, a busy machine must not fail a test that is not about time. */
const PATIENT = { GATEWAY_DEADLINE_MS: '15000' };

/** Node keeps there what it has compiled: one start after another need not do all of that again. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'dinhdanh-compiled') };

/** How `npm start` is run: its words, what the environment adds, its data folder. */
export interface StartRun {
  readonly words?: readonly string[];
  readonly dataFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Loaded by Node before everything else. */
  readonly imports?: readonly string[];
}

/** What a process that ended left. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A process as `npm start` makes it. */
export class StartProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<Ended>;
  #out = '';
  #err = '';

  constructor({ words = [], dataFolder, environment = {}, imports = [] }: StartRun) {
    const before = [...imports, './start/require-node.mjs'].flatMap((file) => ['--import', file]);
    this.#child = spawn(process.execPath, [...before, 'start/start.ts', ...words], {
      cwd: ROOT,
      env: { PATH: '/usr/bin:/bin', DINHDANH_DATA: dataFolder, ...PATIENT, ...COMPILED, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#out += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#err += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve({ code, signal, out: this.#out, err: this.#err }));
    });
  }

  /** Its number; 0 where it could not be made. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Standard error so far. */
  get err(): string {
    return this.#err;
  }

  /** The line after `ready `. @throws TypeError with its last words when the process ends before */
  async ready(): Promise<string> {
    const line = (): string | undefined => /^ready (.+)$/m.exec(this.#out)?.[1];
    const early = this.ended.then(({ err }) => {
      throw new TypeError(`ended before it was ready: ${err}`);
    });
    early.catch(() => undefined);
    while (line() === undefined) {
      const more = new Promise((resolve) => this.#child.stdout?.once('data', resolve));
      await Promise.race([more, early]);
    }
    return line() ?? '';
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to end, and waits until it has. */
  stop(): Promise<Ended> {
    this.kill('SIGTERM');
    return this.ended;
  }
}

/**
 * A port with all that follow it free at this moment, as a start takes them. Below those that the system lends to
 * connections (from 32,768 on): one of these could be lent to any other test before the start takes it. No other test is
 * given them while this process lives: until it ends it holds the port behind them.
 */
export async function freePorts(): Promise<number> {
  for (;;) {
    const base = 10_000 + Math.floor(Math.random() * Math.floor(22_000 / STEP)) * STEP;
    if (!(await hold(base + SLOTS))) continue;
    const free = await Promise.all(Array.from({ length: SLOTS }, (_, offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
}

function hold(port: number): Promise<boolean> {
  const mark = createServer().unref();
  return new Promise((resolve) => {
    mark.once('error', () => resolve(false));
    mark.listen(port, '127.0.0.1', () => resolve(true));
  });
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The process number of the database server of a data folder; null when none was left. */
export async function serverOf(dataFolder: string): Promise<number | null> {
  const { cluster } = await choosePlace(dataFolder);
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  return text === null ? null : Number(text.split('\n')[0]);
}

/** The files a data folder holds after a start, sorted; where the cluster had to stand outside, the note of where. */
export async function filesAfterStart(dataFolder: string, ...others: readonly string[]): Promise<string[]> {
  const { outside } = await choosePlace(dataFolder);
  return ['keys', outside === undefined ? 'postgres' : 'postgres.location', ...others].toSorted();
}

/** Tells whether a process lives. One that is dead and waits for its parent to take note does not. */
export function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}
