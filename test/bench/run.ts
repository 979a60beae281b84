/** `npm run bench -- <name> …`: installs the bench package on its own, then runs what is named, with the words that follow. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [name = 'compose', ...words] = process.argv.slice(2);
const run = (...npm: readonly string[]): number =>
  spawnSync('npm', npm, { cwd: import.meta.dirname, stdio: 'inherit' }).status ?? 1;
process.exitCode = install() || run('run', '--silent', name, '--', ...words);

/** The peers are a thousand packages: what the lock names is installed once. */
function install(): number {
  const lock = createHash('sha256').update(readFileSync(new URL('package-lock.json', import.meta.url)));
  const installed = lock.digest('hex');
  const mark = new URL('node_modules/.installed', import.meta.url);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === installed) return 0;
  const status = run('ci', '--no-fund', '--no-audit');
  if (status === 0) writeFileSync(mark, installed);
  return status;
}
