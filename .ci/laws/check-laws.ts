/** The laws as a part of `npm run check`: reads the whole repository, prints what is broken, ends with code 1. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHouse, readPackages } from '../house/read-house.ts';
import { root } from '../tool.ts';
import { type Exception, judge } from './judge.ts';
import { laws } from './laws.ts';

const exceptions = JSON.parse(
  readFileSync(join(import.meta.dirname, 'exceptions.json'), 'utf8'),
) as Exception[];
const house = readHouse(root, readPackages(root));
const findings = judge(house, laws, exceptions);
for (const { law, sentence, places } of findings) {
  process.stdout.write(`${sentence} (${law})\n${places.map((place) => `  ${place}\n`).join('')}`);
}
if (findings.length === 0) process.stdout.write(`${laws.length} laws hold in ${house.files.length} files\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
