import pg from 'pg';
import { connectionOf, statementName } from './database.ts';
import { traced } from './trace-statement.ts';

/** A statement with its values apart: `text` has them as `$1`, `$2`, …. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Sends statements as they are, without Prisma's way round: for what is asked many times in a request. */
export interface Statements {
  /** The rows: JSON read, moments as dates. */
  readonly query: <Row>(statement: Statement) => Promise<Row[]>;
  /** How many rows it touched. */
  readonly execute: (statement: Statement) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Opens a pool of connections; statements are named by their text, so that the server plans each of them once per connection. */
export function openStatements(databaseUrl: string): Statements {
  const pool = new pg.Pool(connectionOf(databaseUrl));
  // A connection that breaks while nobody uses it is replaced by the next that is needed.
  pool.on('error', () => undefined);
  const send = ({ text, values }: Statement): Promise<pg.QueryResult> =>
    traced(text, () => pool.query({ name: statementName(text), text, values: [...values] }));
  return {
    query: async <Row>(statement: Statement) => (await send(statement)).rows as Row[],
    execute: async (statement) => (await send(statement)).rowCount ?? 0,
    close: () => pool.end(),
  };
}
