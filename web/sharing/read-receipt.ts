/** What a receipt says, as far as it is shown. */
export interface Receipt {
  /** Names the key that signed it; null where none is named. */
  readonly keyId: string | null;
  /** What was signed, as indented JSON. */
  readonly content: string;
}

/** Reads a receipt, a compact JWS (RFC 7515), without checking its signature; null for what is none. */
export function readReceipt(jws: string): Receipt | null {
  const [header, payload, signature, ...rest] = jws.split('.');
  if (!header || !payload || !signature || rest.length > 0) return null;
  try {
    const { kid } = jsonOf(header) as { readonly kid?: unknown };
    const content = JSON.stringify(jsonOf(payload), null, 2);
    return { keyId: typeof kid === 'string' ? kid : null, content };
  } catch {
    return null;
  }
}

/** The object in a part of a JWS. @throws SyntaxError where it is none */
function jsonOf(part: string): object {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof value !== 'object' || value === null) throw new SyntaxError('no object');
  return value;
}
