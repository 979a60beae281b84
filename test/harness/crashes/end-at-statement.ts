/**
 * Stands between a service and its database, in a child of a test alone: ends the process at a statement, as a power cut
 * would, or, as a control, says of statements that they were carried out before they are.
 */
import pg from 'pg';
import type { EarlyWord, KillOrder } from './child-words.ts';

type Query = (this: object, ...words: unknown[]) => unknown;
type Told = (failure: unknown, result?: unknown) => void;

let order: KillOrder | null = null;
let toSkip = 0;

/** Arms it: a statement of that kind is the last of this process. */
export function endAt(next: KillOrder): void {
  order = next;
  toSkip = next.skip ?? 0;
}

/** Puts it in place; `early` null for honest words. */
export function standBetween(early: EarlyWord | null): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function watched(this: object, ...words: unknown[]): unknown {
    const [text, values] = readStatement(words);
    if (early !== null && text.includes(early.text)) return sayEarly(this, query, words, early.ms);
    const armed = order;
    if (armed === null || !isMeant(armed, text, values)) return query.apply(this, words);
    toSkip -= 1;
    if (toSkip >= 0) return query.apply(this, words);
    if (armed.moment === 'before') end();
    if (armed.moment === 'during') {
      const sent = query.apply(this, words);
      setImmediate(end);
      return sent;
    }
    return endAfter(this, query, words);
  };
}

function isMeant({ step }: KillOrder, text: string, values: readonly unknown[]): boolean {
  return text.includes(step.text) && (step.value === undefined || values.includes(step.value));
}

function readStatement([first, second]: readonly unknown[]): readonly [string, readonly unknown[]] {
  if (typeof first === 'string') return [first, Array.isArray(second) ? second : []];
  const { text = '', values = [] } = (first ?? {}) as { text?: string; values?: unknown[] };
  return [text, Array.isArray(second) ? second : values];
}

function end(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal has come before this is reached.
  return process.exit(1);
}

/** Carried out, and nobody is told. */
function endAfter(client: object, query: Query, words: unknown[]): unknown {
  const told = words.at(-1);
  if (typeof told === 'function') return query.apply(client, [...words.slice(0, -1), end]);
  return (query.apply(client, words) as Promise<unknown>).then(end);
}

function sayEarly(client: object, query: Query, words: unknown[], earlyMs: number): unknown {
  const result = { rowCount: 1, rows: [], fields: [], command: 'INSERT', oid: 0 };
  const told = words.at(-1);
  const isTold = typeof told === 'function';
  setTimeout(() => {
    const sent = query.apply(client, isTold ? [...words.slice(0, -1), () => undefined] : words);
    if (!isTold) void (sent as Promise<unknown>).catch(() => undefined);
  }, earlyMs);
  if (!isTold) return Promise.resolve(result);
  setImmediate(() => (told as Told)(null, result));
  return undefined;
}
