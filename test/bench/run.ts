/** `npm run bench -- <name>`: installs the bench package on its own, then runs what is named. */
import { spawnSync } from 'node:child_process';

const [name = 'compose'] = process.argv.slice(2);
const run = (...words: readonly string[]): number =>
  spawnSync('npm', words, { cwd: import.meta.dirname, stdio: 'inherit' }).status ?? 1;
process.exitCode = run('ci', '--no-fund', '--no-audit') || run('run', '--silent', name);
