import process from 'node:process';
import { StartError } from './start-error.ts';

/** `npm run export-consents`: every consent that may still be used, as JSON Lines on standard output. */
// A reader that has enough, such as `head`, ends the export.
process.stdout.on('error', () => process.exit(0));

try {
  if (process.argv.length > 2) throw new StartError('It takes nothing: npm run --silent export-consents.');
  // Loaded now and not above: who mistypes a word need not wait.
  const { readConfig } = await import('./config.ts');
  const { exportConsents } = await import('./consents-export.ts');
  const { databaseUrls, dataFolder } = readConfig();
  await exportConsents({ databaseUrl: databaseUrls.sharing, dataFolder, write: writeOut });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Waits where the reader is slower. */
async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((done) => process.stdout.once('drain', done));
}
