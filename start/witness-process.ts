import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './start-error.ts';

/** What a witness is started with. */
export interface WitnessOptions {
  /** Its own, for its key and what it remembers. */
  readonly folder: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The log's public key under the log's name: C2SP vkey. */
  readonly logKey: string;
  /** Whether its words are kept from standard error. */
  readonly isQuiet: boolean;
}

/** A witness that runs: a process of its own, which dies with this one, however this one dies. */
export interface WitnessProcess {
  readonly url: string;
  /** C2SP vkey of its cosignatures. */
  readonly key: string;
  /** Changes when it was killed and started again. */
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

const script = createRequire(import.meta.url).resolve('@dinhdanh/access-log/witness');
const AGAIN_MS = 1_000;

/** Starts it, and again whenever it dies. @throws StartError with its last words */
export async function startWitness(options: WitnessOptions): Promise<WitnessProcess> {
  const first = await spawnWitness(options);
  const { url, key } = first;
  const port = Number(new URL(url).port);
  const ending = new AbortController();
  let child = first.child;
  const watch = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      if (child.exitCode === null && child.signalCode === null) await exitOf(child);
      await sleep(AGAIN_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      // Its port may still be taken by what killed it: it is tried until it goes.
      await spawnWitness({ ...options, port }).then(
        (next) => (child = next.child),
        () => undefined,
      );
    }
  };
  const watching = watch();
  return {
    url,
    key,
    pid: () => child.pid,
    stop: async () => {
      ending.abort();
      child.kill('SIGTERM');
      child.stdin?.end();
      await watching;
      if (child.exitCode === null && child.signalCode === null) await exitOf(child);
    },
  };
}

interface Spawned {
  readonly child: ChildProcess;
  readonly url: string;
  readonly key: string;
}

async function spawnWitness({ folder, host, port, logKey, isQuiet }: WitnessOptions): Promise<Spawned> {
  const words = ['--data', folder, '--host', host, '--port', String(port), '--log', logKey, '--with-parent'];
  // In a process group of its own: Ctrl-C on the terminal is for this process, which ends the witness last.
  const child = spawn(process.execPath, [script, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: {},
  });
  let out = '';
  let lastWords = '';
  child.stdin?.on('error', () => undefined);
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-500);
    if (!isQuiet) process.stderr.write(chunk);
  });
  const ready = new Promise<Spawned>((done) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const [, url, key] = /^ready (\S+) (\S+)$/m.exec(out) ?? [];
      if (url !== undefined && key !== undefined) done({ child, url, key });
    });
  });
  const failed = new Promise<never>((_, fail) => {
    const refuse = (): void =>
      fail(new StartError(`The witness did not start: ${lastWords.trim() || 'it said nothing'}`));
    child.once('error', refuse).once('close', refuse);
  });
  failed.catch(() => undefined);
  return Promise.race([ready, failed]);
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done());
  });
}
