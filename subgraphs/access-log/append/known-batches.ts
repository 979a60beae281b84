/** Batches as the database knows them: what the statement that writes entries leaves of a call, and what is read of it. */
import { hash } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import type pg from 'pg';
import type { AppendReceipt, EntryRefusal } from './append-entry.ts';
import type { Call } from './call.ts';
import { unavailable } from './database-failure.ts';
import { leavesAt } from './head.ts';

/** What a call is known by. */
export interface BatchMark {
  /** 16 bytes of the hash of its id: an id is its sender's choice, and stands nowhere. */
  readonly id: Buffer;
  /** 32 bytes. */
  readonly digest: Buffer;
  /** Of each entry that was sent, why it was refused at once, or null where it is to be written. */
  readonly refusals: readonly (EntryRefusal | null)[];
}

/** A row of `batches` to be written with the entries. */
export interface BatchRow {
  readonly mark: BatchMark;
  /** The index of its first entry. */
  readonly first: number;
  readonly outcomes: string;
}

/** SQLSTATE unique_violation. */
const UNIQUE_VIOLATION = '23505';

/** The mark of a batch. */
export function markOf(
  { id, digest }: { readonly id: string; readonly digest: string },
  refusals: BatchMark['refusals'],
): BatchMark {
  return {
    id: hash('sha256', id, 'buffer').subarray(0, 16),
    digest: hash('sha256', digest, 'buffer'),
    refusals,
  };
}

/** How a batch's outcomes are written: `parts` are those of the entries that were not refused at once. */
export function outcomesText({ refusals }: BatchMark, parts: readonly (EntryRefusal | null)[]): string {
  let place = 0;
  return refusals.map((refusal) => refusal ?? parts[place++] ?? '').join(',');
}

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
