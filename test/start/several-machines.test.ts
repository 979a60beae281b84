import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runSql } from '@dinhdanh/kit/testing';
import { startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import type { EmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { freePorts, StartProcess } from './start-process.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';

const system = inject('system');
const folders = new TemporaryFolders();
const processes: StartProcess[] = [];
let server: EmbeddedPostgres;
const owned: Record<string, string> = {};
let registries = { dataFolder: '', port: 0 };
let front = { dataFolder: '', port: 0 };

/** As somebody who runs a PostgreSQL server would: a database for each service, each with an owner who sees no other. */
async function makeDatabase(name: string): Promise<string> {
  const admin = await server.databaseUrl('postgres');
  await runSql(admin, `CREATE ROLE ${name}_owner LOGIN PASSWORD 'secret'`);
  await runSql(admin, `CREATE DATABASE ${name} OWNER ${name}_owner`);
  await runSql(admin, `REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
  const url = new URL(admin);
  url.username = `${name}_owner`;
  url.password = 'secret';
  url.pathname = `/${name}`;
  return url.href;
}

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataFolder: await folders.make() });
  for (const name of ['population', 'vehicles']) owned[name] = await makeDatabase(name);
  registries = { dataFolder: await folders.make(), port: await freePorts() };
  front = { dataFolder: await folders.make(), port: await freePorts() };
});
afterAll(async () => {
  for (const each of processes) await each.stop();
  await server.stop();
  await folders.remove();
});

describe('one system on two machines', () => {
  it('starts two registries on databases of somebody’s server, and no database of its own', async () => {
    const process = new StartProcess({
      words: ['--only', 'population,vehicles', '--people', '30', '--port', String(registries.port)],
      dataFolder: registries.dataFolder,
      environment: {
        POPULATION_DATABASE_URL: owned['population'] ?? '',
        VEHICLES_DATABASE_URL: owned['vehicles'] ?? '',
      },
    });
    processes.push(process);
    expect(await process.ready()).toBe('population vehicles');
    expect((await readdir(registries.dataFolder)).toSorted()).toEqual(['keys', 'running.json']);
    const [seeded] = await runSql(owned['population'] ?? '', 'SELECT people FROM _seed');
    expect(seeded).toEqual({ people: 30 });
  });

  it('gives each service a database that the owner of another cannot enter', async () => {
    const stranger = new URL(owned['vehicles'] ?? '');
    stranger.pathname = '/population';
    await expect(runSql(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
  });

  it('starts the others elsewhere, which find them by URL and share their keys alone', async () => {
    const keys = join(front.dataFolder, 'keys');
    await mkdir(keys, { mode: 0o700 });
    for (const name of ['population.caller.key', 'vehicles.caller.key']) {
      await cp(join(registries.dataFolder, 'keys', name), join(keys, name));
    }
    const process = new StartProcess({
      words: ['--without', 'population,vehicles', '--people', '30', '--port', String(front.port)],
      dataFolder: front.dataFolder,
      environment: {
        POPULATION_URL: `http://127.0.0.1:${registries.port + 1}`,
        VEHICLES_URL: `http://127.0.0.1:${registries.port + 4}/`,
      },
    });
    processes.push(process);
    expect(await process.ready()).toBe(`http://localhost:${front.port}`);
  });

  it('answers as one that stands on a single machine', async () => {
    const url = `http://127.0.0.1:${front.port}`;
    const person = readDemo(front.dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');
    const query = `{ person { fullName permanentResidence { text } vehicles { plate brand }
      drivingLicences { number } passports { number } healthInsurance { number } } }`;
    const answer = await ask(url, query, { token: await signIn(url, person) });
    expect(answer.errors).toEqual([]);
    const whole = await ask(system.url, query, { token: await signIn(system.url, person) });
    expect(answer.data).toEqual(whole.data);
  });
});
