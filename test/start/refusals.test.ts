import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { choosePlace } from '@dinhdanh/start';
import { startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { freePorts, StartProcess } from './start-process.ts';
import type { StartRun } from './start-process.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';

const system = inject('system');
const folders = new TemporaryFolders();
afterAll(folders.remove);

/** A start that cannot go on ends with code 1 and one sentence, which says what to do. */
async function expectRefusal(run: StartRun, sentence: RegExp): Promise<void> {
  const attempt = new StartProcess(run);
  onTestFinished(() => attempt.kill('SIGKILL'));
  const { code, signal, out, err } = await attempt.ended;
  expect({ code, signal, out }, err).toEqual({ code: 1, signal: null, out: '' });
  expect(err).toMatch(sentence);
  expect(err).toMatch(/^[^\n]+\.\n$/);
}

const words: Readonly<Record<string, readonly [words: string[], sentence: RegExp]>> = {
  'an option that does not exist': [['--pepole', '5'], /There is no option --pepole: .*npm start -- /],
  'words that npm kept the dashes of': [['5000'], /"5000" is no option: .*npm start -- /],
  'an option without its value': [['--port'], /--port takes a value: /],
  'a switch with a value': [['--reset=yes'], /--reset takes no value: /],
  'an option twice': [['--port', '1', '--port', '2'], /--port stands there twice/],
  'a number that is none': [
    ['--people', 'many'],
    /--people takes a whole number from 0 to 2997000, not "many"/,
  ],
  'a port that does not exist': [['--port', '70000'], /--port takes a whole number from 1 to 65500/],
  'a service that does not exist': [
    ['--only', 'population,tax'],
    /--only takes names .*not "tax": gateway, population,/,
  ],
  'a choice that is none': [['--only', 'vehicles', '--without', 'vehicles'], /exclude each other: give one/],
};

const environments: Readonly<Record<string, readonly [Record<string, string>, RegExp]>> = {
  'several wrong names at once': [
    { DINHDANH_LOG_LEVEL: 'loud', VEHICLES_URL: 'localhost:4004', DINHDANH_PEOPLE_AS_OF: '2026-02-30' },
    /DINHDANH_LOG_LEVEL is one of .*; DINHDANH_PEOPLE_AS_OF is a date.*; VEHICLES_URL is a URL/,
  ],
  'a database that is none, whose password is not repeated': [
    { POPULATION_DATABASE_URL: 'mysql://owner:geheim@host/db' },
    /^(?!.*geheim).*POPULATION_DATABASE_URL is a URL that starts with postgres/,
  ],
};

describe('a start', () => {
  it('has V8 make all objects among the young', async () => {
    const told = `
      import { createRequire, syncBuiltinESMExports } from 'node:module';
      const v8 = createRequire('/')('node:v8');
      v8.setFlagsFromString = (flags) => process.stderr.write('flags ' + flags + ' ');
      syncBuiltinESMExports();`;
    const imports = [`data:text/javascript,${encodeURIComponent(told)}`];
    await expectRefusal(
      { imports, words: ['5000'], dataFolder: '/nowhere' },
      /^flags --no-allocation-site-pretenuring /,
    );
  });
});

describe('a start is refused with one sentence that says what to do', () => {
  it.each(Object.entries(words))('for %s', async (_case, [given, sentence]) => {
    await expectRefusal({ words: given, dataFolder: '/nowhere' }, sentence);
  });

  it.each(Object.entries(environments))(
    'for an environment with %s',
    async (_case, [environment, sentence]) => {
      await expectRefusal({ environment, dataFolder: '/nowhere' }, sentence);
    },
  );

  it('on a Node that is too old', async () => {
    const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
    await expectRefusal(
      { imports: [`data:text/javascript,${encodeURIComponent(older)}`], dataFolder: '/nowhere' },
      /needs Node 24 or newer and this is Node 20\.20\.2: start it through npm/,
    );
  });

  it('when its data folder is a file', async () => {
    const file = join(await folders.make(), 'data');
    await writeFile(file, '');
    await expectRefusal(
      { dataFolder: file },
      /The data folder \S+ cannot be used \(EEXIST\): make it a folder/,
    );
  });

  it('when it may not write to its data folder', async () => {
    // Not even root may make a folder there.
    await expectRefusal(
      { dataFolder: '/proc/dinhdanh' },
      /\/proc\/dinhdanh cannot be used .*set DINHDANH_DATA/,
    );
  });

  it('when a port is in use, before anything is made', async () => {
    const port = await freePorts();
    const holder = createServer().listen(port + 4, '127.0.0.1');
    const dataFolder = join(await folders.make(), 'data');
    await expectRefusal(
      { words: ['--port', String(port)], dataFolder },
      new RegExp(`Port ${port + 4} \\(vehicles\\) is in use: stop the program on it, or .* --port`),
    );
    holder.close();
  });

  it('when its host is no address of this machine', async () => {
    await expectRefusal(
      { dataFolder: await folders.make(), environment: { DINHDANH_HOST: '192.0.2.1' } },
      /192\.0\.2\.1 is no address of this machine: set DINHDANH_HOST/,
    );
  });

  it('when the files of its database are damaged', async () => {
    const dataFolder = await folders.make();
    const server = await startEmbeddedPostgres({ dataFolder });
    await server.stop();
    const { cluster } = await choosePlace(dataFolder);
    await truncate(join(cluster, 'global', 'pg_control'), 100);
    await expectRefusal(
      { dataFolder, words: ['--port', String(await freePorts())] },
      /did not start; its own words are at the end of \S+server\.log: .* --reset/,
    );
  });

  it('when a folder that is no database stands in its place', async () => {
    const dataFolder = await folders.make();
    const { cluster } = await choosePlace(dataFolder);
    await mkdir(cluster, { recursive: true });
    await expectRefusal(
      { dataFolder, words: ['--port', String(await freePorts())] },
      /did not start; .* --reset/,
    );
  });

  it('when the password of its database is lost', async () => {
    const dataFolder = await folders.make();
    const server = await startEmbeddedPostgres({ dataFolder });
    await server.stop();
    await writeFile(join(dataFolder, 'keys', 'postgres.password'), 'another');
    await expectRefusal(
      { dataFolder, words: ['--port', String(await freePorts())] },
      /does not take the password in \S+postgres\.password: put that file back/,
    );
  });

  it('when a database server does not answer', async () => {
    await expectRefusal(
      {
        words: ['--only', 'population', '--port', String(await freePorts())],
        dataFolder: await folders.make(),
        environment: { POPULATION_DATABASE_URL: 'postgresql://owner:geheim@127.0.0.1:1/population' },
      },
      /^(?!.*geheim)The database of population on 127\.0\.0\.1:1 cannot be used \(ECONNREFUSED\): see that it is there/,
    );
  });

  it('when a service does not take one of its own settings', async () => {
    await expectRefusal(
      {
        words: ['--only', 'accounts', '--port', String(await freePorts())],
        dataFolder: await folders.make(),
        environment: {
          ACCOUNTS_DATABASE_URL: system.databaseUrls.accounts ?? '',
          ACCOUNTS_SESSION_HOURS: 'long',
        },
      },
      /The environment is not right: sessionHours of accounts, one of ACCOUNTS_… in docs\/config\.md/,
    );
  });
});
