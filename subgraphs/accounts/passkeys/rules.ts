/** How many passkeys a person may have. */
export const MOST_PASSKEYS = 10;

/** How long a challenge waits for its answer, in seconds. */
export const CHALLENGE_SECONDS = 5 * 60;

/**
 * Whether a signature counter went on (WebAuthn Level 3, 6.1.1): it grows with every use, or the authenticator keeps
 * none and it stays 0. One that goes back, or stands still, says that two devices hold the key.
 */
export function counterWentOn(last: bigint, told: bigint): boolean {
  return told > last || (told === 0n && last === 0n);
}

/** The name an owner chose, trimmed and composed, or null where it is none: 1 to 40 characters, none of them a control. */
export function passkeyName(name: string | null | undefined): string | null {
  const trimmed = (name ?? '').normalize('NFC').trim();
  const length = [...trimmed].length;
  return length < 1 || length > 40 || /\p{Cc}|\p{Cs}|\p{Cn}/u.test(trimmed) ? null : trimmed;
}

/** A personal number as an authenticator may show it: the last three digits tell one's own accounts apart, no more. */
export function maskNumber(personalNumber: string): string {
  return `${'•'.repeat(9)}${personalNumber.slice(-3)}`;
}

/** Who a passkey is made for: the id that browsers bind it to, and the origins it may be used on. */
export interface RelyingParty {
  readonly id: string;
  readonly origins: readonly string[];
}

/**
 * Reads the origins people use into a relying party: the host of the first is the id, for all of them. An address of
 * this machine becomes `localhost`, since browsers bind a passkey to a name, never to an address.
 */
export function relyingPartyOf(origins: readonly string[]): RelyingParty | null {
  const named = origins.map((origin) => {
    const url = new URL(origin);
    if (url.hostname === '127.0.0.1' || url.hostname === '[::1]') url.hostname = 'localhost';
    return url;
  });
  const [first] = named;
  return first === undefined ? null : { id: first.hostname, origins: named.map(({ origin }) => origin) };
}
