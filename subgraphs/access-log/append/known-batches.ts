/** Batches as the database knows them: what a process before this one has written. */
import { AppError } from '@dinhdanh/kit';
import type pg from 'pg';
import type { AppendReceipt, EntryRefusal } from './append-entry.ts';
import type { Call } from './call.ts';
import { unavailable } from './database-failure.ts';
import { leavesAt } from './head.ts';

/** SQLSTATE unique_violation. */
const UNIQUE_VIOLATION = '23505';

/** Whether a statement failed because a batch of it is in the log already. */
export function isBatchThere(failure: unknown): boolean {
  const { code, table } = (failure ?? {}) as { code?: unknown; table?: unknown };
  return code === UNIQUE_VIOLATION && table === 'batches';
}

interface KnownRow {
  readonly id: Buffer;
  readonly digest: Buffer;
  readonly shard: number;
  readonly first: string;
  readonly outcomes: string;
  readonly origin: string;
}

/**
 * Answers those of the calls whose batches the log knows, as they were answered before.
 *
 * @returns the calls that were answered, or refused because their id came with other content
 */
export async function answerKnown(client: pg.Client, calls: readonly Call[]): Promise<ReadonlySet<Call>> {
  const marked = new Map(calls.flatMap((call) => (call.mark === null ? [] : [[hex(call.mark.id), call]])));
  const answered = new Set<Call>();
  if (marked.size === 0) return answered;
  const { rows } = await client.query<KnownRow>(
    `SELECT b.id, b.digest, b.shard, b.first, b.outcomes, s.origin FROM batches b JOIN shards s ON s.id = b.shard
     WHERE b.id = ANY ($1::bytea[])`,
    [[...marked.keys()].map((id) => Buffer.from(id, 'hex'))],
  );
  for (const row of rows) {
    const call = marked.get(hex(row.id));
    if (call === undefined) continue;
    if (call.mark?.digest.equals(row.digest) === true) await answer(client, call, row);
    else call.refuse(new AppError('BAD_USER_INPUT', { field: 'batch', reason: 'BATCH_REUSED' }));
    answered.add(call);
  }
  return answered;
}

async function answer(client: pg.Client, call: Call, row: KnownRow): Promise<void> {
  const outcomes = row.outcomes.split(',');
  const from = Number(row.first);
  const count = outcomes.filter((outcome) => outcome === '').length;
  const leaves = await leavesAt(client, { shard: row.shard, from, count });
  // Entries that were there and are not any more: there is no receipt for them.
  if (leaves.length !== count) return call.refuse(unavailable('NOT_DURABLE'));
  let written = 0;
  const receipts = outcomes.map((outcome): AppendReceipt => {
    const leaf = outcome === '' ? leaves[written] : undefined;
    if (leaf === undefined) return { refused: outcome as EntryRefusal };
    return { index: from + written++, leafHash: leaf.toString('base64') };
  });
  call.settle({ origin: row.origin, receipts });
}

const hex = (bytes: Buffer): string => bytes.toString('hex');
