import {
  bundlesOfGrowth,
  parseCheckpoint,
  parseNote,
  tilePath,
  tilesOfGrowth,
} from '@dinhdanh/access-log/tlog';
import { valueOf } from '@dinhdanh/access-log/testing';
import { everybody } from '@dinhdanh/people';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cast, today } from '../harness/told-people.ts';
import {
  beAuditor,
  bePeople,
  exportAll,
  readPublished,
  SEEDED_PEOPLE,
  startBusySystem,
} from './personal-data/busy-system.ts';
import type { BusySystem } from './personal-data/busy-system.ts';
import { columnsOf, plantRow, readColumns, takesWords } from './personal-data/database-content.ts';
import type { Column } from './personal-data/database-content.ts';
import { WordFinder } from './personal-data/word-finder.ts';
import type { Hit, Word } from './personal-data/word-finder.ts';
import { wordsOfPerson } from './personal-data/words-of-person.ts';

/** A whole system is started and much is done in it: on a busy machine that takes minutes. */
const PATIENCE_MS = 600_000;
/** How many people besides the cast are looked for. */
const OTHERS = 10_000;
const OWNER = cast.find(({ key }) => key === 'level2');
const PLANTED = OWNER?.account.identifiers?.personalNumber ?? '';

let system: BusySystem;
let client: pg.Client;
const atTheEnd: (() => Promise<void>)[] = [];
let finder: WordFinder;

function* everyWord(): Generator<Word> {
  const seeded = everybody({ people: SEEDED_PEOPLE, seed: 'dinhdanh', today });
  for (const person of seeded) yield* wordsOfPerson(person);
  const others = everybody({ people: OTHERS, seed: 'dinhdanh', today });
  for (const person of others) yield* wordsOfPerson(person);
}

/** Where something was found that must not be there: places and kinds, never the word. */
const listed = (hits: readonly Hit[]): string[] =>
  hits.map(({ place, kind, form }) => `${place}: ${kind} ${form}`);

beforeAll(async () => {
  system = await startBusySystem();
  atTheEnd.push(system.stop);
  finder = new WordFinder(everyWord());
  await bePeople(system);
  await beAuditor(system);
  client = new pg.Client({ connectionString: system.logDatabaseUrl });
  await client.connect();
  atTheEnd.unshift(() => client.end());
}, PATIENCE_MS);
afterAll(async () => {
  for (const end of atTheEnd) await end();
});

test('there is something to look for, and something to look at', async () => {
  expect(finder.size).toBeGreaterThan(OTHERS * 8);
  const { rows } = await client.query<{ event: string; count: string }>(
    'SELECT f.event, count(*) FROM entries e JOIN facets f ON f.id = e.facet GROUP BY 1',
  );
  const counts = new Map(rows.map(({ event, count }) => [event, Number(count)]));
  expect(counts.get('intent')).toBeGreaterThan(500);
  expect(counts.get('denied')).toBeGreaterThan(20);
  expect(counts.get('audit-read')).toBeGreaterThan(10);
});

describe("the access log's database", () => {
  test('no column of any table holds anything that tells who somebody is', async () => {
    const contents = await readColumns(client, await columnsOf(client));
    expect(listed(contents.flatMap(({ place, content }) => finder.find(place, content)))).toEqual([]);
    const filled = new Set(contents.filter(({ rows }) => rows > 0).map(({ place }) => place));
    for (const place of [
      'facets.claims',
      'actors.name',
      'tiles.bytes',
      'shards.published_note',
      'served.call_id',
    ])
      expect([...filled], place).toContain(place);
  });

  test('what is planted in a column is found there, in every column of every table that could hold a word', async () => {
    const tables = Map.groupBy(await columnsOf(client), ({ table }) => table);
    const missed: string[] = [];
    for (const columns of tables.values()) missed.push(...(await missedIn(columns)));
    expect(missed).toEqual([]);
    expect(tables.size).toBeGreaterThan(10);
  });

  /** The columns of one table in which it is not found. */
  async function missedIn(columns: readonly Column[]): Promise<string[]> {
    const asked = columns.filter(takesWords);
    await client.query('BEGIN');
    try {
      await client.query('SET LOCAL session_replication_role = replica');
      await plantRow(client, columns, PLANTED);
      const contents = await readColumns(client, asked);
      return contents
        .filter(({ place, content }) => finder.find(place, content).length === 0)
        .map(({ place }) => place);
    } finally {
      await client.query('ROLLBACK');
    }
  }
});

describe('what the log publishes', () => {
  const read = async (path: string): Promise<Hit[]> => finder.find(path, await readPublished(system, path));

  async function everyPath(): Promise<string[]> {
    const note = valueOf(parseNote(await readPublished(system, 'checkpoint')));
    const { size } = valueOf(parseCheckpoint(note.text));
    expect(size).toBeGreaterThan(256);
    return ['checkpoint', ...[...tilesOfGrowth(0, size), ...bundlesOfGrowth(0, size)].map(tilePath)];
  }

  test('no checkpoint, no tile of hashes and no bundle of entries holds anything of a person', async () => {
    const hits: Hit[] = [];
    for (const path of await everyPath()) hits.push(...(await read(path)));
    expect(listed(hits)).toEqual([]);
  });

  test.each(['CSV', 'JSON_LINES'] as const)(
    'no page of an export holds anything of a person: %s',
    async (format) => {
      const pages = await exportAll(system, format);
      expect(pages.join('').length).toBeGreaterThan(10_000);
      expect(listed(pages.flatMap((page, number) => finder.find(`page ${number}`, page)))).toEqual([]);
    },
  );

  test('what is planted in an entry is found in its bundle and in both exports', async () => {
    await plantInNewest(PLANTED);
    const bundles = (await everyPath()).filter((path) => path.startsWith('tile/entries/'));
    expect((await Promise.all(bundles.map(read))).flat()).not.toEqual([]);
    for (const format of ['CSV', 'JSON_LINES'] as const) {
      const pages = await exportAll(system, format);
      expect(pages.flatMap((page) => finder.find(format, page))).not.toEqual([]);
    }
  });

  /** Into the newest published entry, as its consent: a superuser's hand, since no caller could. */
  async function plantInNewest(value: string): Promise<void> {
    await client.query(
      `UPDATE entries SET bytes = convert_to(regexp_replace(convert_from(bytes, 'UTF8'), '"consentId":(null|"[^"]*")', '"consentId":"' || $1 || '"'), 'UTF8')
       WHERE (shard, index) IN (SELECT id, published_size - 1 FROM shards ORDER BY begins DESC LIMIT 1)`,
      [value],
    );
  }
});

describe('what services log', () => {
  test('no line holds anything of a person, at level info', () => {
    const lines = system.logLines();
    for (const event of [
      'GATEWAY_REQUEST',
      'GATEWAY_REQUEST_REFUSED',
      'ACCOUNTS_SIGN_IN_REFUSED',
      'SERVICE_STARTED',
    ])
      expect(lines).toContain(event);
    expect(listed(finder.find('log', lines))).toEqual([]);
  });

  test('a line that held a number, a name or a token with a number in it would be found', () => {
    const name = OWNER?.account.identifiers?.fullName ?? '';
    const token = Buffer.from(JSON.stringify({ ids: { personalNumber: PLANTED } })).toString('base64url');
    for (const value of [PLANTED, name, name.toUpperCase(), `Bearer e30.${token}.e30`]) {
      const line = JSON.stringify({
        level: 30,
        service: 'gateway',
        requestId: value,
        event: 'GATEWAY_REQUEST',
      });
      expect(finder.find('log', `${system.logLines()}${line}\n`)).not.toEqual([]);
    }
  });
});
