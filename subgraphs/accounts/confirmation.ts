import { randomBytes } from 'node:crypto';
import { PASSCODE_SECONDS } from './rules.ts';

/** By what a person confirmed. */
export type ConfirmationMethod = 'passcode' | 'passkey';

/** That the owner of a session has just shown that it is them. Opens sensitive data until `until`. */
export interface Confirmation {
  /** 128 bits of chance, base64url: what an approval is bound to, used for one at most. */
  readonly id: string;
  readonly at: Date;
  readonly until: Date;
  readonly method: ConfirmationMethod;
}

/** A new confirmation. */
export function confirm(method: ConfirmationMethod, now: Date): Confirmation {
  return {
    id: randomBytes(16).toString('base64url'),
    at: now,
    until: new Date(now.getTime() + PASSCODE_SECONDS * 1000),
    method,
  };
}
