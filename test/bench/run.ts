/** `npm run bench -- <name> …`: installs the bench package on its own, then runs what is named, with the words that follow. */
import { spawnSync } from 'node:child_process';

const [name = 'compose', ...words] = process.argv.slice(2);
const run = (...npm: readonly string[]): number =>
  spawnSync('npm', npm, { cwd: import.meta.dirname, stdio: 'inherit' }).status ?? 1;
process.exitCode = run('ci', '--no-fund', '--no-audit') || run('run', '--silent', name, '--', ...words);
