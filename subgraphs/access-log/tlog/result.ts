/** What this room answers instead of throwing: bytes from outside are refused with a code, never with an exception. */

/** Why bytes, a proof or a signature were refused. The texts for people stand with whoever shows them. */
export type Fault =
  // Encodings
  | 'number-malformed'
  | 'number-too-large'
  | 'base64-malformed'
  | 'hash-length-wrong'
  // Trees and proofs
  | 'index-beyond-tree'
  | 'sizes-out-of-order'
  | 'proof-too-short'
  | 'proof-too-long'
  | 'root-mismatch'
  | 'old-root-mismatch'
  | 'hash-missing'
  | 'frontier-malformed'
  // Tiles
  | 'tile-path-malformed'
  | 'tile-length-wrong'
  | 'bundle-truncated'
  | 'entry-too-long'
  // Notes and keys
  | 'note-too-large'
  | 'note-not-utf8'
  | 'note-malformed'
  | 'note-too-many-signatures'
  | 'key-malformed'
  | 'key-id-mismatch'
  | 'key-algorithm-unknown'
  | 'keys-not-distinct'
  | 'signature-invalid'
  | 'signature-missing'
  // Checkpoints and cosignatures
  | 'checkpoint-malformed'
  | 'origin-unexpected'
  | 'timestamp-too-large'
  | 'timestamp-in-future'
  | 'quorum-impossible'
  | 'quorum-not-met'
  | 'tlog-proof-malformed'
  // Entries
  | 'json-unsupported'
  | 'json-too-deep'
  | 'json-not-canonical'
  | 'entry-invalid';

/** A value, or the fault for which there is none. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault };

/** The answer that holds. */
export function done<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** The answer that refuses. */
export function refused(fault: Fault): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault };
}
