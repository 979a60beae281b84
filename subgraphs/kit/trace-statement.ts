import { currentSpan } from './trace.ts';
import type { Span } from './trace.ts';
import type { SpanAttributes } from './trace-attributes.ts';

/** What a span says of a statement. */
interface StatementShape {
  readonly name: string;
  readonly attributes: SpanAttributes;
}

/** Longer texts say no more. */
const LONGEST_TEXT = 2_000;
const KEPT = 2_000;
const TABLES = /\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?(?:"?public"?\.)?"?([a-z_]+)"?/gi;
const shapes = new Map<string, StatementShape>();

/**
 * Sends a statement as a piece of the work it belongs to: what it does to which tables, and how it is written, without a
 * value. Where that work is not traced nothing is done besides.
 */
export function traced<Result>(sql: string, send: () => Promise<Result>): Promise<Result> {
  const span = currentSpan();
  return span.isRecording ? sendTraced(span, sql, send) : send();
}

async function sendTraced<Result>(parent: Span, sql: string, send: () => Promise<Result>): Promise<Result> {
  const { name, attributes } = shapeOf(sql);
  const span = parent.begin(name, attributes, 'client');
  try {
    const result = await send();
    span.end();
    return result;
  } catch (failure) {
    span.end('DATABASE');
    throw failure;
  }
}

/** How a statement is told of. Made once for each text. */
export function shapeOf(sql: string): StatementShape {
  const known = shapes.get(sql);
  if (known !== undefined) return known;
  const verb = /^\s*(?:--[^\n]*\n\s*)*([a-z]+)/i.exec(sql)?.[1]?.toUpperCase() ?? 'OTHER';
  const tables = [...new Set([...sql.matchAll(TABLES)].map(([, table = '']) => table.toLowerCase()))];
  const name = [verb, ...tables.slice(0, 12)].join(' ');
  const shape: StatementShape = {
    name,
    attributes: {
      'db.system.name': 'postgresql',
      'db.query.summary': name,
      'db.query.text': withoutLiterals(sql).slice(0, LONGEST_TEXT),
    },
  };
  if (shapes.size < KEPT) shapes.set(sql, shape);
  return shape;
}

/** Texts and numbers that stand in a statement itself are put there by our code; they are taken out all the same. */
function withoutLiterals(sql: string): string {
  return (
    sql
      .replace(/--[^\n]*/g, '')
      .replace(/\$([a-z_]*)\$.*?\$\1\$/gs, '?')
      .replace(/'(?:[^']|'')*'/g, '?')
      .replace(/(?<![\w$])\d+(?:\.\d+)?/g, '?')
      // Prisma names schema and table before each column.
      .replace(/"public"\.(?:"\w+"\.)?(?=")/g, '')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
