import { existsSync } from 'node:fs';
import { allocateYoung } from '@dinhdanh/kit/allocate-young';
import { builtWeb } from './built-web.ts';
import { readConfig } from './config.ts';
import { DEFAULT_PEOPLE, readOptions } from './options.ts';
import { StartError } from './start-error.ts';
import type { System } from './system.ts';

allocateYoung();
const ending = new AbortController();
let running: System | null = null;

/** The first signal ends everything in order, the second at once; a hung terminal counts as a signal too. */
function end(): void {
  if (ending.signal.aborted) process.exit(1);
  ending.abort();
  if (running !== null) void stop(running);
}

async function stop(system: System): Promise<void> {
  try {
    await system.stop();
    process.exit(0);
  } catch {
    process.stderr.write('Not everything could be stopped in order; the next start puts it right.\n');
    process.exit(1);
  }
}

/** The gateway's address; without one what else runs here; of a witness alone what the log's operator needs to know. */
function whereIs({ url, services, witness }: System): string {
  if (url !== null) return url.replace('127.0.0.1', 'localhost');
  return services.size > 0 || witness === null
    ? [...services.keys()].join(' ')
    : `${witness.url} ${witness.key}`;
}

/** The usual signal for it means here that the terminal has gone. */
process.on('SIGUSR2', () => running?.reload());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

try {
  const { people, ...options } = readOptions(process.argv.slice(2));
  const config = readConfig();
  // Loaded now and not above: who mistypes an option need not wait for all services.
  const { startSystem } = await import('./system.ts');
  const system = await startSystem({
    ...config,
    ...options,
    people: people ?? DEFAULT_PEOPLE,
    webRoot: existsSync(builtWeb) ? builtWeb : null,
    signal: ending.signal,
  });
  running = system;
  if (people !== null && [...system.seeds.values()].some((seed) => seed.people !== people)) {
    process.stderr.write(
      'The databases were filled by an earlier start; --people takes effect together with --reset.\n',
    );
  }
  process.stdout.write(`ready ${whereIs(system)}\n`);
} catch (error) {
  if (ending.signal.aborted) process.exit(0);
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
