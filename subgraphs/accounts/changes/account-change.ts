import type { NewChange } from '@dinhdanh/kit';

/** What changed, as `AccountChangeKind` has it. */
export type AccountChangeKind = 'LOCKED' | 'UNLOCKED' | 'LEVEL_CHANGED' | 'GUARDIANSHIP_ENDED' | 'CLOSED';

/** A relation that ended; a subject is null where that person has no account. */
export interface EndedRelation {
  readonly id: string;
  readonly guardian: string | null;
  readonly ward: string | null;
}

/** A change of one account, named by its owner's subject: keys are opaque, never numbers. */
export function accountChange(
  kind: Exclude<AccountChangeKind, 'GUARDIANSHIP_ENDED'>,
  subject: string,
): NewChange<AccountChangeKind> {
  return { kind, keys: [{ role: 'SUBJECT', value: subject }] };
}

/** That somebody acts for a ward no more. */
export function guardianshipEnded({ id, guardian, ward }: EndedRelation): NewChange<AccountChangeKind> {
  return {
    kind: 'GUARDIANSHIP_ENDED',
    keys: [
      { role: 'RELATION', value: id },
      ...(guardian === null ? [] : [{ role: 'GUARDIAN', value: guardian }]),
      ...(ward === null ? [] : [{ role: 'WARD', value: ward }]),
    ],
  };
}
