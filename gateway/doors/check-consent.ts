import { AppError } from '@dinhdanh/kit';
import { askDoor } from './ask-door.ts';
import type { LookUpRooms } from './ask-door.ts';

/** Which consent a token stands on, and whose token it is. */
export interface ConsentQuestion {
  readonly consentId: string;
  readonly clientId: string;
  /** `jti` of the access token. */
  readonly tokenId: string;
}

/** How a consent stands now. */
export interface CheckedConsent {
  readonly state: ConsentState;
  readonly clientId: string;
  readonly legalName: string;
  /** The opaque subject of who agreed. */
  readonly grantor: string;
  /** The opaque subject whose data it is. */
  readonly subject: string;
  readonly relationId: string | null;
  readonly capacity: 'self' | 'guardian';
  /** Keys of the leaves that were granted. */
  readonly leaves: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
}

const STATES = ['ACTIVE', 'PAUSED', 'STOPPED', 'REVOKED', 'EXPIRED'] as const;

/** The state of a consent. */
export type ConsentState = (typeof STATES)[number];

const PURPOSE = /^[a-z][a-z0-9_.-]{0,79}$/;

/**
 * Asks sharing how a consent stands, once a query and never remembered: what was revoked a moment ago is. Null for a consent
 * that is not there, or not of that client.
 *
 * @throws AppError `SOURCE_UNAVAILABLE`, `SOURCE_INVALID` (source sharing)
 */
export async function checkConsent(
  question: ConsentQuestion,
  rooms: LookUpRooms,
): Promise<CheckedConsent | null> {
  const json = await askDoor(
    {
      ...{ service: 'sharing', path: '/check-consent', content: question, step: 'consent' },
      ...{ purpose: 'check_consent', legalBasis: 'Law 91/2025/QH15, art. 9' },
    },
    rooms,
  );
  return readConsent(json, question);
}

function readConsent(
  json: Readonly<Record<string, unknown>>,
  { clientId }: ConsentQuestion,
): CheckedConsent | null {
  if (json['state'] === 'UNKNOWN') return null;
  const { state, legalName, grantor, subject, relationId, capacity, leaves, purpose, legalBasis } = json;
  const isWhole =
    STATES.includes(state as ConsentState) &&
    json['clientId'] === clientId &&
    [legalName, grantor, subject, legalBasis].every((text) => typeof text === 'string' && text !== '') &&
    (relationId === null ? capacity === 'self' && grantor === subject : typeof relationId === 'string') &&
    (capacity === 'self' || capacity === 'guardian') &&
    Array.isArray(leaves) &&
    leaves.every((leaf) => typeof leaf === 'string') &&
    typeof purpose === 'string' &&
    PURPOSE.test(purpose);
  if (!isWhole) throw new AppError('SOURCE_INVALID', { source: 'sharing', internal: 'consent' });
  return json as unknown as CheckedConsent;
}
