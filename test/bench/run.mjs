/** `npm run bench -- <name>`: installs the bench package on its own, then runs what is named (all of it otherwise). */
import { spawnSync } from 'node:child_process';

const folder = import.meta.dirname;
const run = (command, words) => spawnSync(command, words, { cwd: folder, stdio: 'inherit' }).status ?? 1;
const [name = 'compose'] = process.argv.slice(2);
process.exitCode = run('npm', ['ci', '--no-fund', '--no-audit']) || run('npm', ['run', '--silent', name]);
