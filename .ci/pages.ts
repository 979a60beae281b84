/**
 * Pages that are made from code: `npm run pages` writes them, `npm run check` compares (`--check`). A new one is
 * registered here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventPage } from './checks/event-page.ts';
import { root } from './tool.ts';

const pages: Readonly<Record<string, () => Promise<string>>> = {
  'docs/events.md': async () => {
    const { logEvents } = await import('@dinhdanh/kit');
    return eventPage(logEvents);
  },
};

const checking = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, make] of Object.entries(pages)) {
  const text = await make();
  if (!checking) writeFileSync(join(root, path), text);
  else if (text !== readFileSync(join(root, path), 'utf8')) stale.push(path);
}
for (const path of stale) process.stdout.write(`${path} is not what the code says: run npm run pages.\n`);
if (stale.length === 0) process.stdout.write(`${Object.keys(pages).join(', ')} as the code says\n`);
process.exitCode = stale.length > 0 ? 1 : 0;
