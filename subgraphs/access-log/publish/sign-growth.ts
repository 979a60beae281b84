import {
  EMPTY_ROOT,
  formatCheckpoint,
  formatNote,
  type Hash,
  parseCheckpoint,
  parseNote,
  sameHash,
  signerKeyOfSeed,
  signNote,
  verifierOf,
  verifyNote,
} from '../tlog/index.ts';
import { edgeTiles, GrowingTree } from './growing-tree.ts';
import type { PublishStore, ShardState } from './publish-store.ts';

/** Why a tree is not signed: what the database holds does not fit together. Somebody has to look. */
export type Inconsistency =
  | 'HEAD_BEHIND'
  | 'SIGNED_NOTE_ALTERED'
  | 'TILES_ALTERED'
  | 'ENTRIES_MISSING'
  | 'FRONTIER_DIFFERS';

/** What came of it: the tree as it stands now, or what is wrong with it. */
export type Growth =
  | { readonly kind: 'signed'; readonly shard: ShardState }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'inconsistent'; readonly why: Inconsistency };

/** Leaves that are worked on at once; a multiple of a tile's width, so that few tiles are written twice. */
const STEP = 16_384;

/**
 * Signs what a tree has grown by since it was last signed. In this order: the tree that was signed last must be what the
 * tiles still make; the leaves since are added to it; the root must be what the writer's own edge says; tiles are kept;
 * and only then the checkpoint is signed. So whatever breaks this off, what is signed can be served.
 */
export async function signGrowth(store: PublishStore, shard: ShardState, seed: Uint8Array): Promise<Growth> {
  if (shard.size < shard.signedSize) return inconsistent('HEAD_BEHIND');
  if (shard.signedNote !== null && shard.size === shard.signedSize) return { kind: 'signed', shard };
  const signed = signedRoot(shard, seed);
  if (signed === null) return inconsistent('SIGNED_NOTE_ALTERED');
  const edge = edgeTiles(shard.signedSize);
  const tree = GrowingTree.from(shard.signedSize, await store.tiles(shard.id, edge));
  if (!tree.ok || !sameHash(tree.value.root(), signed)) return inconsistent('TILES_ALTERED');
  const why = await grow(store, shard, tree.value);
  if (why !== null) return inconsistent(why);
  const note = signTree(shard.origin, tree.value, seed);
  if (note === null) return inconsistent('SIGNED_NOTE_ALTERED');
  if (!(await store.sign(shard, shard.size, note))) return { kind: 'overtaken' };
  return { kind: 'signed', shard: { ...shard, signedSize: shard.size, signedNote: note } };
}

function inconsistent(why: Inconsistency): Growth {
  return { kind: 'inconsistent', why };
}

/** The root that was signed last; null where that is not our signature or not this tree. */
function signedRoot({ origin, signedSize, signedNote }: ShardState, seed: Uint8Array): Hash | null {
  if (signedNote === null) return signedSize === 0 ? EMPTY_ROOT : null;
  const key = signerKeyOfSeed(origin, seed, 'note');
  const note = parseNote(Buffer.from(signedNote));
  if (!key.ok || !note.ok || !verifyNote(note.value, [verifierOf(key.value)]).ok) return null;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok || checkpoint.value.origin !== origin || checkpoint.value.size !== signedSize)
    return null;
  return checkpoint.value.root;
}

/** Adds the leaves, and keeps the tiles. The last ones only when the edge is that of the writer. */
async function grow(
  store: PublishStore,
  shard: ShardState,
  tree: GrowingTree,
): Promise<Inconsistency | null> {
  for (;;) {
    const next = Math.min(shard.size, tree.size - (tree.size % STEP) + STEP);
    const leaves = await store.leaves(shard.id, tree.size, next);
    if (leaves.length !== next - tree.size) return 'ENTRIES_MISSING';
    tree.append(leaves);
    const isWhole = tree.size === shard.size;
    if (isWhole && !tree.edge().equals(shard.frontier)) return 'FRONTIER_DIFFERS';
    const tiles = tree.takeTiles();
    if (!tiles.ok) return 'TILES_ALTERED';
    if (tiles.value.length > 0) await store.keepTiles(shard.id, tiles.value);
    if (isWhole) return null;
  }
}

/** Ed25519 is deterministic (RFC 8032 §5.1.6): the same tree is always the same note. */
function signTree(origin: string, tree: GrowingTree, seed: Uint8Array): string | null {
  const key = signerKeyOfSeed(origin, seed, 'note');
  const text = formatCheckpoint({ origin, size: tree.size, root: tree.root(), extensions: [] });
  if (!key.ok || !text.ok) return null;
  const note = formatNote({ text: text.value, signatures: [signNote(text.value, key.value)] });
  return note.ok ? note.value : null;
}
