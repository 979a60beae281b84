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

/** What is done in the transaction of a load as its last act, such as keeping a note that it took place. */
export type LastAct = (client: pg.Client) => Promise<unknown>;

interface Sink {
  readonly copy: string;
  lines: string[];
  /** Length of the lines, in UTF-16 units. */
  length: number;
  rows: number;
}

/** Rows of a table are gathered up to this length, then copied at once. */
const CHUNK_LENGTH = 512 * 1024;

/** A table that was given so many rows is analysed at once: nobody should wait for autovacuum to get a good plan. */
const ANALYSED_FROM_ROWS = 10_000;

/**
 * Loads rows into several tables of one database by `COPY`, in one transaction: nothing is visible before
 * {@link BulkLoad.finish}, and a load that dies, at whatever moment, leaves the tables as they were.
 */
export class BulkLoad {
  readonly #client: pg.Client;
  readonly #sinks = new Map<string, Sink>();
  /** The copy under way, or the last one; the next waits for it. */
  #copied: Promise<void> = Promise.resolve();

  private constructor(client: pg.Client, tables: readonly CopyTable[]) {
    this.#client = client;
    for (const { table, columns } of tables) {
      const names = columns.map((name) => `"${name}"`).join(', ');
      this.#sinks.set(table, {
        copy: `COPY "${table}" (${names}) FROM STDIN`,
        lines: [],
        length: 0,
        rows: 0,
      });
    }
  }

  /** Opens the load. Rows given to {@link write} go to the table named. */
  static async open(databaseUrl: string, tables: readonly CopyTable[]): Promise<BulkLoad> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('BEGIN');
    // The seed can be repeated, so its own commit need not wait for the disk; everything after it does.
    await client.query('SET LOCAL synchronous_commit TO off');
    return new BulkLoad(client, tables);
  }

  /**
   * Queues one row. Await the promise when one is returned: it is the database's back-pressure, at most one chunk is
   * being copied while the next is gathered.
   */
  write(table: string, row: readonly CopyValue[]): Promise<unknown> | undefined {
    const sink = this.#sinks.get(table);
    if (sink === undefined) throw new TypeError(`no such table in this load: ${table}`);
    const line = copyLine(row);
    sink.lines.push(line);
    sink.length += line.length;
    sink.rows += 1;
    return sink.length < CHUNK_LENGTH ? undefined : this.#flush(sink);
  }

  /** Starts the copy of what a table has gathered; resolves when the copy before it is done. */
  #flush(sink: Sink): Promise<void> {
    const chunk = sink.lines.join('');
    sink.lines = [];
    sink.length = 0;
    const before = this.#copied;
    this.#copied = before.then(() =>
      pipeline(Readable.from([chunk]), this.#client.query(copyFrom(sink.copy))),
    );
    // Whoever awaits the next flush, or the end, is told; until then nobody listens.
    this.#copied.catch(() => undefined);
    return before;
  }

  /** Sends what is queued, does the last act and commits. */
  async finish(lastAct?: LastAct): Promise<void> {
    for (const sink of this.#sinks.values()) if (sink.lines.length > 0) await this.#flush(sink);
    await this.#copied;
    for (const [table, { rows }] of this.#sinks) {
      if (rows >= ANALYSED_FROM_ROWS) await this.#client.query(`ANALYZE "${table}"`);
    }
    await lastAct?.(this.#client);
    await this.#client.query('COMMIT');
    await this.#client.end();
  }

  /** Drops everything written. */
  async abort(): Promise<void> {
    await this.#copied.catch(() => undefined);
    await this.#client.end();
  }
}

/** One line of PostgreSQL's text format. */
export function copyLine(row: readonly CopyValue[]): string {
  let line = '';
  for (const value of row) line += line === '' ? copyField(value) : `\t${copyField(value)}`;
  return `${line}\n`;
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
const ESCAPED = /[\\\t\n\r]/;

function escapeText(text: string): string {
  // Hardly any text has such a character, and looking is cheaper than replacing.
  return ESCAPED.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character)
    : text;
}
