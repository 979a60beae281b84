import { AppError, PAGE_LIMIT } from '@dinhdanh/kit';
import type { CallerToken, Connection, PageArguments } from '@dinhdanh/kit';
import type pg from 'pg';

/** What the log can find amiss. */
export type AlertKind =
  | 'SERVED_NOT_LOGGED'
  | 'RECONCILIATION_LATE'
  | 'WITNESS_AWAY'
  | 'WITNESS_REFUSED'
  | 'LOG_INCONSISTENT'
  | 'ENTRY_ALTERED'
  | 'NIGHT_READING'
  | 'MANY_PEOPLE'
  | 'WRITER_FENCED'
  | 'LOG_REWOUND'
  | 'REPORTED';

/** An alert: codes and ids, never a word of anybody. It is never deleted, only marked as settled. */
export interface Alert {
  readonly kind: AlertKind;
  readonly service?: string;
  readonly requestId?: string;
  readonly origin?: string;
  readonly index?: number;
  /** Tells one matter from the next: raised again it counts, and is not told twice. */
  readonly matter: string;
}

/** An alert as it is told. */
export interface ToldAlert {
  readonly id: string;
  readonly at: string;
  readonly kind: AlertKind;
  readonly service: string | null;
  readonly requestId: string | null;
  readonly origin: string | null;
  readonly index: number | null;
  readonly count: number;
  readonly settledAt: string | null;
}

/** Raises an alert; true where it is a new one. A matter that is known counts one more, unless `once`. */
export async function raiseAlert(
  pool: pg.Pool,
  { kind, service, requestId, origin, index, matter }: Alert,
  at: Date,
  once = false,
): Promise<boolean> {
  const { rows } = await pool.query<{ fresh: boolean }>(
    `INSERT INTO alerts (at, kind, service, request_id, origin, index, matter) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (matter) DO UPDATE SET count = alerts.count + 1 WHERE NOT $8::boolean
     RETURNING count = 1 AS fresh`,
    [at, kind, service ?? null, requestId ?? null, origin ?? null, index ?? null, matter, once],
  );
  return rows[0]?.fresh ?? false;
}

interface AlertRow extends Omit<ToldAlert, 'at' | 'index' | 'settledAt'> {
  readonly at: Date;
  readonly index: string | null;
  readonly settledAt: Date | null;
}

/**
 * A page of the alerts, newest first. For auditors alone (`NOT_PERMITTED` otherwise): the log checks it itself, whatever
 * the gateway has decided.
 */
export async function alertPage(
  pool: pg.Pool,
  caller: CallerToken,
  args: PageArguments,
): Promise<Connection<ToldAlert>> {
  if (caller.act.kind !== 'auditor')
    throw new AppError('NOT_PERMITTED', { internal: 'alerts are for auditors' });
  const first = args.first ?? 20;
  if (first < 1 || first > PAGE_LIMIT) throw new AppError('BAD_USER_INPUT', { field: 'first' });
  const { rows } = await pool.query<AlertRow>(
    `SELECT id, at, kind, service, request_id AS "requestId", origin, index, count, settled_at AS "settledAt"
     FROM alerts WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [readCursor(args.after), first + 1],
  );
  const nodes = rows.slice(0, first).map(tell);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : Buffer.from(`a:${last.id}`).toString('base64url'),
    },
  };
}

function readCursor(after: string | null | undefined): string | null {
  if (after === null || after === undefined) return null;
  const id = /^a:(\d{1,18})$/.exec(Buffer.from(after, 'base64url').toString('latin1'))?.[1];
  if (id === undefined) throw new AppError('BAD_USER_INPUT', { field: 'after' });
  return id;
}

function tell({ at, index, settledAt, ...row }: AlertRow): ToldAlert {
  return {
    ...row,
    at: at.toISOString(),
    index: index === null ? null : Number(index),
    settledAt: settledAt?.toISOString() ?? null,
  };
}
