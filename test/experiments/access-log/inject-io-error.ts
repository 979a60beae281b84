import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What a fault injected into a process came to. */
export interface InjectedFault {
  /** Resolves once the error was given to the process, at the instant on the monotonic clock; null when it never was. */
  readonly struck: Promise<number | null>;
  /** Lets go of the processes. */
  readonly stop: () => Promise<void>;
}

const PLACES = ['/usr/bin/strace', '/usr/local/bin/strace', '/bin/strace'];

/** @throws Error in one line when `strace` is not there */
export function findStrace(): string {
  const found = PLACES.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Error(
    "An I/O error cannot be injected here: Debian's strace is missing (apt-get install strace).",
  );
}

/**
 * Lets the disk fail: the so-many-th fdatasync(2) of each of these processes answers EIO. PostgreSQL takes that for what
 * it is, the loss of what it had written, and ends with PANIC.
 */
export function injectIoError(pids: readonly number[], when: number): InjectedFault {
  const words = [
    ...['-e', 'trace=fdatasync', '-e', `inject=fdatasync:error=EIO:when=${when}`],
    ...pids.flatMap((pid) => ['-p', String(pid)]),
  ];
  const child = spawn(findStrace(), words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const struck = new Promise<number | null>((resolve) => {
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('(INJECTED)')) resolve(performance.now());
    });
    void ended.then(() => resolve(null));
  });
  return {
    struck,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
