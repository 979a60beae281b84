import { AppError, legalDateOf } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { decidesAlone, needsOwnYes } from '../consent/ward-age.ts';

/** What a call is judged by: who calls, and when. */
export type Call = Pick<CallContext, 'caller' | 'identifiersOf' | 'now'>;

/** The caller as a person; `UNAUTHENTICATED` for one that is nobody, `NOT_PERMITTED` for one that acts as something else. */
export function personOf({ caller }: Pick<Call, 'caller'>): string {
  if (caller.act.kind !== 'person') throw new AppError('NOT_PERMITTED', { internal: 'no person' });
  const self = caller.subjects.find(({ as }) => as === 'self')?.id;
  if (self === undefined) throw new AppError('UNAUTHENTICATED', { internal: 'no subject' });
  return self;
}

/** The caller as somebody who may share (Decree 69/2024, art. 8: level 2). @throws AppError `LEVEL_REQUIRED` and as {@link personOf} */
export function deciderOf(call: Pick<Call, 'caller'>): string {
  const self = personOf(call);
  if (call.caller.level !== 2) throw new AppError('LEVEL_REQUIRED');
  return self;
}

/** A ward for whom the caller may decide. */
export interface Ward {
  /** The id of the relation. */
  readonly id: string;
  readonly subject: string;
  readonly ownYesNeeded: boolean;
}

/** The wards that the gateway vouches for. */
export function wardsOf({ caller, identifiersOf, now }: Call): Ward[] {
  return caller.subjects.flatMap(({ as, id, relation }) =>
    as === 'guardian' && relation !== undefined
      ? [
          {
            id: relation,
            subject: id,
            ownYesNeeded: needsOwnYes(identifiersOf(id).dateOfBirth, legalDateOf(now)),
          },
        ]
      : [],
  );
}

/** Whose data a decision is about. */
export interface Whose {
  readonly subject: string;
  readonly relationId: string | null;
  readonly wardAgreed: boolean;
}

/**
 * Whose data a decision is about, if the caller may decide: of full age for themself; for a ward that is theirs, from seven on
 * with the ward's own yes (Law 91/2025, art. 24).
 *
 * @throws AppError `GUARDIAN_REQUIRED` for a minor's own · `BAD_USER_INPUT` `WARD_UNKNOWN`, `WARD_YES_REQUIRED`
 */
export function whoseData(
  call: Call,
  {
    dependant,
    wardAgrees,
  }: { readonly dependant?: string | null | undefined; readonly wardAgrees?: boolean | null | undefined },
): Whose {
  const self = deciderOf(call);
  if (dependant === null || dependant === undefined) {
    if (!decidesAlone(call.identifiersOf(self).dateOfBirth, legalDateOf(call.now)))
      throw new AppError('GUARDIAN_REQUIRED');
    return { subject: self, relationId: null, wardAgreed: false };
  }
  const ward = wardsOf(call).find(({ id }) => id === dependant);
  if (ward === undefined)
    throw new AppError('BAD_USER_INPUT', { field: 'dependant', reason: 'WARD_UNKNOWN' });
  const wardAgreed = wardAgrees === true;
  if (ward.ownYesNeeded && !wardAgreed)
    throw new AppError('BAD_USER_INPUT', { field: 'wardAgrees', reason: 'WARD_YES_REQUIRED' });
  return { subject: ward.subject, relationId: ward.id, wardAgreed };
}
