import { existsSync } from 'node:fs';
import { readConfig } from './config.ts';
import { readOptions } from './options.ts';
import { StartError } from './start-error.ts';
import { builtWeb, startSystem } from './system.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const config = readConfig();
  const system = await startSystem({
    ...config,
    ...options,
    webRoot: existsSync(builtWeb) ? builtWeb : null,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void system.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (system.url === null) process.stdout.write(`ready ${[...system.services.keys()].join(' ')}\n`);
  else process.stdout.write(`ready ${system.url.replace('127.0.0.1', 'localhost')}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
