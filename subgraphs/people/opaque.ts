import { createHmac } from 'node:crypto';
import type { Seed } from './prng.ts';

/** What an opaque key stands for; part of what is hashed, so that no two kinds can share a key. */
export type OpaqueKind =
  | 'subject'
  | 'card'
  | 'passport'
  | 'residence-card'
  | 'licence'
  | 'vehicle'
  | 'social'
  | 'health'
  | 'dependant'
  | 'link';

/** An opaque key of 22 characters (132 bits): HMAC-SHA-256 of kind and counter under the seed's text. */
export function opaque(seed: Seed, kind: OpaqueKind, counter: number): string {
  return createHmac('sha256', `dinhdanh people ${seed.text}`)
    .update(`${kind} ${counter}`)
    .digest('base64url')
    .slice(0, 22);
}
