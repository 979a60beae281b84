import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFewest, countShapes, countStatements, openServiceDatabases } from './service-database.ts';
import type { ServiceDatabases } from './service-database.ts';

let databases: ServiceDatabases;
let url: string;
let client: pg.Client;

beforeAll(async () => {
  databases = await openServiceDatabases();
  url = await databases.create('counted');
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await databases.stop();
});

const text = "SELECT 'phone' AS of, NULL AS at, 1 AS count, $1::int AS wanted";
const prepared = () => client.query({ name: 'kept', text, values: [2] });
const parsed = () => client.query({ text, values: [2] });

describe('what a database is counted to have been sent', () => {
  it('is one shape, whether the server keeps its text with constants (prepared before) or without (parsed just now)', async () => {
    await prepared();
    expect([...(await countStatements(url, prepared))]).not.toEqual([
      ...(await countStatements(url, parsed)),
    ]);
    const shapes = await countShapes(url, prepared);
    expect(shapes).toHaveLength(1);
    expect(await countShapes(url, parsed)).toEqual(shapes);
  });

  it('is of each shape the fewest of several runs, and nothing that was sent in one of them only', async () => {
    let runs = 0;
    const counted = await countFewest(url, async () => {
      runs += 1;
      await prepared();
      if (runs === 2) await client.query('SELECT now()');
      if (runs === 3) await prepared();
    });
    expect(counted.map(([shape, count]) => [/now\(\)/.test(shape), count])).toEqual([[false, 1]]);
  });
});
