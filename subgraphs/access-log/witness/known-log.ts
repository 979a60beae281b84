/** Which logs a witness cosigns for. A log of ours is a tree each half-year, all under one key. Pure. */
import { parseVerifierKey, type Result, refused, type VerifierKey, verifierKey } from '../tlog/index.ts';

/** A log as its operator names it: the key's name is the log's, without a half-year. */
export interface KnownLog {
  readonly name: string;
  readonly key: VerifierKey;
}

/** Reads a log from the vkey of its name. Refused: what is no key, or a key that cosigns. */
export function readKnownLog(vkey: string): Result<KnownLog> {
  const key = parseVerifierKey(vkey);
  if (!key.ok) return key;
  if (key.value.use !== 'note') return refused('key-algorithm-unknown');
  return { ok: true, value: { name: key.value.name, key: key.value } };
}

/** The key that signs the tree of an origin, `<name>/2026h2`; null where none of the logs has such a tree. */
export function keyOfOrigin(logs: readonly KnownLog[], origin: string): VerifierKey | null {
  const shard = /^(?<name>.+)\/[0-9]{4}h[12]$/.exec(origin);
  const log = logs.find(({ name }) => name === shard?.groups?.['name']);
  if (log === undefined) return null;
  const key = verifierKey(origin, log.key.publicKey, 'note');
  return key.ok ? key.value : null;
}
