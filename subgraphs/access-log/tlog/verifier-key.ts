/**
 * The keys behind signatures of notes: https://c2sp.org/signed-note, "Verifier keys" and "Signature types". A key is
 * told from others by its name and an id of 32 bits, which is no protection, only a name: the public key is.
 */
import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { parseBase64, toBase64 } from './base64.ts';
import { type Result, done, refused } from './result.ts';

/** What a key signs: `note` the text itself (type 0x01), `cosignature` the text with a time (type 0x04, a witness). */
export type KeyUse = 'note' | 'cosignature';

/** The signature type identifier bytes of signed-note. */
const types: Readonly<Record<KeyUse, number>> = { note: 0x01, cosignature: 0x04 };

/** A public key as verifiers hold it. */
export interface VerifierKey {
  /** A schema-less URL by custom, `example.com/log`. */
  readonly name: string;
  /** uint32. */
  readonly id: number;
  readonly use: KeyUse;
  /** Ed25519. */
  readonly publicKey: KeyObject;
}

/** A private key as its owner holds it. */
export interface SignerKey {
  readonly name: string;
  readonly id: number;
  readonly use: KeyUse;
  /** Ed25519. */
  readonly privateKey: KeyObject;
}

/** RFC 8410 §4: a SubjectPublicKeyInfo of Ed25519 is this and the 32 bytes of the key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** RFC 8410 §7: a PKCS #8 of Ed25519 is this and the 32 bytes of the seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** True for names of keys: not empty, without Unicode spaces and `+`, and of whole characters. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[+\p{White_Space}]/u.test(name) && !hasControls(name) && name.isWellFormed();
}

/** ASCII control characters, below U+0020. */
function hasControls(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u001f]/.test(text);
}

/** A verifier's key from its parts. Refused: a bad name, a key that is not Ed25519. */
export function verifierKey(name: string, publicKey: KeyObject, use: KeyUse): Result<VerifierKey> {
  if (!isKeyName(name) || publicKey.type !== 'public' || publicKey.asymmetricKeyType !== 'ed25519')
    return refused('key-malformed');
  return done({ name, id: keyId(name, use, rawKey(publicKey)), use, publicKey });
}

/** A signer's key from its parts. Refused: a bad name, a key that is not Ed25519. */
export function signerKey(name: string, privateKey: KeyObject, use: KeyUse): Result<SignerKey> {
  if (privateKey.type !== 'private') return refused('key-malformed');
  const verifier = verifierKey(name, createPublicKey(privateKey), use);
  return verifier.ok ? done({ name, id: verifier.value.id, use, privateKey }) : verifier;
}

/** A signer's key from its seed of 32 bytes (RFC 8032 §5.1.5). Refused: a bad name, a seed of another length. */
export function signerKeyOfSeed(name: string, seed: Uint8Array, use: KeyUse): Result<SignerKey> {
  if (seed.length !== KEY_BYTES) return refused('key-malformed');
  const key = Buffer.concat([PKCS8, seed]);
  return signerKey(name, createPrivateKey({ key, format: 'der', type: 'pkcs8' }), use);
}

/** The key with which others verify what a signer's key signs. */
export function verifierOf({ name, id, use, privateKey }: SignerKey): VerifierKey {
  return { name, id, use, publicKey: createPublicKey(privateKey) };
}

/** `SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4]`, big-endian. */
function keyId(name: string, use: KeyUse, raw: Uint8Array): number {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(types[use]), raw]);
  return hash('sha256', input, 'buffer').readUInt32BE();
}

/** The 32 bytes of an Ed25519 public key (RFC 8032 §5.1.5). */
export function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
}

/** `<name>+<id in hex>+<base64(type ‖ public key)>`. */
export function formatVerifierKey({ name, id, use, publicKey }: VerifierKey): string {
  const key = toBase64(Buffer.concat([Buffer.of(types[use]), rawKey(publicKey)]));
  return `${name}+${id.toString(16).padStart(8, '0')}+${key}`;
}

/** Reads a key string. The id must be that of the name and key; lower case, as everybody writes it. */
export function parseVerifierKey(text: string): Result<VerifierKey> {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) return refused('key-malformed');
  const bytes = parseBase64(encoded);
  if (!bytes.ok) return refused('key-malformed');
  const use = (['note', 'cosignature'] as const).find((candidate) => types[candidate] === bytes.value[0]);
  if (use === undefined) return refused('key-algorithm-unknown');
  const raw = bytes.value.subarray(1);
  if (raw.length !== KEY_BYTES) return refused('key-malformed');
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  const key = verifierKey(name, publicKey, use);
  if (!key.ok) return key;
  return key.value.id === Number.parseInt(id, 16) ? key : refused('key-id-mismatch');
}
