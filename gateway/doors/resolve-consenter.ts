import { AppError } from '@dinhdanh/kit';
import type { SubjectIdentifiers } from '@dinhdanh/kit';
import { askDoor } from './ask-door.ts';
import type { LookUpRooms } from './ask-door.ts';

/** For whom somebody agreed: for themself, or as a guardian by the relation named. */
export interface ConsenterQuestion {
  /** The opaque subject of who agreed. */
  readonly grantor: string;
  /** The opaque subject whose data it is. */
  readonly subject: string;
  readonly relationId: string | null;
}

/** The state now of who agreed, and the verified identifiers of whose data it is. */
export interface Consenter {
  readonly level: 0 | 1 | 2;
  readonly locked: boolean;
  readonly guardianRequired: boolean;
  readonly subject: string;
  readonly ids: SubjectIdentifiers;
  /** False once the relation has ended; true for one's own consent. */
  readonly stillGuardian: boolean;
}

/**
 * Looks up, once a query and never remembered, whether who agreed may still agree. Null where nobody of that subject has an
 * account.
 *
 * @throws AppError `SOURCE_UNAVAILABLE`, `SOURCE_INVALID` (source accounts)
 */
export async function resolveConsenter(
  question: ConsenterQuestion,
  rooms: LookUpRooms,
): Promise<Consenter | null> {
  const json = await askDoor(
    {
      ...{
        service: 'accounts',
        path: '/resolve-caller',
        content: { consenter: question },
        step: 'consenter',
      },
      ...{ purpose: 'resolve_consenter', legalBasis: 'Law 91/2025/QH15, art. 9' },
    },
    rooms,
  );
  return readConsenter(json, question);
}

function readConsenter(
  json: Readonly<Record<string, unknown>>,
  { subject }: ConsenterQuestion,
): Consenter | null {
  if (json['actor'] === null) return null;
  const { kind, level, status, guardianRequired, ids, stillGuardian } = json;
  const isConsenter =
    kind === 'consenter' &&
    json['subject'] === subject &&
    typeof status === 'string' &&
    typeof ids === 'object' &&
    ids !== null;
  if (!isConsenter) throw new AppError('SOURCE_INVALID', { source: 'accounts', internal: 'consenter' });
  return {
    level: level === 1 || level === 2 ? level : 0,
    locked: status !== 'ACTIVE',
    guardianRequired: guardianRequired !== false,
    subject,
    ids: ids as SubjectIdentifiers,
    stillGuardian: stillGuardian === true,
  };
}
