import { copyLine, loadRows } from '@dinhdanh/kit';
import type { CopyValue } from '@dinhdanh/kit';
import { runSql } from '@dinhdanh/kit/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';

let databases: ServiceDatabases;
let databaseUrl: string;
beforeAll(async () => {
  databases = await openServiceDatabases();
  databaseUrl = await databases.create('bulk');
  await runSql(
    databaseUrl,
    'CREATE TABLE things (id integer PRIMARY KEY, text text, list text[], json jsonb, at timestamptz, count bigint, flag boolean)',
  );
  await runSql(databaseUrl, 'CREATE TABLE parts (thing integer, name text)');
});
afterAll(() => databases.stop());
beforeEach(() => runSql(databaseUrl, 'TRUNCATE things, parts'));

const TABLES = [
  { table: 'things', columns: ['id', 'text', 'list', 'json', 'at', 'count', 'flag'] },
  { table: 'parts', columns: ['thing', 'name'] },
];
interface Thing {
  readonly id: number;
  readonly text?: string | null;
  readonly list?: readonly string[] | null;
  readonly json?: Readonly<Record<string, unknown>> | null;
}
function* rowsOf({ id, text = null, list = null, json = null }: Thing) {
  const row: CopyValue[] = [id, text, list, json, new Date(id * 1000), 9_007_199_254_740_993n, true];
  yield { table: 'things', row };
  yield { table: 'parts', row: [id, `part of ${id}`] };
}
const load = (things: Iterable<Thing>, progress: (done: number) => void = () => undefined) =>
  loadRows({ databaseUrl, tables: TABLES, things, rowsOf, progress });
const count = async (table: string) =>
  Number((await runSql<{ count: string }>(databaseUrl, `SELECT count(*) FROM ${table}`))[0]?.count);

// PostgreSQL's text cannot hold the character NUL.
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc
      .array(fc.constantFrom('\\', '"', '\t', '\n', '\r', '{', '}', ',', 'N', '\\N', 'NULL', "'", 'đ', ''), {
        maxLength: 8,
      })
      .map((parts) => parts.join('')),
  )
  .map((text) => text.replaceAll('\u0000', '').toWellFormed());

// Names without escapes: JSON.parse of Node 24.21 now and then reads a name that holds one as another.
const anyKey = fc
  .array(fc.constantFrom('a', 'đ', '{', '}', ',', "'", ' ', 'NULL'), { maxLength: 8 })
  .map((parts) => parts.join(''));

describe('a bulk load', () => {
  it('stores every value as it was given: quotes, backslashes, tabs, line ends, nulls, lists, objects', async () => {
    const anyThing = fc.record({
      text: fc.option(anyText),
      list: fc.option(fc.array(anyText, { maxLength: 4 })),
      json: fc.option(fc.dictionary(anyKey, fc.oneof(anyText, fc.integer(), fc.constant(null)))),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyThing, { minLength: 1, maxLength: 60 }), async (drawn) => {
        await runSql(databaseUrl, 'TRUNCATE things, parts');
        const things = drawn.map((thing, id) => ({ id, ...thing }));
        await load(things);
        const stored = await runSql<Thing & { at: Date; count: string; flag: boolean }>(
          databaseUrl,
          'SELECT * FROM things ORDER BY id',
        );
        expect(stored.map(({ id, text, list, json }) => ({ id, text, list, json }))).toEqual(
          things.map(({ json, ...thing }) => ({ ...thing, json: json && { ...json } })),
        );
        expect(stored[0]).toMatchObject({ at: new Date(0), count: '9007199254740993', flag: true });
      }),
      { numRuns: 25 },
    );
  });

  it('tells how far it has come, and at last how many there were', async () => {
    const told: number[] = [];
    await load(
      Array.from({ length: 2_300 }, (_, id) => ({ id })),
      (done) => void told.push(done),
    );
    expect(told).toEqual([1000, 2000, 2300]);
    expect([await count('things'), await count('parts')]).toEqual([2300, 2300]);
  });

  it('that fails half-way leaves nothing behind', async () => {
    function* broken() {
      for (let id = 0; id < 1_500; id += 1) yield { id };
      throw new RangeError('the people have run out');
    }
    await expect(load(broken())).rejects.toThrow('the people have run out');
    expect([await count('things'), await count('parts')]).toEqual([0, 0]);
  });

  it.each([
    ['early', 1],
    ['late', 2_999],
  ])('that the database refuses %s rejects and leaves nothing behind', async (_, place) => {
    const things = Array.from({ length: 3_000 }, (_unused, id) => ({ id: id === place ? 0 : id }));
    await expect(load(things)).rejects.toThrow(/duplicate key/);
    expect([await count('things'), await count('parts')]).toEqual([0, 0]);
  });

  it('writes a line of PostgreSQL’s text format', () => {
    expect(copyLine(['a\tb', null, ['x"y', 'z\\'], 5, false])).toBe(
      'a\\tb\t\\N\t{"x\\\\"y","z\\\\\\\\"}\t5\tfalse\n',
    );
  });
});
