/** What the statement that writes entries leaves of a call, for the case that it is sent again. */
import { hash } from 'node:crypto';
import type { EntryRefusal } from './append-entry.ts';

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
