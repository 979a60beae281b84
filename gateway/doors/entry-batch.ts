import { randomUUID } from 'node:crypto';
import { noSpan } from '@dinhdanh/kit';
import type { Deadline, Span } from '@dinhdanh/kit';
import type { AppendEntry, EntryReceipt } from '../record/entry.ts';
import { entryText } from '../record/entry-text.ts';

/** The entries of one request, which stand or fall together. */
export interface EntryGroup {
  readonly entries: readonly AppendEntry[];
  readonly texts: readonly string[];
  readonly bytes: number;
  /** Whoever waits; null once nobody does. */
  waiter: PromiseWithResolvers<readonly EntryReceipt[]> | null;
  /** When nobody waits any longer; none where nobody does. */
  deadline: Deadline | null;
  /** What the request's work at the gate is traced under. */
  readonly span: Span;
}

/** What is sent in one call. */
export interface EntryBatch {
  readonly id: string;
  readonly body: string;
  readonly count: number;
  readonly groups: readonly EntryGroup[];
  /** Whether an earlier call may have written it. Only the same batch sent again can tell. */
  readonly isDoubtful: boolean;
  /** Of the first request that is traced; a call shared by many is told of once. */
  readonly span: Span;
}

/** What the door takes in one call, and less than its longest body. */
const ENTRIES_A_CALL = 256;
const BYTES_A_CALL = 200_000;

/** Gathers the entries of one request; `waiter` is null where nobody waits. */
export function groupOf(
  entries: readonly AppendEntry[],
  waiter: EntryGroup['waiter'],
  span: Span = noSpan,
): EntryGroup {
  const texts = entries.map(entryText);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
  return { entries, texts, bytes, waiter, deadline: null, span };
}

/** As many groups from the front as fit one call; at least one where there is any. */
export function firstOf(queue: readonly EntryGroup[]): readonly EntryGroup[] {
  let count = 0;
  let bytes = 0;
  for (const [at, group] of queue.entries()) {
    count += group.entries.length;
    bytes += group.bytes;
    if (at > 0 && (count > ENTRIES_A_CALL || bytes > BYTES_A_CALL)) return queue.slice(0, at);
  }
  return queue;
}

/** Makes a call of groups, under an id of its own. */
export function batchOf(groups: readonly EntryGroup[]): EntryBatch {
  const id = randomUUID();
  const texts = groups.flatMap((group) => group.texts);
  return {
    id,
    body: `{"batch":"${id}","entries":[${texts.join()}]}`,
    count: texts.length,
    groups,
    isDoubtful: false,
    span: groups.find(({ span }) => span.isRecording)?.span ?? noSpan,
  };
}
