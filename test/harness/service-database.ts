import { setTimeout as sleep } from 'node:timers/promises';
import { runSql } from '@dinhdanh/kit/testing';
import { startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { TemporaryFolders } from './temporary-folders.ts';

/** A database server for one test file: nothing in it outlives the file. */
export interface ServiceDatabases {
  /** The URL of a database that is made empty. Statements to it are counted, see {@link countStatements}. */
  readonly create: (name: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts a server in the temporary folder, about two seconds. */
export async function openServiceDatabases(): Promise<ServiceDatabases> {
  const folders = new TemporaryFolders();
  const dataFolder = await folders.make();
  const server = await startEmbeddedPostgres({
    dataFolder,
    settings: ['synchronous_commit=off'],
  });
  return {
    create: async (name) => {
      const url = await server.databaseUrl(name);
      await runSql(url, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      return url;
    },
    stop: async () => {
      await server.stop();
      await folders.remove();
    },
  };
}

/** One statement as the server counts it: `id` is of its meaning, so the same whatever constants its text was kept with. */
interface CountedStatement {
  readonly id: string;
  readonly text: string;
  readonly calls: number;
}

async function statementsDuring(
  databaseUrl: string,
  run: () => Promise<unknown>,
): Promise<readonly CountedStatement[]> {
  await runSql(databaseUrl, 'SELECT pg_stat_statements_reset()');
  await run();
  const rows = await runSql<{ id: string; text: string; calls: string }>(
    databaseUrl,
    `SELECT queryid::text AS id, min(query) AS text, sum(calls) AS calls FROM pg_stat_statements
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND query NOT LIKE '%pg_stat_statements%'
     GROUP BY queryid ORDER BY min(query)`,
  );
  return rows.map(({ id, text, calls }) => ({ id, text, calls: Number(calls) }));
}

/** The statements a database was sent while something ran, as the server itself counted them: text → how often. */
export async function countStatements(
  databaseUrl: string,
  run: () => Promise<unknown>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { text, calls } of await statementsDuring(databaseUrl, run)) {
    counts.set(text, (counts.get(text) ?? 0) + calls);
  }
  return counts;
}

/** What accounts' outbox does of itself, some time after something was put into it: nobody's request waits for it. */
const ofTheOutbox = /^\s*UPDATE messages\b/;

/**
 * As {@link countStatements}, told apart by what they mean and not by their text: the server keeps a text with its constants
 * or without, as the connection that came first had it parsed or prepared before. Each is shown by the text it was first seen
 * with. What the outbox does afterwards is left out: it falls into what is counted or not.
 */
export async function countShapes(
  databaseUrl: string,
  run: () => Promise<unknown>,
): Promise<[string, number][]> {
  const counted = await statementsDuring(databaseUrl, run);
  return counted
    .filter(({ text }) => !ofTheOutbox.test(text))
    .map(({ id, text, calls }): [string, number] => [shapeOf(id, text), calls])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

const firstTexts = new Map<string, string>();

function shapeOf(id: string, text: string): string {
  const first = firstTexts.get(id) ?? text;
  firstTexts.set(id, first);
  return `${id} ${first}`;
}

/**
 * As {@link countShapes}, over several runs that do the same: of each shape the fewest, since what is done at times by itself
 * falls into some of them and not into all.
 */
export async function countFewest(
  databaseUrl: string,
  run: () => Promise<unknown>,
  runs = 3,
): Promise<[string, number][]> {
  let fewest = new Map(await countShapes(databaseUrl, run));
  for (let left = runs - 1; left > 0; left -= 1) {
    const again = new Map(await countShapes(databaseUrl, run));
    fewest = new Map(
      [...fewest].flatMap(([shape, count]) => {
        const least = Math.min(count, again.get(shape) ?? 0);
        return least === 0 ? [] : [[shape, least]];
      }),
    );
  }
  return [...fewest];
}

/** Longer than accounts waits before it looks once more for what was put into its outbox. */
const quietMs = 900;

/**
 * Waits until a database has been sent nothing for a while: what an earlier request left to be done afterwards, such as
 * the message about a sign-in, is then no part of what is counted next.
 */
export async function untilQuiet(databaseUrl: string): Promise<void> {
  const nothing = async (): Promise<void> => sleep(quietMs);
  for (let tries = 100; tries > 0; tries -= 1) {
    if ((await countStatements(databaseUrl, nothing)).size === 0) return;
  }
  throw new Error('a database that is never left alone');
}
