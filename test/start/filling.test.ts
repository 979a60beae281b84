import { runSql } from '@dinhdanh/kit/testing';
import { fillDatabases, toldDay } from '@dinhdanh/start';
import type { Filling, ServiceName } from '@dinhdanh/start';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';

let databases: ServiceDatabases;
beforeAll(async () => {
  databases = await openServiceDatabases();
});
afterAll(() => databases.stop());

const silent = { write: () => undefined };
const filling: Filling = { seed: 'dinhdanh', people: 40, today: '2026-11-21', screen: silent };

/** New databases of these services, by their names with a word of the test's own. */
async function empty(word: string, ...names: ServiceName[]): Promise<Map<ServiceName, string>> {
  const urls = new Map<ServiceName, string>();
  for (const name of names) urls.set(name, await databases.create(`${word}-${name}`));
  return urls;
}

/** A word for all that a table holds; times of the load itself are in none. */
async function contents(url: string | undefined, table: string): Promise<unknown> {
  const [row] = await runSql(
    url ?? '',
    `SELECT count(*)::integer AS rows, md5(string_agg(t::text, ' ' ORDER BY t::text)) AS sum FROM "${table}" t`,
  );
  return row;
}

describe('filling databases', () => {
  it('on threads gives the same rows as without, and tells of each service how long it took', async () => {
    const here = await empty('here', 'population', 'vehicles');
    const onThreads = await empty('threads', 'population', 'vehicles');
    const told: string[] = [];
    const states = await fillDatabases(here, filling);
    expect(
      await fillDatabases(onThreads, { ...filling, threads: 2, seeded: (name) => void told.push(name) }),
    ).toEqual(states);
    expect(told.toSorted()).toEqual(['population', 'vehicles']);
    for (const [name, table] of [
      ['population', 'citizens'],
      ['population', 'addresses'],
      ['vehicles', 'vehicles'],
    ] as const) {
      const rows = await contents(here.get(name), table);
      expect(rows).toMatchObject({ rows: expect.toSatisfy((count: number) => count > 20) });
      expect(await contents(onThreads.get(name), table)).toEqual(rows);
    }
  });

  it('happens once, however many start at the same time and whatever they ask later', async () => {
    const urls = await empty('once', 'driving-licences');
    const [one, other] = await Promise.all([fillDatabases(urls, filling), fillDatabases(urls, filling)]);
    expect(one).toEqual(other);
    const rows = await contents(urls.get('driving-licences'), 'licences');
    const later = await fillDatabases(urls, { ...filling, people: 90, seed: 'another' });
    expect(later.get('driving-licences')).toEqual({ seed: 'dinhdanh', people: 40, today: '2026-11-21' });
    expect(await contents(urls.get('driving-licences'), 'licences')).toEqual(rows);
  });

  it('of a later year tells people as of its last 21 November, but where some are there as of their day', async () => {
    const inMarch2031 = (): Date => new Date('2031-03-04T05:00:00Z');
    const urls = await empty('years', 'population', 'driving-licences');
    expect(await toldDay(urls, inMarch2031)).toBe('2030-11-21');
    const [, last] = urls;
    await fillDatabases(new Map([last ?? expect.unreachable('two databases')]), filling);
    expect(await toldDay(urls, inMarch2031)).toBe(filling.today);
  });

  it('that is broken off leaves nothing behind and can be done again', async () => {
    const urls = await empty('broken', 'immigration');
    const ending = new AbortController();
    const screen = { write: () => ending.abort() };
    const attempt = fillDatabases(urls, {
      ...filling,
      people: 20_000,
      threads: 0,
      screen,
      signal: ending.signal,
    });
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    expect(await contents(urls.get('immigration'), 'passports')).toMatchObject({ rows: 0 });
    await fillDatabases(urls, filling);
    expect(await contents(urls.get('immigration'), '_seed')).toMatchObject({ rows: 1 });
  });

  it('and the note that it took place are one: without the note no row stays', async () => {
    const urls = await empty('noted', 'vehicles');
    const url = urls.get('vehicles') ?? '';
    await fillDatabases(urls, { ...filling, people: 0 });
    await runSql(
      url,
      'TRUNCATE vehicles, plates, plate_attachments, inspections, mandatory_insurances, _seed',
    );
    await runSql(url, 'ALTER TABLE _seed ADD CONSTRAINT refused CHECK (people < 0)');
    await expect(fillDatabases(urls, filling)).rejects.toThrow(
      /^The database of vehicles could not be filled \(23514\): nothing of it has stayed, so see .*, and start again\.$/,
    );
    expect(await contents(url, 'vehicles')).toMatchObject({ rows: 0 });
    await runSql(url, 'ALTER TABLE _seed DROP CONSTRAINT refused');
    await fillDatabases(urls, filling);
    expect(await contents(url, 'vehicles')).not.toMatchObject({ rows: 0 });
  });
});
