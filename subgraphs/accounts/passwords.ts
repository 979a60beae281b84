import { createHash } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Tells whether a secret is the one behind a hash. One argon2id computation, whatever the answer. */
export type VerifySecret = (hash: string, secret: string) => Promise<boolean>;

/** How secrets are hashed and checked: one argon2id computation each. */
export interface Secrets {
  readonly hash: (secret: string) => Promise<string>;
  readonly verify: VerifySecret;
}

/** Argon2id as OWASP advises: 19 MiB, two passes, one lane (the library's algorithm is argon2id unless told otherwise). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * The hash of a secret that nobody knows, of the same cost as every other: what an attempt on a number without
 * credentials is held against, so that it costs as much as any.
 */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Hashes a password or a passcode. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret, COST);
}

/** Hashes a secret with a salt drawn from a text, for seeds, whose bytes must repeat. Never for real people. */
export function hashSecretRepeatably(secret: string, saltText: string): Promise<string> {
  return hash(secret, { ...COST, salt: createHash('sha256').update(saltText).digest().subarray(0, 16) });
}

/** The one way a secret is checked. */
export const verifySecret: VerifySecret = (hashed, secret) => verify(hashed, secret);

/** As every service hashes and checks them. */
export const argon2Secrets: Secrets = { hash: hashSecret, verify: verifySecret };
