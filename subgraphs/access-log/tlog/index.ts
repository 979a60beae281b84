/** The door of the log's pure part: trees, tiles, notes, checkpoints, proofs, entries. Nothing here does I/O. */
export type {
  AccessActor,
  AccessActorKind,
  AccessEvent,
  AccessLogEntry,
  AccessOutcome,
} from './access-log-entry.ts';
export { parseBase64, parseHash, toBase64 } from './base64.ts';
export { type CanonicalValue, canonicalJson } from './canonical-json.ts';
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
export { consistencyFault, consistencyNodes, consistencyProof } from './consistency-proof.ts';
export { parseDecimal } from './decimal.ts';
export { decodeEntry, encodeEntry } from './encode-entry.ts';
export { encodeEntryBundle, MAX_ENTRY_BYTES, parseEntryBundle, type ReadBundle } from './entry-bundle.ts';
export { entryComplaints } from './entry-rules.ts';
export { Frontier, type NodeSink } from './frontier.ts';
export { EMPTY_ROOT, HASH_BYTES, type Hash, leafHash, nodeHash, sameHash, treeRoot } from './hash.ts';
export { inclusionFault, inclusionNodes, inclusionProof, rootOfInclusion } from './inclusion-proof.ts';
export {
  type CheckpointPolicy,
  type Cosignature,
  openCheckpoint,
  type OpenedCheckpoint,
} from './open-checkpoint.ts';
export { done, type Fault, refused, type Result } from './result.ts';
export { ENTRY_WINDOW_MS, needsEntry, requestOf, type ServedCall } from './served-call.ts';
export { signNote, type VerifiedSignature, verifyNote } from './sign-note.ts';
export {
  formatNote,
  formatSignature,
  type NoteSignature,
  parseNote,
  parseSignatureLines,
  type SignedNote,
} from './signed-note.ts';
export {
  parseTileHashes,
  parseTilePath,
  rowHash,
  type Tile,
  TILE_HEIGHT,
  TILE_WIDTH,
  tilePath,
} from './tile.ts';
export { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from './tlog-proof.ts';
export { fullSubtrees, type HashReader, rangeHash, type TreeNode } from './tree-nodes.ts';
export {
  bundlesOfGrowth,
  bundleWidth,
  tileBytes,
  tileOfNode,
  tileReader,
  tilesOfGrowth,
  tilesOfNodes,
  tileWidth,
} from './tree-tiles.ts';
export {
  formatVerifierKey,
  type KeyUse,
  parseVerifierKey,
  rawKey,
  type SignerKey,
  signerKey,
  signerKeyOfSeed,
  type VerifierKey,
  verifierKey,
  verifierOf,
} from './verifier-key.ts';
