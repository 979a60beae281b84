import { AppError } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { yearsKept } from './reading-room.ts';
import type { ReadingRoom } from './reading-room.ts';
import type { SoughtSubject } from './search.ts';

/** A person who reads about themself. */
export interface PersonReader {
  readonly kind: 'person';
  /** All pseudonyms of theirs: of every number, current or cancelled, and every year kept. */
  readonly pseudonyms: readonly SoughtSubject[];
  /** The same as entries write them. */
  readonly names: ReadonlySet<string>;
  /** The pseudonym of the current number in this year. */
  readonly current: Buffer;
}

/** An auditor under a case reference. */
export interface AuditorReader {
  readonly kind: 'auditor';
}

/** Who reads the log. */
export type Reader = PersonReader | AuditorReader;

/**
 * The person who asks, from the identifiers the gateway vouches for: never from arguments. Wards are not among them:
 * what was read of a ward stands in the ward's own history.
 *
 * @throws AppError `NOT_PERMITTED` for any other caller
 */
export function personReader(context: CallContext, room: ReadingRoom): PersonReader {
  const self = context.caller.subjects.filter((grant) => grant.as === 'self');
  const [own] = self;
  if (context.caller.act.kind !== 'person' || own === undefined || self.length !== 1)
    throw new AppError('NOT_PERMITTED', { internal: 'not a person about themself' });
  const { personalNumber, cancelledNumbers } = context.identifiersOf(own.id);
  const years = yearsKept(room, context.now);
  const pseudonyms = room.pseudonyms.pseudonymsOf([personalNumber, ...cancelledNumbers], years);
  return {
    kind: 'person',
    pseudonyms: pseudonyms.map(({ name, year }) => ({ name: Buffer.from(name, 'base64url'), year })),
    names: new Set(pseudonyms.map(({ name }) => name)),
    current: Buffer.from(room.pseudonyms.of(personalNumber, context.now.getUTCFullYear()), 'base64url'),
  };
}

/**
 * The auditor who asks. The gateway has refused who names no case; the log does not rely on it.
 *
 * @throws AppError `NOT_PERMITTED` for any other caller, `BAD_USER_INPUT` (`CASE_REQUIRED`) without a case reference
 */
export function auditorReader(context: CallContext): AuditorReader {
  if (context.caller.act.kind !== 'auditor') throw new AppError('NOT_PERMITTED', { internal: 'no auditor' });
  if ((context.caller.case ?? '') === '')
    throw new AppError('BAD_USER_INPUT', { field: 'case-reference', reason: 'CASE_REQUIRED' });
  return { kind: 'auditor' };
}
