import { resolve } from 'node:path';
import { describeFailure } from '@dinhdanh/kit';
import { StartError } from './start-error.ts';

/**
 * `npm run compare-entries`: holds everything the access log's database keeps beside the entries against their bytes. A
 * line of JSON on standard output for each that differs; ends with 1 where there is one, with 2 where it could not be done.
 */
try {
  const { readConfig } = await import('./config.ts');
  const { openServiceDatabase } = await import('./open-service-database.ts');
  const { compareLog } = await import('@dinhdanh/access-log');
  const { databaseUrls, dataFolder } = readConfig();
  const database = await openServiceDatabase('access-log', databaseUrls['access-log'], resolve(dataFolder));
  try {
    let findings = 0;
    const entries = await compareLog(
      database.url,
      async (finding) => {
        findings += 1;
        process.stdout.write(`${JSON.stringify(finding)}\n`);
      },
      (passed) => process.stderr.write(`\r${passed} entries`),
    );
    process.stderr.write(`\r${entries} entries: ${findings} differ from their bytes\n`);
    process.exitCode = findings === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
} catch (error) {
  const told = error instanceof StartError ? error.message : JSON.stringify(describeFailure(error));
  process.stderr.write(`${told}\n`);
  process.exitCode = 2;
}
