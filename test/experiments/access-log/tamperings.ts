import {
  decodeEntry,
  encodeEntry,
  formatCheckpoint,
  formatNote,
  leafHash,
  signNote,
} from '@dinhdanh/access-log/tlog';
import { keyFromSeed, valueOf } from '@dinhdanh/access-log/testing';
import type { KeptLog } from './kept-log.ts';
import type { Random } from './random.ts';
import { tileOfEntry, treeOf } from './tree-of.ts';
import type { WholeTree } from './tree-of.ts';

/** What somebody has who tampers: every table, every key of the log's own. Never the witness's. */
export interface Hand {
  readonly log: KeptLog;
  readonly random: Random;
  readonly origin: string;
  /** The log's private key, stolen. */
  readonly signingSeed: Buffer;
}

/** What was done. */
export interface Deed {
  /** The first entry that is not what it was. */
  readonly index: number;
  /** The checkpoint that was put up in the place of the log's own. */
  readonly forged?: { readonly note: string; readonly tree: WholeTree };
}

/** One way to tamper with a log. */
export interface Tampering {
  readonly name: string;
  readonly commit: (hand: Hand) => Promise<Deed>;
}

const position = ({ log, random }: Hand): number => random.between(0, log.size - 1);

/** The entry with one word in it changed, as valid as before. */
function altered(bytes: Buffer, random: Random): Buffer {
  const entry = valueOf(decodeEntry(bytes));
  const changes = [
    { claims: entry.claims.length > 1 ? entry.claims.slice(1) : ['identity.number'] },
    { purpose: `${entry.purpose}_2` },
    { consentId: entry.consentId === null ? 'consent-0' : null },
    { time: new Date(Date.parse(entry.time) - 60_000).toISOString() },
  ];
  return valueOf(encodeEntry({ ...entry, ...random.pick(changes) }));
}

/** Puts bytes in an entry's place, with the leaf hash that belongs to them where asked. */
async function putEntry({ log }: Hand, index: number, bytes: Buffer, withHash: boolean): Promise<void> {
  await log.client.query(
    `UPDATE entries SET bytes = $3, leaf_hash = CASE WHEN $5 THEN $4 ELSE leaf_hash END WHERE shard = $1 AND index = $2`,
    [log.shard, index, bytes, leafHash(bytes), withHash],
  );
}

async function putTiles({ log }: Hand, tree: WholeTree): Promise<void> {
  await log.client.query('DELETE FROM tiles WHERE shard = $1', [log.shard]);
  for (const { tile, bytes } of tree.tiles) {
    await log.client.query(
      'INSERT INTO tiles (shard, level, index, width, bytes) VALUES ($1, $2, $3, $4, $5)',
      [log.shard, tile.level, tile.index, tile.width, bytes],
    );
  }
}

/** Rewrites an entry and everything above it. */
async function rewriteTree(hand: Hand): Promise<{ index: number; tree: WholeTree }> {
  const { log, random } = hand;
  const index = position(hand);
  const bytes = altered(log.entries[index] ?? Buffer.alloc(0), random);
  await putEntry(hand, index, bytes, true);
  const tree = treeOf(log.leaves.with(index, leafHash(bytes)));
  await putTiles(hand, tree);
  return { index, tree };
}

/** A checkpoint in the log's own name, with its own key, over another tree. Nobody has cosigned it. */
function forge({ origin, signingSeed }: Hand, { size, root }: WholeTree): string {
  const text = valueOf(formatCheckpoint({ origin, size, root, extensions: [] }));
  return valueOf(formatNote({ text, signatures: [signNote(text, keyFromSeed(origin, signingSeed))] }));
}

async function putHead({ log }: Hand, tree: WholeTree, note: string): Promise<void> {
  await log.client.query(
    `UPDATE shards SET size = $2, frontier = $3, signed_size = $2, signed_note = $4, published_size = $2, published_note = $4
     WHERE id = $1`,
    [log.shard, tree.size, tree.frontier, note],
  );
}

/** Every way that was thought of. */
export const tamperings: readonly Tampering[] = [
  {
    name: "update: an entry's bytes",
    commit: async (hand) => {
      const index = position(hand);
      await putEntry(hand, index, altered(hand.log.entries[index] ?? Buffer.alloc(0), hand.random), false);
      return { index };
    },
  },
  {
    name: "update: an entry's bytes and its leaf hash",
    commit: async (hand) => {
      const index = position(hand);
      await putEntry(hand, index, altered(hand.log.entries[index] ?? Buffer.alloc(0), hand.random), true);
      return { index };
    },
  },
  {
    name: 'delete: an entry',
    commit: async (hand) => {
      const index = position(hand);
      const { client, shard } = hand.log;
      await client.query('DELETE FROM entries WHERE shard = $1 AND index = $2', [shard, index]);
      return { index };
    },
  },
  {
    name: 'delete: an entry, those behind it moved up',
    commit: async (hand) => {
      const index = position(hand);
      const { client, shard } = hand.log;
      await client.query('DELETE FROM entries WHERE shard = $1 AND index = $2', [shard, index]);
      await client.query('UPDATE entries SET index = index - 1 WHERE shard = $1 AND index > $2', [
        shard,
        index,
      ]);
      return { index };
    },
  },
  {
    name: 'insert: an entry, those behind it moved down',
    commit: async (hand) => {
      const index = position(hand);
      const { client, shard } = hand.log;
      await client.query('UPDATE entries SET index = index + 1 WHERE shard = $1 AND index >= $2', [
        shard,
        index,
      ]);
      await insertCopy(hand, index, index + 1);
      return { index };
    },
  },
  {
    name: 'insert: a second entry at an index',
    commit: async (hand) => {
      const index = position(hand);
      await insertCopy(hand, index, index);
      return { index };
    },
  },
  {
    name: 'reorder: two entries change places',
    commit: async (hand) => {
      const { log, random } = hand;
      const index = random.between(0, log.size - 2);
      const other = random.between(index + 1, log.size - 1);
      await log.client.query(
        'UPDATE entries SET index = CASE WHEN index = $2 THEN $3::bigint ELSE $2::bigint END WHERE shard = $1 AND index IN ($2, $3)',
        [log.shard, index, other],
      );
      return { index };
    },
  },
  {
    name: 'tile: a leaf hash rewritten',
    commit: async (hand) => {
      const { log, random } = hand;
      const index = position(hand);
      const tile = tileOfEntry(index, log.size);
      const place = index - tile.index * 256;
      await log.client.query(
        'UPDATE tiles SET bytes = set_byte(bytes, $4, get_byte(bytes, $4) # 255) WHERE shard = $1 AND level = 0 AND index = $2 AND width = $3',
        [log.shard, tile.index, tile.width, place * 32 + random.between(0, 31)],
      );
      return { index };
    },
  },
  {
    name: 'entry and tiles rewritten to fit',
    commit: async (hand) => ({ index: (await rewriteTree(hand)).index }),
  },
  {
    name: 'checkpoint forged with the stolen key over a rewritten tree',
    commit: async (hand) => {
      const { index, tree } = await rewriteTree(hand);
      const note = forge(hand, tree);
      await putHead(hand, tree, note);
      return { index, forged: { note, tree } };
    },
  },
  {
    name: 'old backup restored',
    commit: async (hand) => {
      const { log, random } = hand;
      const [size, note] = random.pick([...log.cosigned].filter(([one]) => one < log.size));
      await putHead(hand, await cutBack(hand, size), note);
      return { index: size };
    },
  },
  {
    name: 'old backup restored, then grown anew and signed with the stolen key',
    commit: async (hand) => {
      const { log, random } = hand;
      const index = random.between(1, log.size - 1);
      const added = log.entries.slice(index).map((bytes) => altered(bytes, random));
      added.push(altered(log.entries[0] ?? Buffer.alloc(0), random));
      for (const [place, bytes] of added.entries()) {
        if (index + place < log.size) await putEntry(hand, index + place, bytes, true);
        else await insertCopy(hand, index + place, 0);
      }
      const tree = treeOf([...log.leaves.slice(0, index), ...added.map(leafHash)]);
      await putTiles(hand, tree);
      const note = forge(hand, tree);
      await putHead(hand, tree, note);
      return { index, forged: { note, tree } };
    },
  },
];

/** One more row, with another entry's bytes changed a little, at an index. */
async function insertCopy({ log, random }: Hand, index: number, from: number): Promise<void> {
  const bytes = altered(log.entries[Math.min(from, log.size - 1)] ?? Buffer.alloc(0), random);
  await log.client.query(
    `INSERT INTO entries (shard, index, at, facet, subject, actor, consent_id, case_id, request_id, leaf_hash, bytes)
     SELECT shard, $2, at, facet, subject, actor, consent_id, case_id, 'inserted', $4, $5
     FROM kept.entries WHERE shard = $1 AND index = $3`,
    [log.shard, index, Math.min(from, log.size - 1), leafHash(bytes), bytes],
  );
}

/** The log as it was when it had so many entries. */
async function cutBack(hand: Hand, size: number): Promise<WholeTree> {
  const { log } = hand;
  await log.client.query('DELETE FROM entries WHERE shard = $1 AND index >= $2', [log.shard, size]);
  const tree = treeOf(log.leaves.slice(0, size));
  await putTiles(hand, tree);
  return tree;
}
