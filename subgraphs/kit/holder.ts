import { mac } from './mac.ts';

/**
 * The holder attestation: which identifier the row behind a record carries, told so that only the gateway can read it.
 *
 * A registry computes it from the ROW it answers with, never from the reference it was asked by. The gateway computes
 * the same from the identifiers it verified and refuses a record whose holder is none of them: that is how a registry
 * which answers with somebody else's row under the right key is caught. Keyed and bound to the call, so it means
 * nothing in any other place.
 *
 * @param key the service's caller-token key
 * @param jti the caller token's `jti`
 * @param identifier the number standing on the row: personal number, cancelled number, CMND 9, foreigner's number or passport
 */
export function attestHolder(key: Buffer, jti: string, identifier: string): string {
  return mac(key, `${jti}\n${identifier}`);
}
