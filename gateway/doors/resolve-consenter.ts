import { AppError } from '@dinhdanh/kit';
import type { SubjectIdentifiers } from '@dinhdanh/kit';
import type { ResolveCallerRooms } from './resolve-caller.ts';
import { signAsGateway } from './sign-gateway.ts';

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
  rooms: ResolveCallerRooms,
): Promise<Consenter | null> {
  const body = JSON.stringify({ consenter: question });
  let attempt = 0;
  const answer = await rooms.upstream.post('accounts', {
    path: '/resolve-caller',
    body,
    headers: () => ({
      authorization: `Bearer ${signAsGateway(
        {
          audience: 'accounts',
          jti: `${rooms.requestId}.consenter.${attempt++}`,
          body,
          purpose: 'resolve_consenter',
          legalBasis: 'Law 91/2025/QH15, art. 9',
        },
        rooms.key,
        rooms.now,
      )}`,
    }),
    deadlineAt: rooms.deadlineAt,
    idempotent: true,
    requestId: rooms.requestId,
  });
  if (!answer.ok) {
    throw new AppError('SOURCE_UNAVAILABLE', {
      source: 'accounts',
      internal: answer.reason,
      retryAfterSeconds: 5,
    });
  }
  return readConsenter(answer.json, question);
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
