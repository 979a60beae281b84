import { readExportOptions } from './export-options.ts';
import { serviceNames } from './service-names.ts';
import { StartError } from './start-error.ts';

/** `npm run export-served`: what a service has served, as JSON Lines on standard output. */
// A reader that has enough, such as `head`, ends the export.
process.stdout.on('error', () => process.exit(0));

try {
  const options = readExportOptions(process.argv.slice(2), serviceNames);
  // Loaded now and not above: who mistypes a word need not wait.
  const { readConfig } = await import('./config.ts');
  const { exportServed } = await import('./served-export.ts');
  const { databaseUrls, dataFolder } = readConfig();
  await exportServed(options, { databaseUrls, dataFolder, write: writeOut });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Waits where the reader is slower: an export of a year does not fit into memory. */
async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((done) => process.stdout.once('drain', done));
}
