import type { CallContext, Log } from '@dinhdanh/kit';
import type { VerifySecret } from '../passwords.ts';
import type { SignInRoom } from '../sign-in.ts';
import type { RegistrationPorts } from './ports.ts';
import type { RegistrationStore } from './store.ts';

/** All that registering works with. */
export interface RegistrationRoom extends SignInRoom {
  readonly settings: SignInRoom['settings'] & { readonly changeDelaySeconds: number | null };
  readonly registrations: RegistrationStore;
  readonly ports: RegistrationPorts;
  readonly verify: VerifySecret;
  /** Hashes a password or passcode; one argon2id computation. */
  readonly hash: (secret: string) => Promise<string>;
}

/** The call it is done in. */
export type RegistrationCall = Pick<CallContext, 'caller' | 'now'> & { readonly log: Log };
