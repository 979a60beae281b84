import type pg from 'pg';

/** What one column of one table holds, all its rows. */
export interface ColumnContent {
  /** `entries_2026_11.bytes`. */
  readonly place: string;
  readonly rows: number;
  readonly content: Buffer;
}

/** A column that words can stand in. */
export interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/** All columns of all tables with rows of their own, partitions among them, whatever schema they are in. */
export async function columnsOf(client: pg.ClientBase): Promise<Column[]> {
  const { rows } = await client.query<{ place: string; name: string; type: string }>(
    `SELECT c.oid::regclass::text AS place, a.attname AS name, format_type(a.atttypid, NULL) AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind IN ('r', 'm') AND a.attnum > 0 AND NOT a.attisdropped
       AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
     ORDER BY 1, a.attnum`,
  );
  return rows.map(({ place, name, type }) => ({ table: place, name, type }));
}

/**
 * Reads all of it: bytes as bytes and everything else as the text that `COPY … TO` would write. Each row ends with a
 * line feed, so that no two of them make a word together.
 */
export async function readColumns(
  client: pg.ClientBase,
  columns: readonly Column[],
): Promise<ColumnContent[]> {
  const contents: ColumnContent[] = [];
  for (const { table, name, type } of columns) {
    const column = `"${name.replaceAll('"', '""')}"`;
    const bytes = type === 'bytea' ? column : `convert_to(${column}::text, 'UTF8')`;
    const { rows } = await client.query<{ rows: string; content: Buffer | null }>(
      `SELECT count(*) AS rows, string_agg(${bytes}, '\\x0a'::bytea) AS content FROM ONLY ${table}`,
    );
    contents.push({
      place: `${table}.${name}`,
      rows: Number(rows[0]?.rows),
      content: rows[0]?.content ?? Buffer.alloc(0),
    });
  }
  return contents;
}

/** What stands for a column in a row that is there to plant a value in. */
const PLAIN: Readonly<Record<string, unknown>> = {
  boolean: true,
  'timestamp with time zone': new Date(),
  date: new Date(),
  smallint: 1,
  integer: 1,
  bigint: 1,
  'double precision': 1,
  numeric: 1,
  jsonb: '{}',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** Columns a word can be planted in. */
export function takesWords({ type }: Column): boolean {
  return ['text', 'text[]', 'bytea', 'character varying'].includes(type);
}

/**
 * Puts a row with a value in every column that takes one in the place of a table's own. In a transaction that is taken
 * back, as somebody whom no trigger and no key stops.
 */
export async function plantRow(
  client: pg.ClientBase,
  columns: readonly Column[],
  value: string,
): Promise<void> {
  const [first] = columns;
  if (first === undefined) return;
  const values = columns.map((column) => {
    if (column.type === 'text[]') return [value];
    if (column.type === 'bytea') return Buffer.from(value);
    if (takesWords(column)) return value;
    return PLAIN[column.type] ?? (column.type.endsWith('[]') ? [] : null);
  });
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const places = columns.map((_, position) => `$${position + 1}`).join(', ');
  await leaveParent(client, first.table);
  await client.query(`DELETE FROM ${first.table}`);
  await client.query(
    `INSERT INTO ${first.table} (${names}) OVERRIDING SYSTEM VALUE VALUES (${places})`,
    values,
  );
}

/** A partition takes the rows of its months alone: by itself it takes any. */
async function leaveParent(client: pg.ClientBase, table: string): Promise<void> {
  const { rows } = await client.query<{ parent: string }>(
    'SELECT inhparent::regclass::text AS parent FROM pg_inherits WHERE inhrelid = to_regclass($1)',
    [table],
  );
  for (const { parent } of rows) await client.query(`ALTER TABLE ${parent} DETACH PARTITION ${table}`);
}
