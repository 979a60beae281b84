/** Finds and runs the tools that npm installed, on the very Node that runs us: whatever `node` the path has. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { environment } from './config.ts';

/** The repository's root folder, absolute. */
export const root: string = join(import.meta.dirname, '..');

/**
 * Our environment with the installed tools and this Node first in the path, turborepo kept off the network, and a place
 * where Node keeps what it has compiled: the many processes of the tests load the same modules.
 */
export const toolEnvironment: NodeJS.ProcessEnv = {
  ...environment,
  PATH: [join(root, 'node_modules/.bin'), dirname(process.execPath), environment['PATH'] ?? ''].join(
    delimiter,
  ),
  NODE_COMPILE_CACHE: join(root, '.data/compiled'),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  CHECKPOINT_DISABLE: '1',
};

/**
 * The script that a package installs under a command name.
 * @param packageName e.g. `vitest`
 * @param command the name in its `bin`; the package's own name by default
 */
export function toolScript(packageName: string, command: string = packageName): string {
  const manifestPath = createRequire(join(root, 'package.json')).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8')) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`${packageName} installs no command ${command}`);
  return join(dirname(manifestPath), script);
}

/** What a finished child process left: its exit code (1 when a signal ended it) and all it wrote, in order. */
export interface Finished {
  code: number;
  output: string;
}

/** Runs Node on a script in the root folder, without standard input, and gathers what it writes. */
export function runQuietly(script: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...toolEnvironment, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return exitOf(child).then((code) => ({ code, output: Buffer.concat(chunks).toString('utf8') }));
}

/** Runs Node on a script in the root folder, without standard input, its output shown as it comes. */
export function runShown(script: string, args: readonly string[]): Promise<number> {
  return exitOf(
    spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: toolEnvironment,
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
