import { decodeEntry, Frontier, leafHash } from '@dinhdanh/access-log/tlog';
import { expect } from 'vitest';
import type { LogUnderTest } from './log-under-test.ts';

/** A receipt with the log it is of. */
export interface KeptReceipt {
  readonly origin: string;
  readonly index: number;
  readonly leafHash: string;
}

/**
 * Holds every tree of a log against its rows: no gap, no row twice or beyond the head, each leaf the hash of its bytes,
 * the head's edge that of the leaves, each receipt's leaf at its index. @returns how many entries there are
 */
export async function expectWholeTrees(
  { sql }: Pick<LogUnderTest, 'sql'>,
  receipts: readonly KeptReceipt[] = [],
): Promise<number> {
  const shards = await sql<{ id: number; origin: string; size: string; frontier: Buffer }>(
    'SELECT id, origin, size, frontier FROM shards',
  );
  let count = 0;
  for (const { id, origin, size, frontier } of shards) {
    const rows = await sql<{ index: string; leaf_hash: Buffer; bytes: Buffer }>(
      'SELECT index, leaf_hash, bytes FROM entries WHERE shard = $1 ORDER BY index',
      [id],
    );
    expect(rows.map(({ index }) => Number(index))).toEqual(rows.map((_, place) => place));
    expect(rows).toHaveLength(Number(size));
    const edge = new Frontier();
    for (const { leaf_hash, bytes } of rows) {
      expect(leafHash(bytes).equals(leaf_hash)).toBe(true);
      expect(decodeEntry(bytes).ok).toBe(true);
      edge.append(leaf_hash);
    }
    expect(edge.serialise().subarray(8).equals(frontier)).toBe(true);
    for (const receipt of receipts.filter((one) => one.origin === origin)) {
      expect(rows[receipt.index]?.leaf_hash.toString('base64')).toBe(receipt.leafHash);
    }
    count += rows.length;
  }
  const [strays] = await sql<{ count: string }>(
    'SELECT count(*) FROM entries WHERE shard NOT IN (SELECT id FROM shards)',
  );
  expect(strays?.count).toBe('0');
  return count;
}
