/** A passkey as it is kept. */
export interface Passkey {
  /** Opaque; its name outside. */
  readonly id: string;
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What an answer is verified with. */
export interface PasskeyKey {
  readonly id: string;
  /** As the authenticator names it, base64url. */
  readonly credentialId: string;
  /** COSE_Key (RFC 9052). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: bigint;
  /** The user handle of its owner, base64url. */
  readonly handle: string;
}

/** How a browser finds an authenticator again. */
export interface PasskeyPointer {
  readonly credentialId: string;
  readonly transports: readonly string[];
}

/** A passkey to be kept. */
export interface NewPasskey extends Omit<Passkey, 'lastUsedAt'>, Omit<PasskeyKey, 'handle'> {
  readonly subject: string;
  readonly transports: readonly string[];
}

/** What a challenge is given out for. */
export type ChallengePurpose = 'ENROL' | 'CONFIRM';

/** A challenge about to be given out. */
export interface NewChallenge {
  readonly session: string;
  readonly purpose: ChallengePurpose;
  /** 256 bits of chance, base64url. */
  readonly challenge: string;
  readonly expiresAt: Date;
}

/** A living session of a person, as far as passkeys need it. */
export interface PasskeySession {
  readonly id: string;
  readonly subject: string;
  /** What failures are counted by. */
  readonly username: string;
  readonly personalNumber: string;
  readonly expiresAt: Date;
  readonly passcodeUntil: Date | null;
}
