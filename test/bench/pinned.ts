import { execFileSync, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** A program with all its threads on one core. */
export function pinned(path: string, core: number, flags: readonly string[] = []): ChildProcess {
  return fork(path, {
    execPath: 'taskset',
    execArgv: ['-c', String(core), 'env', 'NODE_ENV=production', process.execPath, ...flags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Keeps this process, and all that it begins from now on, to one core. */
export function stayOn(core: number): void {
  execFileSync('taskset', ['-acp', String(core), String(process.pid)], { stdio: 'ignore' });
}
