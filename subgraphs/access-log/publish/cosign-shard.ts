import {
  consistencyNodes,
  consistencyProof,
  formatNote,
  type Hash,
  type NoteSignature,
  parseNote,
  type SignedNote,
  tilesOfNodes,
  type VerifierKey,
} from '../tlog/index.ts';
import { readerOf } from './growing-tree.ts';
import type { PublishStore, ShardState, WitnessRecord } from './publish-store.ts';
import type { AskWitness, WitnessReply } from './witness-client.ts';

/** A witness of this log. */
export interface Cosigner {
  /** Its vkey, as it is configured. */
  readonly vkey: string;
  readonly key: VerifierKey;
  readonly ask: AskWitness;
}

/** What came of asking one. `overtaken`: another process of ours has been there with a later tree. */
export type CosignOutcome =
  | WitnessReply
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'tiles-altered' };

/** Whom to ask about what. */
export interface CosignRound {
  readonly store: PublishStore;
  /** Signed. */
  readonly shard: ShardState;
  readonly cosigners: readonly Cosigner[];
  readonly records: readonly WitnessRecord[];
  readonly quorum: number;
  readonly now: Date;
}

/**
 * Has the signed checkpoint of a tree cosigned by every witness, and puts it up to be read when enough of them have.
 * Returns what each said, in their order.
 */
export async function cosignShard(round: CosignRound): Promise<CosignOutcome[]> {
  const { store, shard, cosigners, now } = round;
  const signed = shard.signedNote === null ? null : parseNote(Buffer.from(shard.signedNote));
  if (signed === null || !signed.ok) return [];
  const outcomes = await Promise.all(cosigners.map((cosigner) => askOne(round, cosigner, signed.value)));
  for (const [place, { vkey }] of cosigners.entries()) {
    if (outcomes[place]?.kind === 'cosigned')
      await store.keepWitness({ shard: shard.id, key: vkey, size: shard.signedSize, cosignedAt: now });
  }
  await publishCosigned(round, signed.value, outcomes);
  return outcomes;
}

/** Asks from where the witness is said to be, and once more from where it says it is. */
async function askOne(
  { store, shard, records }: CosignRound,
  { vkey, ask }: Cosigner,
  { text }: SignedNote,
): Promise<CosignOutcome> {
  const size = shard.signedSize;
  const record = records.find((one) => one.shard === shard.id && one.key === vkey);
  let oldSize = Math.min(record?.size ?? 0, size);
  for (let tries = 0; tries < 2; tries += 1) {
    const proof = await proofFrom(store, shard, oldSize);
    if (proof === null) return { kind: 'tiles-altered' };
    const reply = await ask({ oldSize, size, proof, text, note: shard.signedNote ?? '' });
    if (reply.kind !== 'elsewhere') return reply;
    if (reply.size > size) return judgeAhead(store, shard, reply.size);
    oldSize = reply.size;
  }
  return { kind: 'overtaken' };
}

/** A witness that has cosigned more than we have signed: of us, or of a history that we no longer know. */
async function judgeAhead(store: PublishStore, shard: ShardState, seen: number): Promise<CosignOutcome> {
  const now = await store.shard(shard.origin);
  return now !== null && now.signedSize >= seen ? { kind: 'overtaken' } : { kind: 'refused', status: 409 };
}

async function proofFrom(store: PublishStore, shard: ShardState, oldSize: number): Promise<Hash[] | null> {
  const size = shard.signedSize;
  const nodes = consistencyNodes(oldSize, size);
  const tiles = nodes.length === 0 ? [] : await store.tiles(shard.id, tilesOfNodes(nodes, size));
  const proof = consistencyProof(oldSize, size, readerOf(size, tiles));
  return proof.ok ? proof.value : null;
}

/** What is put up carries the quorum, always: a reader never meets a checkpoint that no witness has seen. */
async function publishCosigned(
  { store, shard, cosigners, quorum, now }: CosignRound,
  signed: SignedNote,
  outcomes: readonly CosignOutcome[],
): Promise<void> {
  const published = shard.publishedNote === null ? null : parseNote(Buffer.from(shard.publishedNote));
  const isSame = published?.ok === true && published.value.text === signed.text;
  const cosignatures: NoteSignature[] = [];
  let fresh = 0;
  for (const [place, { key }] of cosigners.entries()) {
    const outcome = outcomes[place];
    if (outcome?.kind === 'cosigned') {
      cosignatures.push(outcome.signature);
      fresh += 1;
    } else if (isSame) {
      const kept = published.value.signatures.find(
        ({ name, keyId }) => name === key.name && keyId === key.id,
      );
      if (kept !== undefined) cosignatures.push(kept);
    }
  }
  if (cosignatures.length < quorum || (isSame && fresh === 0)) return;
  const note = formatNote({ text: signed.text, signatures: [...signed.signatures, ...cosignatures] });
  if (note.ok) await store.publish(shard.id, shard.signedSize, note.value, now);
}
