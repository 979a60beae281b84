import type { NewChange } from '@dinhdanh/kit';

/** What changed, as `PopulationChangeKind` has it. */
export type ChangeKind =
  | 'PERSON_CORRECTED'
  | 'NUMBER_REPLACED'
  | 'PERSON_DIED'
  | 'RELATION_RECORDED'
  | 'RELATION_ENDED'
  | 'CARD_CHANGED'
  | 'CARD_WITHDRAWN'
  | 'CARD_EXPIRED'
  | 'CARD_IN_FORCE'
  | 'ELECTRONIC_IDENTITY_CHANGED';

/** The part a record plays in a change, as `ChangeKeyRole` has it. */
export type KeyRole =
  | 'PERSON'
  | 'PREVIOUS_NUMBER'
  | 'FATHER'
  | 'MOTHER'
  | 'CHILD'
  | 'GUARDIAN'
  | 'WARD'
  | 'DOCUMENT';

/** A change whose keys are told as `{ROLE: identifier}`. */
export function change(
  kind: ChangeKind,
  keys: Readonly<Partial<Record<KeyRole, string>>>,
): NewChange<ChangeKind> {
  const roles = Object.keys(keys) as KeyRole[];
  return {
    kind,
    keys: roles.flatMap((role) => {
      const value = keys[role];
      return value === undefined ? [] : [{ role, value }];
    }),
  };
}
