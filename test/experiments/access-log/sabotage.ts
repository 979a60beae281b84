/**
 * Breaks the access log on purpose, in a child of an experiment alone: what the log's writer sends to its database is
 * rewritten on the way. A log so broken must be found out, or the experiment proves nothing.
 */
import pg from 'pg';

/**
 * - `not-durable`: commits are answered before they are on disk, and nobody checks.
 * - `no-fence`: a writer goes on whether or not another has taken its place.
 */
export type Sabotage = 'not-durable' | 'no-fence';

type Rewrite = readonly [pattern: RegExp, instead: string];

const rewrites: Readonly<Record<Sabotage, readonly Rewrite[]>> = {
  'not-durable': [
    [/AND current_setting\('(?:fsync|full_page_writes|synchronous_commit)'\) = 'on'/g, ''],
    [/SET (SESSION |LOCAL )?synchronous_commit (=|TO) \w+/gi, 'SET $1synchronous_commit = off'],
    [/current_setting\(name\)/g, `'on'::text`],
  ],
  'no-fence': [
    [
      /WHERE id = \$1 AND size = \$2 AND epoch = \$3/g,
      'WHERE id = $1 AND $2::bigint IS NOT NULL AND $3::bigint IS NOT NULL',
    ],
  ],
};

/** Rewrites every statement from now on; `told` hears how many were changed. */
export function commitSabotage(sabotage: Sabotage, told: (statements: number) => void): void {
  let changed = 0;
  const rewritten = (text: string): string => {
    const other = rewrites[sabotage].reduce(
      (sql, [pattern, instead]) => sql.replaceAll(pattern, instead),
      text,
    );
    if (other !== text) told((changed += 1));
    return other;
  };
  const prototype = pg.Client.prototype as { query: (...words: unknown[]) => unknown };
  const { query } = prototype;
  const known = new WeakSet<object>();
  prototype.query = function sabotaged(this: object, first: unknown, ...rest: unknown[]): unknown {
    if (sabotage === 'not-durable' && !known.has(this)) {
      known.add(this);
      // Ahead of whatever else this connection is used for: none of them brings to the disk what others have left.
      void (query.call(this, 'SET synchronous_commit = off') as Promise<unknown>).catch(() => undefined);
    }
    if (typeof first === 'string') return query.call(this, rewritten(first), ...rest);
    const config = first as { text?: string };
    // A statement that is submitted as an object keeps its class: only its text is another.
    if (typeof config.text === 'string') config.text = rewritten(config.text);
    return query.call(this, first, ...rest);
  };
}
