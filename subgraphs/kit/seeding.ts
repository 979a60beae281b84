import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value of one column: arrays become PostgreSQL arrays, plain objects JSON. */
export type CopyValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly string[]
  | Readonly<Record<string, unknown>>;

/** A table to fill and the order of its columns. */
export interface CopyTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * Loads rows into several tables of one database at once by `COPY`, a connection per table, in the order they are
 * written. Nothing is visible before {@link BulkLoad.finish}: a load that dies leaves the tables as they were.
 */
export class BulkLoad {
  readonly #sinks = new Map<string, Sink>();

  /** Opens the load. Rows given to {@link write} go to the table named. */
  static async open(databaseUrl: string, tables: readonly CopyTable[]): Promise<BulkLoad> {
    const load = new BulkLoad();
    for (const table of tables) load.#sinks.set(table.table, await openSink(databaseUrl, table));
    return load;
  }

  /** Queues one row. Await the promise when one is returned: it is the database's back-pressure. */
  write(table: string, row: readonly CopyValue[]): Promise<unknown> | undefined {
    const sink = this.#sinks.get(table);
    if (sink === undefined) throw new TypeError(`no such table in this load: ${table}`);
    sink.pending.push(copyLine(row));
    return sink.pending.length < ROWS_A_CHUNK ? undefined : flush(sink);
  }

  /** Sends what is queued and commits every table; rejects with what the database said. */
  async finish(): Promise<void> {
    for (const sink of this.#sinks.values()) {
      if (sink.failure !== undefined) throw sink.failure;
      await pipeline(Readable.from(sink.pending), sink.stream);
    }
    for (const { client } of this.#sinks.values()) {
      await client.query('COMMIT');
      await client.end();
    }
  }

  /** Drops everything written. */
  async abort(): Promise<void> {
    await Promise.allSettled([...this.#sinks.values()].map(({ client }) => client.end()));
  }
}

interface Sink {
  readonly client: pg.Client;
  readonly stream: NodeJS.WritableStream;
  pending: string[];
  /** What the database said against the rows so far; it may say so at any time. */
  failure: Error | undefined;
}

async function openSink(databaseUrl: string, { table, columns }: CopyTable): Promise<Sink> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  // The seed can be repeated, so its own commit need not wait for the disk; everything after it does.
  await client.query('SET LOCAL synchronous_commit TO off');
  const names = columns.map((name) => `"${name}"`).join(', ');
  const stream = client.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN`));
  const sink: Sink = { client, stream, pending: [], failure: undefined };
  const fail = (failure: Error): void => {
    sink.failure ??= failure;
  };
  // Without listeners either would end the process.
  stream.on('error', fail);
  client.on('error', fail);
  return sink;
}

async function flush(sink: Sink): Promise<void> {
  if (sink.failure !== undefined) throw sink.failure;
  const chunk = sink.pending.join('');
  sink.pending = [];
  if (!sink.stream.write(chunk)) await once(sink.stream, 'drain');
}

const ROWS_A_CHUNK = 500;

/** One line of PostgreSQL's text format. */
export function copyLine(row: readonly CopyValue[]): string {
  return `${row.map(copyField).join('\t')}\n`;
}

function copyField(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (value instanceof Date) return value.toISOString();
  if (isList(value)) return escapeText(`{${value.map(arrayElement).join(',')}}`);
  if (typeof value === 'object') return escapeText(JSON.stringify(value));
  return String(value);
}

function isList(value: object | CopyValue): value is readonly string[] {
  return Array.isArray(value);
}

function arrayElement(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeText(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
