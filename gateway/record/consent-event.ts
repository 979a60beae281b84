import { AppError } from '@dinhdanh/kit';

/** The header by which sharing tells what became of a consent; it never leaves. */
export const CONSENT_EVENT_HEADER = 'consent-event';

/** What can become of a consent or of a request for one. */
const CHANGES = [
  'granted',
  'declined',
  'paused',
  'resumed',
  'revoked',
  'stopped',
  'expired',
  'claimed',
] as const;

/** One change of a consent, or one attempt that sharing refused: ids and codes, never a value. */
export interface ConsentEvent {
  readonly event: 'consent-change' | 'denied';
  readonly change: (typeof CHANGES)[number] | null;
  readonly consentId: string | null;
  readonly party: { readonly id: string; readonly name: string } | null;
  /** The opaque subject whose data it is about. */
  readonly subject: string | null;
  /** Who agreed for that subject, and as what: themself where left out. */
  readonly grantor: string | null;
  readonly relationId: string | null;
  /** A code of the catalogue, or `sharing`. */
  readonly purpose: string;
  readonly claims: readonly string[];
  /** Our code, or the OAuth error's in capitals. */
  readonly refusal: string | null;
  /** Of a refused attempt: whether it has been proved whose it was, or somebody merely named a relying party or its request. */
  readonly isProved: boolean;
}

const MOST_EVENTS = 20;
const ID = /^[A-Za-z0-9._~:/@-]{1,200}$/;
const CODE = /^[a-z][a-z0-9_.-]{0,71}$/;
const REFUSAL = /^[A-Z][A-Z0-9_]{0,63}$/;
const CLAIM = /^[a-z][A-Za-z0-9-]*(\.[a-z][A-Za-z0-9-]*){0,5}(\([a-z][A-Za-z]*:[A-Za-z0-9_-]{1,20}\))?$/;

/**
 * Reads the header. Nothing of another form is let through, since it would stand in the access log for ever.
 *
 * @throws AppError `SOURCE_INVALID`
 */
export function readConsentEvents(header: string | string[] | undefined): readonly ConsentEvent[] {
  if (header === undefined) return [];
  const values = readJson(header);
  if (!Array.isArray(values) || values.length > MOST_EVENTS) return invalid();
  return values.map((value) => readEvent(value as Readonly<Record<string, unknown>> | null));
}

function readJson(header: string | string[]): unknown {
  try {
    return typeof header === 'string'
      ? JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
      : invalid();
  } catch {
    return invalid();
  }
}

function readEvent(value: Readonly<Record<string, unknown>> | null): ConsentEvent {
  if (typeof value !== 'object' || value === null) return invalid();
  const { event, change = null, claims, party } = value;
  const refusal = textOrNull(value['refusal'], REFUSAL);
  const isChange = event === 'consent-change' && CHANGES.includes(change as never) && refusal === null;
  const isDenied = event === 'denied' && refusal !== null;
  if (!isChange && !isDenied) return invalid();
  if (!Array.isArray(claims) || !claims.every((claim) => typeof claim === 'string' && CLAIM.test(claim)))
    return invalid();
  return {
    event,
    change: isChange ? (change as ConsentEvent['change']) : null,
    consentId: textOrNull(value['consentId'], ID),
    party: readParty(party),
    subject: textOrNull(value['subject'], ID),
    grantor: textOrNull(value['grantor'], ID),
    relationId: textOrNull(value['relationId'], ID),
    purpose: textOrNull(value['purpose'], CODE) ?? invalid(),
    claims: [...new Set(claims as string[])].sort(),
    refusal,
    isProved: value['isProved'] !== false,
  };
}

function readParty(party: unknown): ConsentEvent['party'] {
  if (party === null || party === undefined) return null;
  const { id, name } = party as Readonly<Record<string, unknown>>;
  return {
    id: textOrNull(id, ID) ?? invalid(),
    name: typeof name === 'string' ? name : '',
  };
}

function textOrNull(value: unknown, pattern: RegExp): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' && pattern.test(value) ? value : invalid();
}

function invalid(): never {
  throw new AppError('SOURCE_INVALID', { source: 'sharing', internal: 'consent-event' });
}
